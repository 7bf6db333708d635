import { Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { ComparisonRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import { formatCount } from '../../ui/formatting.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import classes from './connect.module.css';
import type { WizardState } from './wizard-state.ts';

interface TakeOverProps {
  readonly state: Extract<WizardState, { step: 'review' }>;
  readonly formId: string;
}

/** Whether what is observed becomes what is declared; of a known device with all that would change. */
export function TakeOver({ state, formId }: TakeOverProps) {
  const { attempts } = useApp();
  const { choice } = state;
  const rows = usePreview(choice.deviceId);
  if (choice.deviceId === undefined) return null;
  const isNew = choice.deviceId === null;
  if (!isNew && rows?.length === 0) {
    return <p className={classes.note}>Everything that it tells agrees with what is declared.</p>;
  }
  return (
    <div>
      <Switch
        label={isNew ? 'Take the observed values as declared' : 'Also change what is declared'}
        // Beside the label and not as its part, which would make a long name of it.
        aria-describedby={`${formId}-off`}
        checked={choice.acceptFacts}
        onChange={(event) =>
          attempts.choose({ ...choice, acceptFacts: event.currentTarget.checked })
        }
      />
      <p id={`${formId}-off`} className={classes.note}>
        {isNew
          ? 'Off: the facts are only recorded beside the device, and you declare them later.'
          : 'Off: what you declared stays, and the differences stand under Compare.'}
      </p>
      {!isNew && rows !== null && <Changes rows={rows} />}
    </div>
  );
}

/** Null while it is not known. */
function usePreview(deviceId: string | null | undefined): readonly ComparisonRow[] | null {
  const { attempts } = useApp();
  const [known, setKnown] = useState<{ id: string; rows: readonly ComparisonRow[] } | null>(null);
  useEffect(() => {
    if (!deviceId) return;
    let left = false;
    attempts.preview(deviceId).then(
      (rows) => {
        if (!left) setKnown({ id: deviceId, rows });
      },
      // Without it nothing is offered to be overwritten; adding tells what is wrong.
      () => {},
    );
    return () => {
      left = true;
    };
  }, [attempts, deviceId]);
  return known !== null && known.id === deviceId ? known.rows : null;
}

const columns = [{ title: 'Value' }, { title: 'Declared' }, { title: 'Observed' }] as const;
const mostShown = 200;

function Changes({ rows }: { readonly rows: readonly ComparisonRow[] }) {
  // What overwrites something that was written stands before what only fills a gap.
  const sorted = rows.toSorted((a, b) => Number(a.declared === null) - Number(b.declared === null));
  const cells = sorted.slice(0, mostShown).map(({ label, declared, observed }) => [
    <bdi key="label">{label}</bdi>,
    declared === null ? (
      <span key="declared" className={classes.note}>
        not declared
      </span>
    ) : (
      <bdi key="declared">{declared}</bdi>
    ),
    <bdi key="observed">{observed}</bdi>,
  ]);
  return (
    <details className={classes.changes} open={rows.length <= 8}>
      <summary>{`${formatCount(rows.length, 'value')} would change`}</summary>
      <PlainTable label="What would change" columns={columns} rows={cells} />
      {rows.length > mostShown && (
        <p className={classes.note}>And {formatCount(rows.length - mostShown, 'value')} more.</p>
      )}
    </details>
  );
}
