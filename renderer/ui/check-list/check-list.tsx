import { IconRefresh, IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { ShownCheck } from '../../../shared/checks/check.ts';
import { Button } from '../button.tsx';
import { EmptyState } from '../empty-state.tsx';
import type { ErrorText } from '../error-state.tsx';
import { isolated } from '../isolate.ts';
import { Toolbar } from '../page.tsx';
import { SearchField } from '../search-field.tsx';
import { type AcceptanceDraft, AcceptDialog } from './accept-dialog.tsx';
import type { PhaseFix } from './check-details.tsx';
import classes from './check-list.module.css';
import {
  type CheckFilter,
  type Counts,
  checkRows,
  countViews,
  everyCheck,
  offeredViews,
} from './check-rows.ts';
import { CheckRows } from './check-rows-view.tsx';
import { checkLooks } from './check-words.ts';
import type { LoadHistory } from './full-history.tsx';

interface CheckListProps {
  /** What is looked at, within a sentence: `checks of pi-1`. */
  readonly label: string;
  readonly checks: readonly ShownCheck[];
  /** By `checkKey`: those that run now. */
  readonly running?: ReadonlySet<string>;
  /** Null: all of them. Absent: nothing can be run from here. */
  readonly onRun?: (check: ShownCheck | null) => void;
  /** What running one alone really does. */
  readonly aboutRun?: string;
  readonly onFix?: (check: ShownCheck, fix: PhaseFix) => void;
  readonly onAccept?: (check: ShownCheck, draft: AcceptanceDraft) => Promise<ErrorText | null>;
  readonly onUnaccept?: (check: ShownCheck) => void;
  /** All that is kept of one, beyond the newest that come with it. */
  readonly loadHistory?: LoadHistory;
}

const minute = 60_000;
const nothing: ReadonlySet<string> = new Set();

/** Results of checks with their evidence: grouped, narrowed by result and words, acted upon in place. */
export function CheckList(props: CheckListProps) {
  const { label, checks, running = nothing, onRun, onAccept } = props;
  const [filter, setFilter] = useState<CheckFilter>(everyCheck);
  const [accepting, setAccepting] = useState<ShownCheck | null>(null);
  // By the minute, so that not every drawing counts anew.
  const now = Math.floor(Date.now() / minute) * minute;
  const counts = useMemo(() => countViews(checks, now), [checks, now]);
  const rows = useMemo(() => checkRows(checks, filter, now), [checks, filter, now]);
  const withSubject = new Set(checks.map(({ subject }) => subject.id ?? subject.name)).size > 1;
  return (
    <div className={classes.checks}>
      <FilterBar
        label={label}
        counts={counts}
        filter={filter}
        onChange={setFilter}
        running={running.size > 0}
        onRunAll={onRun && (() => onRun(null))}
      />
      {rows.length === 0 ? (
        <EmptyState
          icon={IconSearch}
          title={checks.length === 0 ? 'Nothing was checked yet' : 'No check matches'}
          actions={
            checks.length > 0 && (
              <Button onClick={() => setFilter(everyCheck)}>Clear the filter</Button>
            )
          }
        >
          {checks.length > 0 && 'Nothing fits the search and the results chosen above.'}
        </EmptyState>
      ) : (
        <CheckRows
          label={label}
          rows={rows}
          running={running}
          withSubject={withSubject}
          onRun={onRun}
          aboutRun={props.aboutRun}
          onFix={props.onFix}
          onAccept={onAccept && setAccepting}
          onUnaccept={props.onUnaccept}
          loadHistory={props.loadHistory}
        />
      )}
      {accepting && onAccept && (
        <AcceptDialog
          title={`${isolated(accepting.title)}: ${isolated(accepting.found)}`}
          onAccept={(draft) => onAccept(accepting, draft)}
          onClose={() => setAccepting(null)}
        />
      )}
    </div>
  );
}

interface FilterBarProps {
  readonly label: string;
  readonly counts: Counts;
  readonly filter: CheckFilter;
  readonly onChange: (filter: CheckFilter) => void;
  readonly running: boolean;
  readonly onRunAll: (() => void) | undefined;
}

function FilterBar({ label, counts, filter, onChange, running, onRunAll }: FilterBarProps) {
  const { views } = filter;
  return (
    <Toolbar label={`Filter ${label}`}>
      <SearchField
        what={label}
        value={filter.search}
        clearable
        onChange={(search) => onChange({ ...filter, search })}
      />
      {offeredViews(counts, views).map((view) => {
        const { word, icon: IconShape, tone } = checkLooks[view];
        const on = views.includes(view);
        return (
          <button
            key={view}
            type="button"
            className={classes.chip}
            aria-pressed={on}
            data-on={on || undefined}
            onClick={() =>
              onChange({
                ...filter,
                views: on ? views.filter((each) => each !== view) : [...views, view],
              })
            }
          >
            <IconShape aria-hidden className={classes.chipIcon} data-tone={tone} />
            {word}
            <span className={classes.chipCount}>{counts[view].toLocaleString('en')}</span>
          </button>
        );
      })}
      {onRunAll && (
        <span className={classes.runAll}>
          <Button icon={IconRefresh} busy={running} onClick={onRunAll}>
            Run all again
          </Button>
        </span>
      )}
    </Toolbar>
  );
}
