import { IconAlertTriangle, IconChevronRight, IconPower } from '@tabler/icons-react';
import { useId } from 'react';
import type { PlannedPhase } from '../../../shared/jobs/plan.ts';
import { changesSomething, reboots } from '../../../shared/jobs/plan-totals.ts';
import { EvidenceList } from '../evidence/evidence-view.tsx';
import { formatCount } from '../formatting.ts';
import { StatusBadge } from '../status-badge.tsx';
import { PlanItems } from './plan-items.tsx';
import classes from './plan-preview.module.css';
import { itemsText, type PhaseLook, standingLooks, warningsOf } from './plan-words.ts';

interface PlanPhaseProps {
  readonly phase: PlannedPhase;
  readonly number: number;
  readonly open: boolean;
  readonly onToggle: () => void;
  /** What became of it; absent: it is still a plan. */
  readonly outcome?: PhaseLook | undefined;
}

/** One line of the table of contents, which opens to what it would do. */
export function PlanPhase({ phase, number, open, onToggle, outcome }: PlanPhaseProps) {
  const { tone, icon, word } = outcome ?? standingLooks[phase.probed.standing];
  const warnings = warningsOf(phase);
  const changes = changesSomething(phase);
  const details = useId();
  return (
    <li className={classes.phase} data-quiet={!changes || undefined}>
      <button
        type="button"
        className={classes.phaseHead}
        aria-expanded={open}
        aria-controls={open ? details : undefined}
        onClick={onToggle}
      >
        <IconChevronRight aria-hidden className={classes.chevron} data-open={open || undefined} />
        <span className={classes.number}>{number}</span>
        <span className={classes.phaseTitle}>
          <bdi>{phase.title}</bdi>
        </span>
        {changes && (
          <>
            {warnings > 0 && (
              <Mark icon={IconAlertTriangle} text={formatCount(warnings, 'warning')} />
            )}
            {reboots(phase) && <Mark icon={IconPower} text="reboots" />}
            <span className={classes.itemsText}>{itemsText(phase.items)}</span>
          </>
        )}
        <span className={classes.standing}>
          <StatusBadge tone={tone} icon={icon} plain>
            {word}
          </StatusBadge>
        </span>
      </button>
      {open && (
        <div id={details} className={classes.phaseBody}>
          <PhaseDetails phase={phase} past={outcome !== undefined} />
        </div>
      )}
    </li>
  );
}

function Mark({
  icon: IconShape,
  text,
}: {
  readonly icon: typeof IconPower;
  readonly text: string;
}) {
  return (
    <span className={classes.mark}>
      <IconShape aria-hidden className={classes.markIcon} />
      {text}
    </span>
  );
}

interface PhaseDetailsProps {
  readonly phase: PlannedPhase;
  /** It was approved a while ago: what it found then may not be so any more. */
  readonly past?: boolean;
}

/** How it stands, or stood when it was planned, and what is done about it. */
export function PhaseDetails({ phase, past = false }: PhaseDetailsProps) {
  const { probed, items, lasting } = phase;
  return (
    <>
      <p className={classes.found}>
        <span className={classes.label}>{past ? 'When it was planned: ' : 'Now: '}</span>
        <bdi>{probed.found}</bdi>
      </p>
      {lasting !== null && (
        <p className={classes.found}>
          <span className={classes.label}>Cannot be undone: </span>
          <bdi>{lasting}</bdi>
        </p>
      )}
      {changesSomething(phase) && items.length > 0 && <PlanItems items={items} />}
      {probed.evidence.length > 0 && (
        <details className={classes.evidence}>
          <summary>{`How this was seen (${probed.evidence.length})`}</summary>
          <EvidenceList evidence={probed.evidence} />
        </details>
      )}
    </>
  );
}
