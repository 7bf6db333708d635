import { Switch } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApp } from '../../app/app-context.ts';
import { formatCount } from '../../ui/formatting.ts';
import { PlainTable } from '../../ui/plain-table.tsx';
import type { Preview } from './attempt-store.ts';
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
  const preview = usePreview(choice.deviceId);
  if (choice.deviceId === undefined) return null;
  const isNew = choice.deviceId === null;
  if (!isNew && preview?.total === 0) {
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
      {!isNew && preview !== null && <Changes {...preview} />}
    </div>
  );
}

/** Null while it is not known. */
function usePreview(deviceId: string | null | undefined): Preview | null {
  const { attempts } = useApp();
  const [known, setKnown] = useState<{ id: string; preview: Preview } | null>(null);
  useEffect(() => {
    if (!deviceId) return;
    let left = false;
    attempts.preview(deviceId).then(
      (preview) => {
        if (!left) setKnown({ id: deviceId, preview });
      },
      // Without it nothing is offered to be overwritten; adding tells what is wrong.
      () => {},
    );
    return () => {
      left = true;
    };
  }, [attempts, deviceId]);
  return known !== null && known.id === deviceId ? known.preview : null;
}

const columns = [{ title: 'Value' }, { title: 'Declared' }, { title: 'Observed' }] as const;

function Changes({ rows, total }: Preview) {
  const cells = rows.map(({ label, declared, observed }) => [
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
    <details className={classes.changes} open={total <= 8}>
      <summary>{`${formatCount(total, 'value')} would change`}</summary>
      <PlainTable label="What would change" columns={columns} rows={cells} />
      {total > rows.length && (
        <p className={classes.note}>And {formatCount(total - rows.length, 'value')} more.</p>
      )}
    </details>
  );
}
