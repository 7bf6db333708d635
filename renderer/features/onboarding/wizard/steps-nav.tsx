import { IconAlertTriangle, IconCheck, IconCircle, IconCircleFilled } from '@tabler/icons-react';
import { type Draft, nameOf } from '../../../../shared/onboarding/draft.ts';
import {
  mayGoTo,
  type OnboardingStep,
  type StepStanding,
  standingOf,
  stepLabels,
} from '../../../../shared/onboarding/steps.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { useJobEnded } from '../run/use-job-ended.ts';
import classes from './wizard.module.css';

interface StepsNavProps {
  readonly draft: Draft;
  readonly shown: OnboardingStep;
}

/** Where one is, what is done, and what waits. */
export function StepsNav({ draft, shown }: StepsNavProps) {
  const { router, onboarding } = useApp();
  const [first] = draft.machines;
  const more = draft.machines.length - 1;
  const jobEnded = useJobEnded(draft);
  return (
    <nav className={classes.nav} aria-label="Steps of the onboarding">
      <header className={classes.navHead}>
        <p className={classes.navKind}>Onboarding</p>
        <h1 className={classes.navTitle}>
          <bdi>{first ? nameOf(first) : 'A new machine'}</bdi>
          {more > 0 && ` and ${more} more`}
        </h1>
      </header>
      <ol className={classes.navSteps}>
        {standingOf({ ...draft, jobEnded }).map((standing, index) => (
          <li key={standing.step}>
            <button
              type="button"
              className={classes.navStep}
              aria-current={standing.step === shown ? 'step' : undefined}
              disabled={!mayGoTo({ ...draft, jobEnded }, standing.step)}
              onClick={() => router.go({ screen: 'onboarding', id: draft.id, step: standing.step })}
            >
              <Mark standing={standing} draft={draft} />
              <span className={classes.navLabel}>
                {stepLabels[standing.step]}
                <span className="rh-hidden">{`, step ${index + 1}`}</span>
              </span>
            </button>
          </li>
        ))}
      </ol>
      <footer className={classes.navFoot}>
        <Button
          onClick={() => {
            onboarding.leave();
            router.go({ screen: 'onboardings' });
          }}
        >
          Save and leave
        </Button>
      </footer>
    </nav>
  );
}

function Mark({ standing, draft }: { readonly standing: StepStanding; readonly draft: Draft }) {
  switch (standing.state) {
    case 'done':
      return <IconCheck className={classes.markDone} aria-label="done" />;
    case 'blocked':
      return <IconCircle className={classes.markLater} aria-label="later" />;
    case 'waits':
      return draft.machines.some(({ connection }) => connection.state === 'failed') ? (
        <IconAlertTriangle className={classes.markTrouble} aria-label="has trouble" />
      ) : (
        <IconCircleFilled className={classes.markNow} aria-label="next" />
      );
  }
}
