import { useApp } from '../../../app/app-context.ts';
import { Button } from '../../../ui/button.tsx';
import { EmbeddedJob } from '../../jobs/page/embedded-job.tsx';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import { useJobEnded } from './use-job-ended.ts';

/** The job, where it stands. It goes on also when this window is closed. */
export function RunStep({ draft }: StepProps) {
  const { router } = useApp();
  const ended = useJobEnded(draft);
  return (
    <StepFrame
      draft={draft}
      step="run"
      lead="It goes on also when you leave. What it asks stands here; whatever fails can be tried again from there, or taken back."
      primary={
        <Button
          tone="primary"
          disabled={!ended}
          onClick={() => router.go({ screen: 'onboarding', id: draft.id, step: 'report' })}
        >
          Continue: Report
        </Button>
      }
    >
      {draft.jobId !== null && <EmbeddedJob id={draft.jobId} />}
    </StepFrame>
  );
}
