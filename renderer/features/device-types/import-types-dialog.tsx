import { Checkbox } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsDiff,
  IconCheck,
  IconFile,
  IconFolder,
  IconPlus,
} from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ImportedTypeRow, TypeImportPreview } from '../../../shared/contract/device-types.ts';
import { useApp } from '../../app/app-context.ts';
import { type Failure, isAbort, toFailure } from '../../rpc/failure.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Lines, PlainTable } from '../../ui/plain-table.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './device-types.module.css';
import type { TypeFile } from './device-types-store.ts';
import { readTypeFiles } from './read-files.ts';

/** Takes files of the device-type library into the inventory, after showing what they would bring. */
export function ImportTypesDialog({ onClose }: { readonly onClose: () => void }) {
  const { deviceTypes } = useApp();
  const [files, setFiles] = useState<readonly TypeFile[]>([]);
  const [problem, setProblem] = useState<string | null>(null);
  const [passedOver, setPassedOver] = useState(0);
  const [replace, setReplace] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const { preview, failure: unread } = useImportPreview(files);

  async function choose(list: FileList | null): Promise<void> {
    if (list === null || list.length === 0) return;
    const read = await readTypeFiles(list);
    setFailure(null);
    setProblem('problem' in read ? read.problem : null);
    setFiles('problem' in read ? [] : read.files);
    setPassedOver('problem' in read ? 0 : read.passedOver);
  }

  const counts = preview?.counts;
  const count = counts ? counts.new + (replace ? counts.differs : 0) : 0;

  async function send(): Promise<void> {
    setBusy(true);
    const outcome = await deviceTypes.import(files, replace);
    setBusy(false);
    if (outcome.ok) onClose();
    else setFailure(outcome.failure);
  }

  function withoutFaulty(): void {
    const faulty = new Set(
      preview?.rows.filter(({ state }) => state === 'faulty').map(({ file }) => file),
    );
    setFiles(files.filter(({ name }) => !faulty.has(name)));
  }

  return (
    <Dialog
      title="Import device types"
      size="xl"
      keepOpen
      onClose={onClose}
      footer={
        <>
          {counts !== undefined && counts.faulty > 0 && (
            <span className={classes.obstacle} role="status">
              {`${formatCount(counts.faulty, 'file')} cannot be read.`}
            </span>
          )}
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            disabled={count === 0 || (counts?.faulty ?? 0) > 0}
            busy={busy}
            onClick={() => void send()}
          >
            {count > 0 ? `Import ${formatCount(count, 'type')}` : 'Import'}
          </Button>
        </>
      }
    >
      <div className={classes.import}>
        <p className={classes.quiet}>
          Files of NetBox’s device-type library, as they are: one, several, or a folder of them.
          Nothing is written before you import.
        </p>
        <FileButtons onChoose={(list) => void choose(list)} />
        {problem !== null && <Callout tone="danger" title={problem} />}
        {(failure ?? unread) && (
          <Callout tone="danger" title={(failure ?? unread)?.message ?? ''}>
            {(failure ?? unread)?.hint}
          </Callout>
        )}
        {files.length > 0 && preview === null && unread === null && (
          <Skeleton label="Reading the files" lines={4} />
        )}
        {preview !== null && files.length > 0 && (
          <>
            <Counts preview={preview} passedOver={passedOver} />
            {preview.counts.differs > 0 && (
              <Checkbox
                label="Replace types that are in the inventory by what the files say"
                description="Devices keep their ports; only the type changes."
                checked={replace}
                onChange={(event) => setReplace(event.currentTarget.checked)}
              />
            )}
            {preview.counts.faulty > 0 && files.length > 1 && (
              <div>
                <Button onClick={withoutFaulty}>Leave out what cannot be read</Button>
              </div>
            )}
            <Rows rows={preview.rows} />
          </>
        )}
      </div>
    </Dialog>
  );
}

