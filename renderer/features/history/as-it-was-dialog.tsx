import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Moment, PastThing, Restored } from '../../../shared/model/history.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Callout, ErrorState } from '../../ui/error-state.tsx';
import { formatCount, formatDateTime } from '../../ui/formatting.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ChangeEntry } from './change-list.tsx';
import { fieldChanges, tableWord } from './change-words.ts';
import { ReasonField } from './reason-field.tsx';
import classes from './restore.module.css';
import { RestorePreview } from './restore-preview.tsx';

interface AsItWasDialogProps {
  readonly id: string;
  readonly name: string;
  /** Where it begins; a person may go elsewhere. */
  readonly from?: { readonly moment: Moment; readonly at: number } | undefined;
  readonly onClose: () => void;
}

/** `2026-11-30T14:00`, as the field of the browser has it. */
const fieldText = (at: number) =>
  new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

const day = 24 * 60 * 60 * 1_000;

/** One thing as it was at a moment, what was done since, and the way back to that. */
export function AsItWasDialog({ id, name, from, onClose }: AsItWasDialogProps) {
  const { history } = useApp();
  const [text, setText] = useState(() => fieldText(from?.at ?? Date.now() - day));
  const [exact, setExact] = useState(from);
  const [preview, setPreview] = useState<Restored | null>(null);
  const [reason, setReason] = useState('');
  const at = exact?.at ?? Date.parse(text);
  const to = useMemo((): Moment => exact?.moment ?? { at }, [exact, at]);

  async function look(): Promise<void> {
    setPreview(await history.previewRestore(id, to));
  }
  async function restore(): Promise<void> {
    if (preview === null) return;
    if (await history.restore(id, { to, preview, reason: reason.trim() })) onClose();
    else setPreview(null);
  }
  return (
    <Dialog
      title={`${name} as it was`}
      size="lg"
      keepOpen
      onClose={onClose}
      footer={
        preview === null ? (
          <Button onClick={() => void look()} disabled={Number.isNaN(at)}>
            Restore this
          </Button>
        ) : (
          <>
            <Button onClick={() => setPreview(null)}>Back</Button>
            <Button
              tone="primary"
              disabled={preview.total === 0}
              onClick={() => void restore()}
            >{`Restore ${formatCount(preview.total, 'row')}`}</Button>
          </>
        )
      }
    >
      <div className={classes.stack}>
        <TextInput
          label="On"
          type="datetime-local"
          max={fieldText(Date.now())}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setExact(undefined);
            setPreview(null);
          }}
        />
        {preview !== null && <RestorePreview preview={preview} />}
        {preview === null && !Number.isNaN(at) && <PastOf id={id} to={to} at={at} />}
        {preview !== null && preview.total > 0 && (
          <ReasonField value={reason} onChange={setReason} />
        )}
      </div>
    </Dialog>
  );
}

interface PastOfProps {
  readonly id: string;
  readonly to: Moment;
  readonly at: number;
}

function PastOf({ id, to, at }: PastOfProps) {
  const { history } = useApp();
  const resource = useMemo(() => history.thingAt(id, to), [history, id, to]);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Reckoning it back" lines={6} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return <Past past={state.data} id={id} at={at} />;
}

interface PastProps {
  readonly past: PastThing;
  readonly id: string;
  readonly at: number;
}

function Past({ past, id, at }: PastProps) {
  const { row, parts, changes, total, names, there } = past;
  if (!there) {
    return <Callout tone="info" title={`It was not there on ${formatDateTime(at)}.`} />;
  }
  const table = changes.find(({ rowId }) => rowId === id)?.table ?? '';
  const fields = fieldChanges(
    { table, rowId: id, operation: 'insert', before: null, after: row },
    names,
  );
  return (
    <>
      <Callout tone="info" title={`This is the past: ${formatDateTime(at)}`}>
        {total === 0
          ? 'Nothing has changed since.'
          : total === 1
            ? '1 row differs today.'
            : `${formatCount(total, 'row')} differ today.`}
      </Callout>
      <dl className={classes.fields}>
        {fields.map(({ field, after }) => (
          <div key={field} className={classes.field}>
            <dt>{field}</dt>
            <dd>
              <bdi>{after}</bdi>
            </dd>
          </div>
        ))}
        {parts.map((part) => (
          <div key={part.table} className={classes.field}>
            <dt>{`${tableWord(part.table)} (${part.count})`}</dt>
            <dd>
              <bdi>{part.names.join(', ')}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {total > 0 && (
        <section className={classes.kind}>
          <h3 className={classes.title}>What was done since</h3>
          <ul>
            {changes.map((change) => (
              <ChangeEntry key={change.rowId} change={change} names={names} />
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
