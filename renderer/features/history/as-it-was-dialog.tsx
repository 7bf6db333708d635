import { Textarea, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { type PastThing, type Restored, reasonFrom } from '../../../shared/model/history.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Callout, ErrorState } from '../../ui/error-state.tsx';
import { formatCount, formatDateTime } from '../../ui/formatting.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { ChangeEntry } from './change-list.tsx';
import { fieldChanges, tableWord } from './change-words.ts';
import classes from './history.module.css';

interface AsItWasDialogProps {
  readonly id: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** `2026-11-30T14:00`, as the field of the browser has it. */
const fieldText = (at: number) =>
  new Date(at - new Date(at).getTimezoneOffset() * 60_000).toISOString().slice(0, 16);

const day = 24 * 60 * 60 * 1_000;

/** One thing as it was at a moment, what was done since, and the way back to that. */
export function AsItWasDialog({ id, name, onClose }: AsItWasDialogProps) {
  const { history } = useApp();
  const [text, setText] = useState(() => fieldText(Date.now() - day));
  const [preview, setPreview] = useState<Restored | null>(null);
  const [reason, setReason] = useState('');
  const at = Date.parse(text);

  async function look(): Promise<void> {
    setPreview(await history.previewRestore(id, at));
  }
  async function restore(): Promise<void> {
    if (preview === null) return;
    if (await history.restore(id, { at, preview, reason: reason.trim() })) onClose();
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
      <TextInput
        label="On"
        type="datetime-local"
        max={fieldText(Date.now())}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setPreview(null);
        }}
      />
      {preview !== null && <PreviewOf preview={preview} reason={reason} onReason={setReason} />}
      {preview === null && !Number.isNaN(at) && <PastOf id={id} at={at} />}
    </Dialog>
  );
}

function PastOf({ id, at }: { readonly id: string; readonly at: number }) {
  const { history } = useApp();
  const resource = useMemo(() => history.thingAt(id, at), [history, id, at]);
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
        {total === 0 ? 'Nothing has changed since.' : `${formatCount(total, 'row')} differ today.`}
      </Callout>
      <dl className={classes.fields} data-operation="insert">
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
      {total > 0 && <h3>What was done since</h3>}
      <ul className={classes.changes}>
        {changes.map((change) => (
          <ChangeEntry key={change.rowId} change={change} names={names} />
        ))}
      </ul>
    </>
  );
}

interface PreviewOfProps {
  readonly preview: Restored;
  readonly reason: string;
  readonly onReason: (text: string) => void;
}

function PreviewOf({ preview, reason, onReason }: PreviewOfProps) {
  const { changes, total, names, conflicts } = preview;
  return (
    <>
      <Callout
        tone={conflicts.length > 0 ? 'warn' : 'info'}
        title={
          total === 0
            ? 'It is now as it was then: nothing would change.'
            : `${formatCount(total, 'row')} would change. Undo takes that back.`
        }
      >
        {conflicts.length > 0 &&
          `${formatCount(conflicts.length, 'row')} cannot be put back, because what they need is taken or gone; they stay as they are.`}
      </Callout>
      <ul className={classes.changes}>
        {changes.map((change) => (
          <ChangeEntry key={change.rowId} change={change} names={names} />
        ))}
      </ul>
      {total >= reasonFrom && (
        <Textarea
          label="Reason"
          description="May be left open."
          value={reason}
          maxLength={500}
          onChange={(event) => onReason(event.currentTarget.value)}
        />
      )}
    </>
  );
}
