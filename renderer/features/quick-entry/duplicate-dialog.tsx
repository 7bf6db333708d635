import { NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import { countOf, inSentence } from '../../../shared/model/kinds/words.ts';
import { useApp } from '../../app/app-context.ts';
import { type Failure, isAbort, toFailure } from '../../rpc/failure.ts';
import { Callout } from '../../ui/error-state.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';
import classes from './quick-entry.module.css';
import type { Copies, CopiesPreview } from './quick-entry-store.ts';

interface DuplicateProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

const mostCopies = 1_000;

/** Copies devices with all that belongs to them, and says beforehand what the copies will be. */
export function DuplicateDialog({ ids, onClose }: DuplicateProps) {
  const { quickEntry, router } = useApp();
  const [copies, setCopies] = useState(1);
  const { preview, failure } = useCopiesPreview(ids, copies);
  const total = ids.length * copies;

  async function submit(): Promise<Failure | null> {
    const outcome = await quickEntry.copy({ ids, copies });
    if (!outcome.ok) return outcome.failure;
    onClose();
    const [id, ...more] = outcome.value.ids;
    if (id !== undefined && more.length === 0) router.go({ screen: 'device', id, tab: 'details' });
    return null;
  }

  return (
    <FormDialog
      title={
        ids.length === 1
          ? 'Duplicate this device'
          : `Duplicate ${formatCount(ids.length, 'device')}`
      }
      submit={`Add ${formatCount(total, 'copy', 'copies')}`}
      disabled={preview === null}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.entry}>
        <NumberInput
          label={ids.length === 1 ? 'Copies' : 'Copies of each'}
          min={1}
          max={mostCopies}
          allowDecimal={false}
          value={copies}
          data-autofocus
          onChange={(value) => typeof value === 'number' && value >= 1 && setCopies(value)}
        />
        {failure !== null && (
          <Callout tone="danger" title={failure.message}>
            {failure.hint}
          </Callout>
        )}
        {preview !== null && <Told preview={preview} />}
      </div>
    </FormDialog>
  );
}

function Told({ preview }: { readonly preview: CopiesPreview }) {
  const { names, total, along, leftOut } = preview;
  const more = total - names.length;
  return (
    <dl className={classes.told}>
      <dt>They are called</dt>
      <dd>
        {names.map((name, index) => (
          <span key={name}>
            {index > 0 && ', '}
            <bdi>{name}</bdi>
          </span>
        ))}
        {more > 0 && ` and ${more.toLocaleString('en')} more`}
      </dd>
      {along.length > 0 && (
        <>
          <dt>With them come</dt>
          <dd>{along.map(({ kind, count }) => countOf(kindOf(kind), count)).join(', ')}</dd>
        </>
      )}
      <dt>Left out</dt>
      <dd>{[...leftOut.map(inSentence), 'MAC addresses', 'addresses', 'cables'].join(', ')}</dd>
    </dl>
  );
}

interface Outlook {
  readonly preview: CopiesPreview | null;
  readonly failure: Failure | null;
}

function useCopiesPreview(ids: Copies['ids'], copies: number): Outlook {
  const { quickEntry } = useApp();
  const [state, setState] = useState<Outlook>({ preview: null, failure: null });
  useEffect(() => {
    const control = new AbortController();
    quickEntry
      .copiesPreview({ ids, copies }, control.signal)
      .then((preview) => setState({ preview, failure: null }))
      .catch((error: unknown) => {
        if (control.signal.aborted || isAbort(error)) return;
        setState({ preview: null, failure: toFailure(error) });
      });
    return () => control.abort();
  }, [quickEntry, ids, copies]);
  return state;
}
