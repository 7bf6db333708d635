import { type ReactNode, useEffect, useRef } from 'react';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import {
  type OnboardingStep,
  onboardingSteps,
  standingOf,
  stepLabels,
} from '../../../../shared/onboarding/steps.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { useJobEnded } from '../run/use-job-ended.ts';
import classes from './wizard.module.css';

export interface StepProps {
  readonly draft: Draft;
}

interface StepFrameProps {
  readonly draft: Draft;
  readonly step: OnboardingStep;
  /** What this step is for; one or two sentences. */
  readonly lead: string;
  readonly children: ReactNode;
  /** Instead of going on: what this step does. */
  readonly primary?: ReactNode;
  /** Beside the primary one. */
  readonly extra?: ReactNode;
}

/** A step: heading, content that scrolls, and what comes next. */
export function StepFrame(props: StepFrameProps) {
  const { draft, step, lead, children, primary, extra } = props;
  const { router } = useApp();
  const position = onboardingSteps.indexOf(step);
  const go = (to: OnboardingStep) => router.go({ screen: 'onboarding', id: draft.id, step: to });
  const before = onboardingSteps[position - 1];
  const next = onboardingSteps[position + 1];
  const jobEnded = useJobEnded(draft);
  const standing = standingOf({ ...draft, jobEnded }).find((each) => each.step === step);
  const why = standing?.state === 'waits' ? standing.why : null;
  const title = useRef<HTMLHeadingElement>(null);
  // The button that led here is gone; a field that wants the keyboard has it by now.
  useEffect(() => {
    if (document.activeElement === document.body) title.current?.focus();
  }, []);
  // Once the job runs there is no way back to the questions.
  const back = before !== undefined && !(draft.jobId !== null && before !== 'run');
  return (
    <div className={classes.step}>
      <header className={classes.stepHead}>
        <h2 ref={title} className={classes.stepTitle} tabIndex={-1}>
          {stepLabels[step]}
        </h2>
        <p className={classes.lead}>{lead}</p>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region is focusable on purpose */}
      <section className={classes.stepBody} tabIndex={0} aria-label="This step">
        {children}
      </section>
      <footer className={classes.stepFoot}>
        {back && <Button onClick={() => go(before)}>Back</Button>}
        <p className={classes.why} role="status">
          {why}
        </p>
        {extra}
        {primary ??
          (next !== undefined && (
            <Button tone="primary" disabled={why !== null} onClick={() => go(next)}>
              {`Continue: ${stepLabels[next]}`}
            </Button>
          ))}
      </footer>
    </div>
  );
}
