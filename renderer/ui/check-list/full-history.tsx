import { useState } from 'react';
import type { ShownCheck } from '../../../shared/checks/check.ts';
import { Button } from '../button.tsx';
import { formatDateTime } from '../formatting.ts';
import { isolated } from '../isolate.ts';
import { StatusBadge } from '../status-badge.tsx';
import classes from './check-list.module.css';
import { checkLooks } from './check-words.ts';
import type { PastResult } from './history-strip.tsx';

export type LoadHistory = (check: ShownCheck) => Promise<readonly PastResult[]>;

interface FullHistoryProps {
  readonly check: ShownCheck;
  readonly load: LoadHistory;
}

/** Every result that is still kept, with what was found: read when somebody wants it. */
export function FullHistory({ check, load }: FullHistoryProps) {
  const [past, setPast] = useState<readonly PastResult[] | 'none' | 'reading' | 'failed'>('none');

  async function read(): Promise<void> {
    setPast('reading');
    setPast(await load(check).catch(() => 'failed' as const));
  }

  if (past === 'none' || past === 'reading') {
    return (
      <Button
        tone="quiet"
        busy={past === 'reading'}
        label={`All of them: past results of ${isolated(check.title)}`}
        onClick={() => void read()}
      >
        All of them
      </Button>
    );
  }
  if (past === 'failed') return <span role="alert">They could not be read.</span>;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms, a section would be one of many landmarks
    <div
      className={classes.past}
      role="group"
      // Scrolls, so it must be reachable by keyboard.
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose
      tabIndex={0}
      aria-label={`Past results of ${isolated(check.title)}`}
    >
      <ol>
        {past.map(({ at, status, found }, index) => {
          const { word, icon, tone } = checkLooks[status];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: two may have run in the same moment
            <li key={`${at} ${index}`} className={classes.pastRow}>
              <time className={classes.pastWhen}>{formatDateTime(at)}</time>
              <span className={classes.status}>
                <StatusBadge tone={tone} icon={icon} plain>
                  {word}
                </StatusBadge>
              </span>
              <bdi>{found}</bdi>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
