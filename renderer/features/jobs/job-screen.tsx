import { IconFileText, IconListCheck, IconPrompt } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { JobPage } from '../../../shared/jobs/job.ts';
import { isUnderWay, type JobMove } from '../../../shared/jobs/job-state.ts';
import type { RunbookFormat } from '../../../shared/jobs/runbook.ts';
import { id as jobId } from '../../../shared/model/inventory.ts';
import type { Action } from '../../app/actions/registry.ts';
import { usePageActions } from '../../app/actions/use-page-actions.ts';
import { useApp } from '../../app/app-context.ts';
import { ListCrumb } from '../../app/list-crumb.tsx';
import { Button } from '../../ui/button.tsx';
import { Crumbs } from '../../ui/crumbs.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorState } from '../../ui/error-state.tsx';
import { isolated } from '../../ui/isolate.ts';
import { MoreMenu, MoreMenuItem } from '../../ui/more-menu.tsx';
import { PageHeader } from '../../ui/page.tsx';
import { saveText } from '../../ui/save-text.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import { JobEvidence } from './job-evidence.tsx';
import { JobLog } from './job-log.tsx';
import { type OfferedMove, offeredMoves } from './job-moves.ts';
import { parseJobPlace } from './job-place.ts';
import { JobStateBadge } from './job-state.tsx';
import { JobView } from './job-view.tsx';
import { UndoDialog } from './undo-dialog.tsx';

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
  const { jobs, router } = useApp();
  const [undoing, setUndoing] = useState(false);
  const { id, title, state, undoable } = page;
  const moves = useMemo(() => offeredMoves({ state, undoable }), [state, undoable]);

  const exports = useMemo(
    () => async (format: RunbookFormat) => {
      const book = await jobs.runbook(id, format);
      if (book) saveText({ name: book.name, type: 'text/plain', parts: [book.text] });
    },
    [jobs, id],
  );
  const make = useMemo(
    () => (move: JobMove) => {
      if (move === 'undo') setUndoing(true);
      else void jobs.move(id, move);
    },
    [jobs, id],
  );
  usePageActions(useMemo(() => pageActions(moves, make, exports), [moves, make, exports]));

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
            {moves.map(({ move, label, icon, first }) => (
              <Button
                key={move}
                icon={icon}
                tone={first ? 'primary' : 'default'}
                onClick={() => make(move)}
              >
                {label}
              </Button>
            ))}
            <MoreMenu label="More actions">
              <MoreMenuItem icon={IconFileText} onClick={() => void exports('markdown')}>
                Save the plan as Markdown
              </MoreMenuItem>
              <MoreMenuItem icon={IconPrompt} onClick={() => void exports('shell')}>
                Save the plan as a script
              </MoreMenuItem>
            </MoreMenu>
          </>
        }
      />
      <JobView
        page={page}
        place={parseJobPlace(at)}
        onShow={(next) => router.replace({ screen: 'job', id, ...(next !== null && { at: next }) })}
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
