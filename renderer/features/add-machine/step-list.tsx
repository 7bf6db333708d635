import { Loader } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import classes from './connect.module.css';
import type { StepLine } from './wizard-state.ts';

interface StepListProps {
  readonly steps: readonly StepLine[];
  /** The last step is over too. */
  readonly ended: boolean;
  readonly failed?: boolean;
}

/** What the connection did so far, as it happens. */
export function StepList({ steps, ended, failed = false }: StepListProps) {
  const waiting = steps.length === 0 && !ended;
  return (
    <ol className={classes.steps} aria-label="Steps" aria-live="polite">
      {waiting && (
        <li className={classes.step}>
          <Loader size={14} aria-hidden />
          <span>Starting</span>
        </li>
      )}
      {steps.map((step, index) => {
        const last = index === steps.length - 1;
        return (
          <li key={`${step.at} ${step.text}`} className={classes.step}>
            <StepMark running={last && !ended} failed={last && failed} />
            <span>{step.text}</span>
          </li>
        );
      })}
    </ol>
  );
}

function StepMark({ running, failed }: { readonly running: boolean; readonly failed: boolean }) {
  if (running) return <Loader size={14} aria-hidden />;
  if (failed) return <IconAlertTriangle className={classes.stepFailed} aria-label="failed" />;
  return <IconCheck className={classes.stepDone} aria-label="done" />;
}
