import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { JobPage } from '../../../../shared/jobs/job.ts';
import { useApp } from '../../../app/app-context.ts';
import { ErrorState } from '../../../ui/error-state.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { JobStateBadge } from '../job-state.tsx';
import classes from './job-page.module.css';
import { LiveJobView } from './live-job-view.tsx';
import { useJobMoves } from './use-job-moves.tsx';

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
  const [at, setAt] = useState<string | null>(null);
  const { save, buttons, dialog } = useJobMoves(page);
  return (
    <section className={classes.embedded} aria-label={page.title}>
      <div className={classes.embeddedBar}>
        <JobStateBadge state={page.state} />
        {buttons}
      </div>
      <LiveJobView
        page={page}
        at={at ?? undefined}
        onShow={setAt}
        onExport={(format) => void save(format)}
      />
      {dialog}
    </section>
  );
}
