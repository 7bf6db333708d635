import { useEffect, useRef } from 'react';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { mayGoTo, type OnboardingStep } from '../../../../shared/onboarding/steps.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { stepViews } from './step-views.tsx';
import { StepsNav } from './steps-nav.tsx';
import classes from './wizard.module.css';

interface OnboardingWindowProps {
  readonly id: string;
  /** Null: where it was left. */
  readonly step: OnboardingStep | null;
}

/** The wizard: steps at the left, the step in the middle, what comes next below. */
export function OnboardingWindow({ id, step }: OnboardingWindowProps) {
  const { onboarding } = useApp();
  const resource = onboarding.draft(id);
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Opening the onboarding" lines={8} />;
  if (state.status === 'failed') {
    return <ErrorState error={state.failure} onRetry={() => void resource.reload()} />;
  }
  return <Wizard draft={state.data} asked={step} />;
}

function Wizard({
  draft,
  asked,
}: {
  readonly draft: Draft;
  readonly asked: OnboardingStep | null;
}) {
  const { onboarding, router, layout } = useApp();
  // As the host sees it: the report of what was begun can always be looked at.
  const reachable = asked !== null && mayGoTo({ ...draft, jobEnded: true }, asked);
  const step = reachable ? asked : draft.step;
  const latest = useRef(draft);
  latest.current = draft;
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  // The address says where one is; the draft remembers it for the next time.
  useEffect(() => {
    if (asked !== step) router.replace({ screen: 'onboarding', id: draft.id, step });
  }, [router, draft.id, asked, step]);
  // Told when this window moves, and not when another one does: two would pull it to and fro.
  useEffect(() => {
    if (latest.current.step !== step)
      void onboarding.change(latest.current, { kind: 'step', step });
  }, [onboarding, step]);
  const View = stepViews[step];
  return (
    <div className={classes.wizard}>
      <StepsNav draft={draft} shown={step} />
      <View key={step} draft={draft} />
    </div>
  );
}
