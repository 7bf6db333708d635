import { Loader } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconHelpCircle, IconMinus } from '@tabler/icons-react';
import classes from './connect.module.css';
import { MachineWords } from './machine-words.tsx';
import type { StepLine } from './wizard-state.ts';

export type LastStep = 'running' | 'asking' | 'declined' | 'failed' | 'done';

interface StepListProps {
  readonly steps: readonly StepLine[];
  /** How it stands with the last step; those before it are done. */
  readonly last: LastStep;
}

/** What the connection did so far, as it happens. */
export function StepList({ steps, last }: StepListProps) {
  const waiting = steps.length === 0 && last === 'running';
  return (
    <ol className={classes.steps} aria-label="Steps" aria-live="polite">
      {waiting && (
        <li className={classes.step}>
          <Loader size={14} aria-hidden />
          <span>Starting</span>
        </li>
      )}
      {steps.map((step, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever added, and may read alike
        <li key={index} className={classes.step}>
          <StepMark state={index === steps.length - 1 ? last : 'done'} />
          <span>{step.text}</span>
          {step.says !== undefined && <MachineWords text={step.says} />}
        </li>
      ))}
    </ol>
  );
}

function StepMark({ state }: { readonly state: LastStep }) {
  switch (state) {
    case 'running':
      return <Loader size={14} aria-hidden />;
    case 'asking':
      return <IconHelpCircle className={classes.stepOpen} aria-label="waits for you" />;
    case 'declined':
      return <IconMinus className={classes.stepOpen} aria-label="declined" />;
    case 'failed':
      return <IconAlertTriangle className={classes.stepFailed} aria-label="failed" />;
    case 'done':
      return <IconCheck className={classes.stepDone} aria-label="done" />;
  }
}
