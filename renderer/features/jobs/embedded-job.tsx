import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { JobPage } from '../../../shared/jobs/job.ts';
import { isUnderWay } from '../../../shared/jobs/job-state.ts';
import type { RunbookFormat } from '../../../shared/jobs/runbook.ts';
import { useApp } from '../../app/app-context.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import { saveText } from '../../ui/save-text.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { JobEvidence } from './job-evidence.tsx';
import { JobLog } from './job-log.tsx';
import { offeredMoves } from './job-moves.ts';
import classes from './job-page.module.css';
import { parseJobPlace } from './job-place.ts';
import { JobStateBadge } from './job-state.tsx';
import { JobView } from './job-view.tsx';
import { UndoDialog } from './undo-dialog.tsx';

/** A job within another page, with what can be done about it. */
export function EmbeddedJob({ id }: { readonly id: string }) {
  const { jobs } = useApp();
  useEffect(() => jobs.open.open(id), [jobs, id]);
  const { page, failure } = useStore(jobs.open.store);
  if (failure !== null) return <ErrorState error={failure} onRetry={jobs.open.again} />;
  if (page === null || page.id !== id) return <Skeleton label="Reading the job" lines={8} />;
  return <Loaded page={page} />;
}

function Loaded({ page }: { readonly page: JobPage }) {
  const { jobs } = useApp();
  const [at, setAt] = useState<string | null>(null);
  const [undoing, setUndoing] = useState(false);
  const { id, state, title } = page;
  const exports = async (format: RunbookFormat) => {
    const book = await jobs.runbook(id, format);
    if (book) saveText({ name: book.name, type: 'text/plain', parts: [book.text] });
  };
  return (
    <section className={classes.embedded} aria-label={title}>
      <div className={classes.embeddedBar}>
        <JobStateBadge state={state} />
        {offeredMoves(page).map(({ move, label, icon, first }) => (
          <Button
            key={move}
            icon={icon}
            tone={first ? 'primary' : 'default'}
            onClick={() => (move === 'undo' ? setUndoing(true) : void jobs.move(id, move))}
          >
            {label}
          </Button>
        ))}
      </div>
      <JobView
        page={page}
        place={parseJobPlace(at ?? undefined)}
        onShow={setAt}
        onAnswer={(question, answer) => void jobs.answer(id, question, answer)}
        onResumeFrom={(stepId) => void jobs.resumeFrom(id, stepId)}
        onExport={(format) => void exports(format)}
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
      {undoing && (
        <UndoDialog
          page={page}
          onUndo={() => void jobs.move(id, 'undo')}
          onClose={() => setUndoing(false)}
        />
      )}
    </section>
  );
}
