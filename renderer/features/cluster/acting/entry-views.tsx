import { IconAlertTriangle, IconCheck, IconChevronRight } from '@tabler/icons-react';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { PlanItems } from '../../../ui/plan-preview/plan-items.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { nameOf } from './act-words.ts';
import classes from './acting.module.css';
import type { ActEntry } from './acting-store.ts';

interface OneEntryProps {
  readonly entry: ActEntry;
  readonly onAgain: () => void;
}

/** What would be done to one object, or why it cannot be. */
export function OneEntry({ entry: { preview, failure }, onAgain }: OneEntryProps) {
  return (
    <>
      {failure !== null && (
        <Callout
          tone="danger"
          title={failure.message}
          actions={<Button onClick={onAgain}>Look again</Button>}
        >
          {failure.hint}
        </Callout>
      )}
      {preview === null && failure === null && (
        <Skeleton label="Looking up what would be done" lines={4} />
      )}
      {preview !== null && failure === null && (
        <>
          <p className={classes.title}>
            <bdi>{preview.title}</bdi>
          </p>
          <Conflicts entry={preview} />
          <PlanItems items={preview.items} />
          <p className={classes.quiet}>
            {preview.undo === null ? 'It cannot be undone.' : `Undo: ${preview.undo}`}
          </p>
        </>
      )}
    </>
  );
}

function Conflicts({ entry: { conflicts } }: { readonly entry: NonNullable<ActEntry['preview']> }) {
  if (conflicts.length === 0) return null;
  return (
    <Callout tone="warn" title="Others manage what would be changed">
      <ul className={classes.conflicts}>
        {conflicts.map(({ field, who }) => (
          <li key={`${field} ${who}`}>
            <bdi className="rh-mono">{field}</bdi> is managed by <bdi>{who}</bdi>
          </li>
        ))}
      </ul>
    </Callout>
  );
}

/** Several objects, each with what would be done to it when it is opened. */
export function EntryList({ entries }: { readonly entries: readonly ActEntry[] }) {
  return (
    <ul className={classes.entries} aria-label="What is done">
      {entries.map((entry) => (
        <li key={keyOf(entry)}>
          <details className={classes.entry}>
            <summary className={classes.entryHead}>
              <IconChevronRight aria-hidden className={classes.chevron} />
              <bdi className={classes.entryName}>
                {entry.preview?.title ?? nameOf(entry.action)}
              </bdi>
              <EntryState entry={entry} />
            </summary>
            {entry.preview !== null && (
              <div className={classes.entryBody}>
                <PlanItems items={entry.preview.items} />
              </div>
            )}
          </details>
          {entry.failure !== null && <p className={classes.entryWhy}>{entry.failure.hint}</p>}
        </li>
      ))}
    </ul>
  );
}

function keyOf({ action }: ActEntry): string {
  return 'namespace' in action ? `${action.namespace} ${nameOf(action)}` : nameOf(action);
}

function EntryState({ entry: { preview, failure, done } }: { readonly entry: ActEntry }) {
  if (done !== null) {
    return (
      <span className={classes.entryState} data-tone="ok">
        <IconCheck aria-hidden className={classes.icon} />
        <bdi>{done.says}</bdi>
      </span>
    );
  }
  if (failure !== null) {
    return (
      <span className={classes.entryState} data-tone="danger">
        <IconAlertTriangle aria-hidden className={classes.icon} />
        <bdi>{failure.message}</bdi>
      </span>
    );
  }
  if (preview === null) return <span className={classes.entryState}>Looking</span>;
  const warnings = preview.items.filter(
    (item) => item.kind === 'note' && item.weight === 'warning',
  ).length;
  if (warnings === 0) return null;
  return (
    <span className={classes.entryState} data-tone="warn">
      <IconAlertTriangle aria-hidden className={classes.icon} />
      {warnings === 1 ? '1 thing to know' : `${warnings} things to know`}
    </span>
  );
}
