import type { JobSummary, Progress } from '../../../shared/jobs/job.ts';
import type { StepState } from '../../../shared/jobs/step-state.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { jobLooks, stepLook } from './job-words.ts';
import classes from './list/jobs.module.css';

export function JobStateBadge({ state }: Pick<JobSummary, 'state'>) {
  const { word, icon, tone } = jobLooks[state.state];
  return (
    <StatusBadge tone={tone} icon={icon} plain>
      {word}
    </StatusBadge>
  );
}

interface StepStateBadgeProps {
  readonly state: StepState;
  /** Whether its job is under way. */
  readonly moving: boolean;
}

export function StepStateBadge({ state, moving }: StepStateBadgeProps) {
  const { word, icon, tone } = stepLook(state, moving);
  return (
    <StatusBadge tone={tone} icon={icon} plain>
      {word}
    </StatusBadge>
  );
}

interface ProgressBarProps {
  readonly label: string;
  readonly progress: Progress;
}

/** How far it has come, in numbers and as a bar. */
export function ProgressBar({ label, progress: { done, total } }: ProgressBarProps) {
  const text = `${done.toLocaleString('en')} of ${total.toLocaleString('en')}`;
  const percent = total === 0 ? 0 : Math.min(100, Math.round((done / total) * 100));
  return (
    <span className={classes.progress}>
      <span
        className={classes.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={Math.min(done, total)}
        aria-valuetext={text}
      >
        <span className={classes.bar} style={{ width: `${percent}%` }} />
      </span>
      <span className={classes.progressText}>{text}</span>
    </span>
  );
}
