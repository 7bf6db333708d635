import { IconFileText } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { writeRunbook } from '../../../../shared/jobs/runbook.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { PlanPreview } from '../../../ui/plan-preview/plan-preview.tsx';
import { saveText } from '../../../ui/save-text.ts';
import { ProblemList } from '../wizard/problems.tsx';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import { type Look, lookedAt } from './look.ts';
import { LookStatus } from './look-status.tsx';

/** Everything that would be done, before anything is. */
export function PlanStep({ draft }: StepProps) {
  const { onboarding, router, notify } = useApp();
  const look = useStore(onboarding.store, (state) =>
    state.look?.what === 'plan' ? state.look : null,
  );
  const [busy, setBusy] = useState(false);
  const planned = look?.planned ?? null;
  const blocked = planned?.problems.some(({ weight }) => weight === 'blocks') ?? false;
  // Machines may have changed since, so it is looked up each time somebody comes here.
  useEffect(() => {
    void onboarding.looks.plan(draft.id);
  }, [onboarding, draft.id]);
  const run = async () => {
    if (planned === null) return;
    setBusy(true);
    const outcome = await onboarding.run(draft.id, planned.hash);
    setBusy(false);
    if (!outcome.ok) {
      notify.failed(outcome.failure);
      if (outcome.failure.code === 'CHANGED_SINCE') void onboarding.looks.plan(draft.id);
      return;
    }
    await onboarding.draft(draft.id).reload();
    router.go({ screen: 'onboarding', id: draft.id, step: 'run' });
  };
  return (
    <StepFrame
      draft={draft}
      step="plan"
      lead="This is all that is done, in this order. Each step is looked at before and after, and can be taken back."
      extra={<PlanActions draft={draft} look={look} />}
      primary={
        <Button
          tone="primary"
          busy={busy}
          disabled={planned === null || blocked || look?.running}
          onClick={() => void run()}
        >
          Approve and run
        </Button>
      }
    >
      {look && (
        <LookStatus machines={lookedAt(draft)} look={look} label="Looking up what would be done" />
      )}
      {planned && (
        <>
          <ProblemList problems={planned.problems} />
          <PlanPreview
            lanes={planned.plan.lanes}
            onExport={(format) => {
              const about = { title: titleOf(draft), plannedAt: Date.now() };
              const { name, text } = writeRunbook(planned.plan, about, format);
              saveText({ name, type: 'text/plain', parts: [text] });
            }}
          />
        </>
      )}
    </StepFrame>
  );
}

function PlanActions({ draft, look }: { readonly draft: Draft; readonly look: Look | null }) {
  const { onboarding, notify } = useApp();
  const saveAnswers = async () => {
    const outcome = await onboarding.answersFile(draft.id);
    if (!outcome.ok) notify.failed(outcome.failure);
    else saveText({ name: outcome.value.name, type: 'text/yaml', parts: [outcome.value.text] });
  };
  return (
    <>
      <Button icon={IconFileText} onClick={() => void saveAnswers()}>
        Save the answers
      </Button>
      <Button busy={look?.running} onClick={() => void onboarding.looks.plan(draft.id)}>
        Look again
      </Button>
    </>
  );
}

function titleOf({ machines }: Draft): string {
  return `Onboard ${machines.map(({ answers, target }) => answers.name ?? target.host).join(', ')}`;
}
