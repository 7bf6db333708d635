import { IconCheck, IconPin } from '@tabler/icons-react';
import type { Comparison, ComparisonChoice } from '../../../shared/model/inventory.ts';
import { comparisonKinds } from '../../../shared/model/inventory.ts';
import { Ago } from '../../ui/ago.tsx';
import { Button } from '../../ui/button.tsx';
import { ToggleChip } from '../../ui/filter-menu.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { MoreMenu, MoreMenuItem } from '../../ui/more-menu.tsx';
import classes from './compare.module.css';
import type { CompareView } from './compare-store.ts';
import { kindsWords, summaryOf } from './compare-words.ts';

/** What can be decided, of one line or of many. */
export interface Decisions {
  readonly busy: boolean;
  accept(chosen: ComparisonChoice): void;
  keepMine(chosen: ComparisonChoice, keep?: boolean): void;
}

interface CompareBarProps {
  readonly comparison: Comparison;
  readonly view: CompareView;
  readonly ticked: ReadonlySet<string>;
  readonly decisions: Decisions;
  readonly onView: (view: CompareView) => void;
}

/** Says what there is to decide, and decides of many at once. */
export function CompareBar(props: CompareBarProps) {
  const { comparison, view, ticked, decisions, onView } = props;
  const { counts, observedAt } = comparison;
  const kinds = comparisonKinds.filter((kind) => (counts.open[kind] ?? 0) > 0);
  const open = kinds.reduce((sum, kind) => sum + (counts.open[kind] ?? 0), 0);
  const chosen = { paths: [...ticked] };
  return (
    <div className={classes.bar}>
      <p className={classes.summary}>
        {summaryOf(open, counts)}{' '}
        <span className={classes.quiet}>
          Observed <Ago at={observedAt} />
        </span>
      </p>
      <ToggleChip on={view === 'all'} onChange={(on) => onView(on ? 'all' : 'open')}>
        Show what agrees
      </ToggleChip>
      {(counts.kept > 0 || view === 'kept') && (
        <ToggleChip on={view === 'kept'} onChange={(on) => onView(on ? 'kept' : 'open')}>
          {`Kept as declared (${counts.kept.toLocaleString('en')})`}
        </ToggleChip>
      )}
      {ticked.size > 0 ? (
        <>
          <Button disabled={decisions.busy} onClick={() => decisions.keepMine(chosen)}>
            {`Keep mine (${ticked.size})`}
          </Button>
          <Button tone="primary" busy={decisions.busy} onClick={() => decisions.accept(chosen)}>
            {`Accept selected (${ticked.size})`}
          </Button>
        </>
      ) : (
        <>
          <Button
            tone="primary"
            disabled={open === 0 || decisions.busy}
            onClick={() => decisions.accept({ kinds })}
          >
            {open === 0 ? 'Accept all' : `Accept all (${open.toLocaleString('en')})`}
          </Button>
          {open > 0 && (
            <MoreMenu label="More to decide">
              {kinds.map((kind) => (
                <MoreMenuItem
                  key={kind}
                  icon={IconCheck}
                  onClick={() => decisions.accept({ kinds: [kind] })}
                >
                  {`Accept ${formatCount(counts.open[kind] ?? 0, kindsWords[kind])}`}
                </MoreMenuItem>
              ))}
              <MoreMenuItem icon={IconPin} onClick={() => decisions.keepMine({ kinds })}>
                {`Keep mine of all ${open.toLocaleString('en')}`}
              </MoreMenuItem>
            </MoreMenu>
          )}
        </>
      )}
    </div>
  );
}
