import { IconFileText, IconFileTypePdf } from '@tabler/icons-react';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Button } from '../../../ui/button.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { saveBytes, saveText } from '../../../ui/save-text.ts';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { Markdown } from '../../annotations/markdown.tsx';
import { useBeginOnboarding } from '../use-begin-onboarding.ts';
import { StepFrame, type StepProps } from '../wizard/step-frame.tsx';
import classes from './report.module.css';

/** One page for each machine, kept with its device. */
export function ReportStep({ draft }: StepProps) {
  const { onboarding, notify } = useApp();
  const resource = onboarding.markdown(draft.id);
  const state = useResource(resource);
  const [begin, busy] = useBeginOnboarding();
  const [first] = draft.machines;
  const savePdf = async () => {
    const outcome = await onboarding.report(draft.id, 'pdf');
    if (!outcome.ok) {
      notify.failed(outcome.failure);
      return;
    }
    const { name, content, notes } = outcome.value;
    saveBytes({ name, type: 'application/pdf', base64: content });
    const [note] = notes;
    if (note !== undefined) notify.done(note, { partly: true });
  };
  return (
    <StepFrame
      draft={draft}
      step="report"
      lead="What it is, what was found, what was done and how it can be taken back. It is kept with the device, as Markdown and as PDF."
      extra={
        <>
          {state.status === 'ready' && (
            <Button
              icon={IconFileText}
              onClick={() =>
                saveText({
                  name: state.data.name,
                  type: 'text/markdown',
                  parts: [state.data.content],
                })
              }
            >
              Save as Markdown
            </Button>
          )}
          <Button icon={IconFileTypePdf} onClick={() => void savePdf()}>
            Save as PDF
          </Button>
          <Button busy={busy} onClick={() => void begin()}>
            Onboard the next one
          </Button>
        </>
      }
      primary={first && <Onwards deviceId={deviceOf(first)} jobId={draft.jobId} />}
    >
      {state.status === 'loading' && <Skeleton label="Writing the report" lines={10} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void resource.reload()} />
      )}
      {state.status === 'ready' && (
        <div className={classes.report}>
          <Markdown text={state.data.content} as="page" />
        </div>
      )}
    </StepFrame>
  );
}

/** A job that came to nothing has written no device down. */
function Onwards({
  deviceId,
  jobId,
}: {
  readonly deviceId: string;
  readonly jobId: string | null;
}) {
  const { router, device } = useApp();
  const isThere = useResource(device.details(deviceId)).status === 'ready';
  if (isThere) {
    return (
      <Button
        tone="primary"
        onClick={() => router.go({ screen: 'device', id: deviceId, tab: 'details' })}
      >
        Open the device
      </Button>
    );
  }
  return (
    jobId !== null && (
      <Button tone="primary" onClick={() => router.go({ screen: 'job', id: jobId })}>
        Open the job
      </Button>
    )
  );
}

const deviceOf = ({ answers, deviceId }: StepProps['draft']['machines'][number]) =>
  answers.identity?.as === 'known' ? answers.identity.deviceId : deviceId;
