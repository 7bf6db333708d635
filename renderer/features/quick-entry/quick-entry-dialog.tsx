import { Checkbox, SegmentedControl } from '@mantine/core';
import { type KeyboardEvent, useMemo, useState } from 'react';
import type { EntryPreview } from '../../../shared/contract/quick-entry.ts';
import { type PastedTable, readTable } from '../../../shared/quick-entry/table.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Callout } from '../../ui/error-state.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { EntryRows } from './entry-rows.tsx';
import { addedCount, makesText, obstacleText } from './entry-words.ts';
import { LineEntry } from './line-entry.tsx';
import classes from './quick-entry.module.css';
import type { Entry } from './quick-entry-store.ts';
import { PasteArea, rowsShown, TableEntry } from './table-entry.tsx';
import { useEntryPreview } from './use-entry-preview.ts';

type Way = 'line' | 'table';

interface QuickEntryProps {
  readonly way: Way;
  readonly onClose: () => void;
}

/** Adds many devices, typed as one line or pasted from a spreadsheet, and shows beforehand what comes. */
export function QuickEntryDialog({ way: first, onClose }: QuickEntryProps) {
  const { quickEntry, router } = useApp();
  const [way, setWay] = useState<Way>(first);
  const [line, setLine] = useState('');
  const [text, setText] = useState('');
  const [table, setTable] = useState<PastedTable | null>(null);
  const [unread, setUnread] = useState<string | null>(null);
  const [leaveOut, setLeaveOut] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const entry = useMemo(
    () => entryOf({ way, line, table, leaveOut }),
    [way, line, table, leaveOut],
  );
  const { of, preview, failure: untold } = useEntryPreview(entry);
  const fresh = of === entry && entry !== null ? preview : null;
  const count = fresh === null ? 0 : addedCount(fresh);
  const obstacle = fresh === null ? null : obstacleText(fresh, leaveOut);
  const ready = fresh !== null && fresh.problem === null && obstacle === null && count > 0;

  function paste(pasted: string): void {
    setText(pasted);
    const read = pasted.trim() === '' ? null : readTable(pasted);
    setUnread(read !== null && 'problem' in read ? read.problem : null);
    setTable(read === null || 'problem' in read ? null : read);
  }

  async function add(): Promise<void> {
    if (!ready || busy || entry === null) return;
    setBusy(true);
    const outcome = await quickEntry.apply(entry);
    setBusy(false);
    if (!outcome.ok) return setFailure(outcome.failure);
    onClose();
    const [id, ...more] = outcome.value.ids;
    if (id !== undefined && more.length === 0) router.go({ screen: 'device', id, tab: 'details' });
  }

  function onKeyDown(event: KeyboardEvent): void {
    // In the one line Enter alone is enough; a pasted table holds more fields.
    const inLine = event.target instanceof HTMLInputElement && event.target.type === 'text';
    const sends = event.ctrlKey || event.metaKey || (way === 'line' && inLine);
    if (event.key !== 'Enter' || !sends || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void add();
  }

  return (
    <Dialog
      title="Add many devices"
      size="xl"
      keepOpen
      onClose={onClose}
      footer={
        <>
          <span className={classes.obstacle} role="status">
            {obstacle}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            tone="primary"
            shortcut="mod+Enter"
            disabled={!ready}
            busy={busy}
            onClick={() => void add()}
          >
            {count > 0 ? `Add ${formatCount(count, 'device')}` : 'Add devices'}
          </Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the whole dialog, wherever the focus is */}
      <div className={classes.body} onKeyDown={onKeyDown}>
        <SegmentedControl
          aria-label="How"
          className={classes.ways}
          data={[
            { value: 'line', label: 'One line' },
            { value: 'table', label: 'From a spreadsheet' },
          ]}
          value={way}
          onChange={(next) => setWay(next === 'table' ? 'table' : 'line')}
        />
        {way === 'line' && (
          <LineEntry line={line} onChange={setLine} problem={fresh?.problem ?? null} />
        )}
        {way === 'table' &&
          (table === null ? (
            <PasteArea text={text} problem={unread} onChange={paste} />
          ) : (
            <TableEntry
              table={table}
              preview={fresh}
              onChange={setTable}
              onAgain={() => paste('')}
            />
          ))}
        <Outlook
          preview={preview}
          shown={entry !== null}
          leaveOut={leaveOut}
          onLeaveOut={setLeaveOut}
          rows={way === 'line'}
        />
        {(failure ?? untold) && (
          <Callout tone="danger" title={(failure ?? untold)?.message ?? ''}>
            {(failure ?? untold)?.hint}
          </Callout>
        )}
      </div>
    </Dialog>
  );
}

interface Typed {
  readonly way: Way;
  readonly line: string;
  readonly table: PastedTable | null;
  readonly leaveOut: boolean;
}

function entryOf({ way, line, table, leaveOut }: Typed): Entry | null {
  const existing = leaveOut ? ('leave-out' as const) : ('refuse' as const);
  if (way === 'line') return line.trim() === '' ? null : { source: { line }, existing };
  if (table === null) return null;
  const { rows, header, columns } = table;
  const copied = { rows: rows.map((row) => [...row]), header, columns: [...columns] };
  return { source: { table: copied }, existing };
}

interface OutlookProps {
  readonly preview: EntryPreview | null;
  readonly shown: boolean;
  readonly rows: boolean;
  readonly leaveOut: boolean;
  readonly onLeaveOut: (leaveOut: boolean) => void;
}

/** What comes of it; the last that was told stays while the next is found out. */
function Outlook({ preview, shown, rows, leaveOut, onLeaveOut }: OutlookProps) {
  if (!shown || preview === null || preview.problem !== null) return null;
  const wrong = preview.rows.filter(
    ({ state, tableRows: [row = 0] }) => state === 'faulty' && row > rowsShown,
  );
  return (
    <section className={classes.outlook} aria-label="Preview">
      <p className={classes.makes}>
        <strong>Adds</strong> {makesText(preview)}.
      </p>
      {preview.counts.exists > 0 && (
        <Checkbox
          label="Leave out devices that are in the inventory already"
          checked={leaveOut}
          onChange={(event) => onLeaveOut(event.currentTarget.checked)}
        />
      )}
      {/* In a pasted table it stands at the cell; here what lies further down. */}
      <EntryRows preview={rows ? preview : { ...preview, rows: wrong, total: wrong.length }} />
    </section>
  );
}
