import { IconChevronRight, IconLoader2 } from '@tabler/icons-react';
import { useId } from 'react';
import type { ShownCheck } from '../../../shared/checks/check.ts';
import { Ago } from '../ago.tsx';
import { StatusBadge } from '../status-badge.tsx';
import { type CheckActions, CheckDetails } from './check-details.tsx';
import classes from './check-list.module.css';
import type { Counts } from './check-rows.ts';
import { type CheckView, checkLooks, checkViews } from './check-words.ts';
import { HistoryMarks } from './history-strip.tsx';

interface CheckRowProps extends CheckActions {
  readonly check: ShownCheck;
  readonly view: CheckView;
  readonly open: boolean;
  readonly running: boolean;
  /** Which of several things it is about. */
  readonly withSubject: boolean;
  readonly onToggle: () => void;
}

/** One result as a line that opens. */
export function CheckRowView(props: CheckRowProps) {
  const { check, view, open, running, withSubject, onToggle } = props;
  const { tone, icon, word } = checkLooks[view];
  const details = useId();
  return (
    <>
      <button
        type="button"
        className={classes.head}
        aria-expanded={open}
        aria-controls={open ? details : undefined}
        data-check-row
        onClick={onToggle}
      >
        <IconChevronRight aria-hidden className={classes.chevron} data-open={open || undefined} />
        <span className={classes.status}>
          {running ? (
            <StatusBadge tone="info" icon={IconLoader2} plain>
              Running
            </StatusBadge>
          ) : (
            <StatusBadge tone={tone} icon={icon} plain>
              {word}
            </StatusBadge>
          )}
        </span>
        <span className={classes.words} data-open={open || undefined}>
          <span className={classes.title}>
            <bdi>{check.title}</bdi>
            {check.part !== '' && (
              <span className={classes.thing}>
                <bdi>{check.part}</bdi>
              </span>
            )}
          </span>
          <span className={classes.found}>
            <bdi>{check.found}</bdi>
          </span>
        </span>
        {withSubject && (
          <span className={classes.subject}>
            <bdi>{check.subject.name}</bdi>
          </span>
        )}
        <HistoryMarks past={check.past} />
        <span className={classes.when}>
          <Ago at={check.at} short />
        </span>
      </button>
      {open && (
        <div id={details}>
          <CheckDetails {...props} />
        </div>
      )}
    </>
  );
}

interface GroupRowProps {
  readonly group: string;
  readonly counts: Counts;
}

/** Heading of a group with what is not well in it. */
export function GroupRow({ group, counts }: GroupRowProps) {
  const told = checkViews.filter((view) => counts[view] > 0);
  return (
    <div className={classes.group}>
      <h3 className={classes.groupTitle}>
        <bdi>{group}</bdi>
      </h3>
      <span className={classes.groupCounts}>
        {told.map((view) => (
          <span key={view} className={classes.groupCount}>
            {`${counts[view].toLocaleString('en')} ${checkLooks[view].word.toLowerCase()}`}
          </span>
        ))}
      </span>
    </div>
  );
}
