import { Tabs } from '@mantine/core';
import { IconPlayerTrackNext } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { isUnderWay, type JobState, movesOf } from '../../../../shared/jobs/job-state.ts';
import { Button } from '../../../ui/button.tsx';
import { Callout } from '../../../ui/error-state.tsx';
import { formatClock } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import { PhaseDetails } from '../../../ui/plan-preview/plan-phase.tsx';
import { ProgressBar, StepStateBadge } from '../job-state.tsx';
import { stepDuration, stepFound } from '../job-words.ts';
import { useNow } from '../use-now.ts';
import classes from './job-page.module.css';
import { isActive, type PlacedStep } from './job-place.ts';

interface JobStepViewProps extends PlacedStep {
  readonly jobState: JobState;
  readonly onResumeFrom: (stepId: string) => void;
  readonly log: ReactNode;
  readonly evidence: ReactNode;
}

type StepPart = 'log' | 'plan' | 'evidence';
const parts: readonly StepPart[] = ['log', 'plan', 'evidence'];

/** One phase on one machine: how it stands, its log, what it does, and what that rests on. */
export function JobStepView(props: JobStepViewProps) {
  const { lane, step, jobState, onResumeFrom } = props;
  const { state, plan, lines } = step;
  // What is still to come has said nothing; what it will do is of use.
  const first: StepPart = state.state === 'pending' && lines === 0 ? 'plan' : 'log';
  const [chosen, setChosen] = useState<StepPart | null>(null);
  const again = state.state !== 'pending' && movesOf(jobState).includes('resume');
  return (
    <section
      className={classes.stepView}
      aria-label={`${isolated(plan.title)} on ${isolated(lane.title)}`}
    >
      <header className={classes.stepHead}>
        <div className={classes.stepWords}>
          <h2 className={classes.stepName}>
            <bdi>{plan.title}</bdi>
          </h2>
          <StepLine {...props} />
        </div>
        {again && (
          <Button icon={IconPlayerTrackNext} onClick={() => onResumeFrom(step.id)}>
            {state.state === 'failed' ? 'Try again from here' : 'Do again from here'}
          </Button>
        )}
      </header>
      <Outcome {...props} />
      <Tabs
        className={classes.tabs ?? ''}
        value={chosen ?? first}
        keepMounted={false}
        onChange={(value) => setChosen(parts.find((part) => part === value) ?? null)}
      >
        <Tabs.List aria-label="Parts of the phase">
          <Tabs.Tab value="log">Log</Tabs.Tab>
          <Tabs.Tab value="plan">What it does</Tabs.Tab>
          <Tabs.Tab value="evidence">Evidence</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="log" className={classes.logPanel ?? ''}>
          {props.log}
        </Tabs.Panel>
        <Tabs.Panel value="plan" className={classes.panel ?? ''}>
          <PhaseDetails phase={plan} past={state.state !== 'pending'} />
        </Tabs.Panel>
        <Tabs.Panel value="evidence" className={classes.panel ?? ''}>
          {props.evidence}
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function StepLine({ lane, step, jobState }: PlacedStep & Pick<JobStepViewProps, 'jobState'>) {
  const { state, progress, plan } = step;
  const moving = isUnderWay(jobState);
  const running = moving && isActive(step);
  const now = useNow(running);
  const took = stepDuration(state, moving ? now : null);
  return (
    <p className={classes.stepLine}>
      <StepStateBadge state={state} moving={moving} />
      <span>
        on <bdi>{lane.title}</bdi>
      </span>
      {'at' in state && (
        <span>{formatClock('startedAt' in state ? state.startedAt : state.at)}</span>
      )}
      {took !== null && <span>{running ? `for ${took}` : `took ${took}`}</span>}
      {running && progress !== null && (
        <ProgressBar label={`Progress of ${isolated(plan.title)}`} progress={progress} />
      )}
    </p>
  );
}

/** What it found at the end, or why it failed and what to do. */
function Outcome({ step: { state } }: PlacedStep) {
  if (state.state === 'failed' || state.state === 'undo-failed') {
    const { message, hint, code } = state.error;
    return (
      <div className={classes.outcome}>
        <Callout tone="danger" title={message}>
          {hint} <code>{code}</code>
          {state.state === 'failed' && state.begun && (
            <p className={classes.begun}>Something of it may have been done.</p>
          )}
        </Callout>
      </div>
    );
  }
  const found = stepFound(state);
  if (found === null) return null;
  return (
    <p className={classes.outcome}>
      <bdi>{found}</bdi>
    </p>
  );
}
