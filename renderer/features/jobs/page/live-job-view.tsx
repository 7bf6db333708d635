import type { JobPage } from '../../../../shared/jobs/job.ts';
import { isUnderWay } from '../../../../shared/jobs/job-state.ts';
import type { RunbookFormat } from '../../../../shared/jobs/runbook.ts';
import { useApp } from '../../../app/app-context.ts';
import { isolated } from '../../../ui/isolate.ts';
import { JobLog } from '../log/job-log.tsx';
import { JobEvidence } from './job-evidence.tsx';
import { parseJobPlace } from './job-place.ts';
import { JobView } from './job-view.tsx';

interface LiveJobViewProps {
  readonly page: JobPage;
  /** A step, or a view of it. */
  readonly at: string | undefined;
  readonly onShow: (at: string | null) => void;
  readonly onExport: (format: RunbookFormat) => void;
}

/** A job as the host tells it, wherever it is shown: answered, resumed and read from in place. */
export function LiveJobView({ page, at, onShow, onExport }: LiveJobViewProps) {
  const { jobs } = useApp();
  const { id, title, state } = page;
  return (
    <JobView
      page={page}
      place={parseJobPlace(at)}
      onShow={onShow}
      onAnswer={(question, answer) => void jobs.answer(id, question, answer)}
      onResumeFrom={(stepId) => void jobs.resumeFrom(id, stepId)}
      onExport={onExport}
      renderLog={(step) => (
        <JobLog
          jobId={id}
          stepId={step?.id ?? null}
          label={`Log of ${isolated(step?.plan.title ?? title)}`}
          live={isUnderWay(state)}
        />
      )}
      renderEvidence={(step) => <JobEvidence jobId={id} step={step} />}
    />
  );
}
