import { IconFileText, IconListCheck, IconPrompt } from '@tabler/icons-react';
import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import type { JobPage } from '../../../../shared/jobs/job.ts';
import type { JobMove } from '../../../../shared/jobs/job-state.ts';
import type { RunbookFormat } from '../../../../shared/jobs/runbook.ts';
import { id as jobId } from '../../../../shared/model/inventory.ts';
import type { Action } from '../../../app/actions/registry.ts';
import { usePageActions } from '../../../app/actions/use-page-actions.ts';
import { useApp } from '../../../app/app-context.ts';
import { ListCrumb } from '../../../app/list-crumb.tsx';
import { Button } from '../../../ui/button.tsx';
import { Crumbs } from '../../../ui/crumbs.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { MoreMenu, MoreMenuItem } from '../../../ui/more-menu.tsx';
import { PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { JobStateBadge } from '../job-state.tsx';
import type { OfferedMove } from './job-moves.ts';
import { LiveJobView } from './live-job-view.tsx';
import { useJobMoves } from './use-job-moves.tsx';

interface JobScreenProps {
  readonly id: string;
  /** A step, or a view of it. */
  readonly at?: string | undefined;
}

/** One job: what it does, how it goes, and what can be done about it. */
export function JobScreen({ id, at }: JobScreenProps) {
  // Anybody may type an address; what is no id is that of no job.
  return jobId.safeParse(id).success ? <KnownJob id={id} at={at} /> : <NotThere />;
}

function NotThere() {
  const { router } = useApp();
  return (
    <EmptyState
      icon={IconListCheck}
      title="This job is not kept"
      actions={<Button onClick={() => router.up('jobs')}>All jobs</Button>}
    >
      Old jobs go after a time, except those that can still be undone.
    </EmptyState>
  );
}

function KnownJob({ id, at }: JobScreenProps) {
  const { jobs } = useApp();
  useEffect(() => jobs.open.open(id), [jobs, id]);
  const { page, failure } = useStore(jobs.open.store);
  if (failure?.code === 'NOT_FOUND') return <NotThere />;
  if (failure !== null) return <ErrorState error={failure} onRetry={jobs.open.again} />;
  if (page === null || page.id !== id) {
    return (
      <>
        <PageHeader title="Jobs" />
        <Skeleton label="Reading the job" lines={10} />
      </>
    );
  }
  return <LoadedJob page={page} at={at} />;
}

const words = ['job', 'phases'];

function LoadedJob({ page, at }: { readonly page: JobPage; readonly at: string | undefined }) {
  const { router } = useApp();
  const { id, title, state } = page;
  const { moves, make, save, buttons, dialog } = useJobMoves(page);
  usePageActions(useMemo(() => pageActions(moves, make, save), [moves, make, save]));

  return (
    <>
      <PageHeader
        takesFocus
        windowTitle={title}
        title={
          <Crumbs
            above={[{ id: 'jobs', link: <ListCrumb screen="jobs">Jobs</ListCrumb> }]}
            here={title}
          />
        }
        note={<JobStateBadge state={state} />}
        actions={
          <>
            {buttons}
            <MoreMenu label="More actions">
              <MoreMenuItem icon={IconFileText} onClick={() => void save('markdown')}>
                Save the plan as Markdown
              </MoreMenuItem>
              <MoreMenuItem icon={IconPrompt} onClick={() => void save('shell')}>
                Save the plan as a script
              </MoreMenuItem>
            </MoreMenu>
          </>
        }
      />
      <LiveJobView
        page={page}
        at={at}
        onShow={(next) => router.replace({ screen: 'job', id, ...(next !== null && { at: next }) })}
        onExport={(format) => void save(format)}
      />
      {dialog}
    </>
  );
}

/** What the palette offers on this page. */
function pageActions(
  moves: readonly OfferedMove[],
  make: (move: JobMove) => void,
  save: (format: RunbookFormat) => Promise<void>,
): readonly Action[] {
  return [
    ...moves.map(
      ({ move, label, icon }): Action => ({
        id: `job-${move}`,
        title: `${label} (this job)`,
        group: 'This page',
        icon,
        keywords: words,
        run: () => make(move),
      }),
    ),
    {
      id: 'job-markdown',
      title: 'Save the plan as Markdown',
      group: 'This page',
      icon: IconFileText,
      keywords: ['runbook', 'export'],
      run: () => void save('markdown'),
    },
    {
      id: 'job-script',
      title: 'Save the plan as a script',
      group: 'This page',
      icon: IconPrompt,
      keywords: ['runbook', 'export', 'shell', 'sh'],
      run: () => void save('shell'),
    },
  ];
}