function FileButtons({ onChoose }: { readonly onChoose: (list: FileList | null) => void }) {
  const file = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <div className={classes.buttons}>
      <Button icon={IconFile} autoFocus onClick={() => file.current?.click()}>
        Choose files
      </Button>
      <Button icon={IconFolder} onClick={() => folder.current?.click()}>
        Choose a folder
      </Button>
      <input
        ref={file}
        type="file"
        hidden
        multiple
        accept=".yaml,.yml"
        aria-label="Files of device types"
        onChange={(event) => {
          onChoose(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
      <input
        ref={(input) => {
          folder.current = input;
          // React knows no such property.
          input?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        aria-label="Folder of device types"
        onChange={(event) => {
          onChoose(event.currentTarget.files);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

interface Outlook {
  readonly preview: TypeImportPreview | null;
  readonly failure: Failure | null;
}

function useImportPreview(files: readonly TypeFile[]): Outlook {
  const { deviceTypes } = useApp();
  const [state, setState] = useState<Outlook>({ preview: null, failure: null });
  useEffect(() => {
    setState({ preview: null, failure: null });
    if (files.length === 0) return;
    const control = new AbortController();
    deviceTypes
      .importPreview(files, control.signal)
      .then((preview) => setState({ preview, failure: null }))
      .catch((error: unknown) => {
        if (control.signal.aborted || isAbort(error)) return;
        setState({ preview: null, failure: toFailure(error) });
      });
    return () => control.abort();
  }, [deviceTypes, files]);
  return state;
}

interface CountsProps {
  readonly preview: TypeImportPreview;
  readonly passedOver: number;
}

function Counts({ preview: { counts }, passedOver }: CountsProps) {
  const parts = [
    `${counts.new.toLocaleString('en')} new`,
    counts.differs > 0 &&
      `${counts.differs.toLocaleString('en')} in the inventory and different there`,
    counts.same > 0 && `${counts.same.toLocaleString('en')} in the inventory already`,
    counts.faulty > 0 && `${counts.faulty.toLocaleString('en')} that cannot be read`,
    passedOver > 0 && `${formatCount(passedOver, 'file')} without YAML passed over`,
  ];
  return <p className={classes.counts}>{parts.filter((part) => part !== false).join(', ')}.</p>;
}

const columns = [{ title: 'Type' }, { title: 'State' }, { title: 'What' }];

function Rows({ rows }: { readonly rows: readonly ImportedTypeRow[] }) {
  return (
    <PlainTable
      label="Device types of the files"
      columns={columns}
      rows={rows.map((row) => [
        <span key="type" className={classes.fileCell}>
          <bdi className={classes.typeName}>{row.title ?? 'not read'}</bdi>
          <bdi className={classes.quiet}>{row.file}</bdi>
        </span>,
        <State key="state" state={row.state} />,
        <What key="what" row={row} />,
      ])}
    />
  );
}

const states = {
  new: { tone: 'ok', icon: IconPlus, word: 'New' },
  same: { tone: 'neutral', icon: IconCheck, word: 'Already there' },
  differs: { tone: 'warn', icon: IconArrowsDiff, word: 'Different' },
  faulty: { tone: 'danger', icon: IconAlertTriangle, word: 'Cannot be read' },
} as const;

function State({ state }: { readonly state: ImportedTypeRow['state'] }) {
  const { tone, icon, word } = states[state];
  return (
    <StatusBadge tone={tone} icon={icon} plain>
      {word}
    </StatusBadge>
  );
}

const differencesShown = 8;

function What({ row }: { readonly row: ImportedTypeRow }) {
  const { problem, ports, dropped, differences, differenceCount } = row;
  if (problem !== null) return <bdi>{problem}</bdi>;
  const shown = differences.slice(0, differencesShown);
  const more = differenceCount - shown.length;
  return (
    <Lines>
      {[
        ...(differenceCount === 0 ? [formatCount(ports, 'port')] : []),
        ...shown.map(({ what, before, after }) => (
          <bdi key={what}>{`${what}: ${before ?? 'not there'} → ${after ?? 'not there'}`}</bdi>
        )),
        ...(more > 0 ? [`and ${formatCount(more, 'more difference')}`] : []),
        ...(dropped.length > 0
          ? [
              <span key="dropped" className={classes.quiet}>
                {`left out: ${dropped.join(', ')}`}
              </span>,
            ]
          : []),
      ]}
    </Lines>
  );
}
