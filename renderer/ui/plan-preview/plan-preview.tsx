import { IconFileText, IconFold, IconPrompt } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { PlannedLane } from '../../../shared/jobs/plan.ts';
import { changesSomething, totalsOf } from '../../../shared/jobs/plan-totals.ts';
import type { RunbookFormat } from '../../../shared/jobs/runbook.ts';
import { Button } from '../button.tsx';
import { isolatedList } from '../isolate.ts';
import { PlanPhase } from './plan-phase.tsx';
import classes from './plan-preview.module.css';
import { changesText, laneText, type PhaseLook, totalsWords } from './plan-words.ts';

interface PlanPreviewProps {
  /** Those of the plan, in the order in which they are done. */
  readonly lanes: readonly PlannedLane[];
  /** Saves it as a document, or as a script to be run by hand. */
  readonly onExport?: (format: RunbookFormat) => void;
  /** What became of it, where it is more than a plan by now. */
  readonly outcome?: PlanOutcome;
}

export interface PlanOutcome {
  lookOf(lane: string, index: number): PhaseLook | undefined;
  /** `3 of 7`, for a machine in the list of them. */
  textOf(lane: string): string;
}

/**
 * What a job would do: all in numbers, then the phases of one machine as a table of contents. However
 * many machines there are, only one is drawn.
 */
export function PlanPreview({ lanes, onExport, outcome }: PlanPreviewProps) {
  const totals = useMemo(() => totalsOf(lanes), [lanes]);
  const [chosen, setChosen] = useState<string | null>(null);
  const lane = lanes.find((each) => each.lane === chosen) ?? lanes[0];
  return (
    <section className={classes.plan} aria-label="Plan">
      <header className={classes.totals}>
        <h2 className={classes.changes}>{changesText(totals)}</h2>
        {totalsWords(totals).map((words) => (
          <span key={words} className={classes.total}>
            {words}
          </span>
        ))}
        {onExport && (
          <span className={classes.exports}>
            <Button icon={IconFileText} onClick={() => onExport('markdown')}>
              Save as Markdown
            </Button>
            <Button icon={IconPrompt} onClick={() => onExport('shell')}>
              Save as script
            </Button>
          </span>
        )}
      </header>
      <div className={classes.columns} data-single={lanes.length < 2 || undefined}>
        {lanes.length > 1 && (
          <ul className={classes.lanes} aria-label="Machines">
            {lanes.map((each) => (
              <li key={each.lane}>
                <button
                  type="button"
                  className={classes.lane}
                  aria-current={each === lane}
                  onClick={() => setChosen(each.lane)}
                >
                  <span className={classes.laneTitle}>
                    <bdi>{each.title}</bdi>
                  </span>
                  <LaneMarks lane={each} />
                  <span className={classes.laneText}>
                    {outcome?.textOf(each.lane) ?? laneText(each.phases)}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
        {lane && <LanePlan key={lane.lane} lane={lane} lanes={lanes} outcome={outcome} />}
      </div>
    </section>
  );
}

/** A mark for each phase: filled where something is done, flat where nothing is, hollow where unknown. */
function LaneMarks({ lane }: { readonly lane: PlannedLane }) {
  return (
    <span className={classes.marks} aria-hidden>
      {lane.phases.slice(0, 40).map(({ phase, probed }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a plan never changes, and a phase may come twice
        <span key={`${index} ${phase}`} className={classes.dot} data-standing={probed.standing} />
      ))}
    </span>
  );
}

interface LanePlanProps {
  readonly lane: PlannedLane;
  readonly lanes: readonly PlannedLane[];
  readonly outcome: PlanOutcome | undefined;
}

function LanePlan({ lane, lanes, outcome }: LanePlanProps) {
  const changing = lane.phases.flatMap((phase, index) => (changesSomething(phase) ? [index] : []));
  // The only thing that is done needs no press to be seen.
  const [opened, setOpened] = useState<ReadonlySet<number>>(
    () => new Set(changing.length === 1 ? changing : []),
  );
  const before = lane.after.map((id) => lanes.find((each) => each.lane === id)?.title ?? id);
  const all = changing.length > 0 && changing.every((index) => opened.has(index));

  function toggle(index: number): void {
    const next = new Set(opened);
    if (!next.delete(index)) next.add(index);
    setOpened(next);
  }

  return (
    <div className={classes.content}>
      <div className={classes.laneHead}>
        <h3 className={classes.laneName}>
          <bdi>{lane.title}</bdi>
        </h3>
        {before.length > 0 && (
          <span className={classes.total}>{`after ${isolatedList(before)}`}</span>
        )}
        {changing.length > 1 && (
          <span className={classes.exports}>
            <Button
              tone="quiet"
              icon={IconFold}
              onClick={() => setOpened(new Set(all ? [] : changing))}
            >
              {all ? 'Fold all' : 'Unfold all'}
            </Button>
          </span>
        )}
      </div>
      {lane.phases.length === 0 ? (
        <p className={classes.total}>Nothing is done here.</p>
      ) : (
        <ol className={classes.phases} aria-label="Phases">
          {lane.phases.map((phase, index) => (
            <PlanPhase
              // biome-ignore lint/suspicious/noArrayIndexKey: a plan never changes, and a phase may come twice
              key={`${index} ${phase.phase}`}
              phase={phase}
              number={index + 1}
              open={opened.has(index)}
              onToggle={() => toggle(index)}
              outcome={outcome?.lookOf(lane.lane, index)}
            />
          ))}
        </ol>
      )}
    </div>
  );
}
