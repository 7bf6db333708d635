import { IconRoute, IconServerBolt, IconTrash } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { DraftSummary } from '../../../../shared/onboarding/draft.ts';
import { stepLabels } from '../../../../shared/onboarding/steps.ts';
import { useApp } from '../../../app/app-context.ts';
import { useResource } from '../../../rpc/use-resource.ts';
import { Ago } from '../../../ui/ago.tsx';
import { Button, IconButton } from '../../../ui/button.tsx';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { ErrorState } from '../../../ui/error-state.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import { isolated } from '../../../ui/isolate.ts';
import { PageBody, PageHeader } from '../../../ui/page.tsx';
import { Skeleton } from '../../../ui/skeleton.tsx';
import { JobStateBadge } from '../../jobs/job-state.tsx';
import { useBeginOnboarding } from '../use-begin-onboarding.ts';
import classes from './drafts.module.css';

/** The onboardings that were begun and not ended, to go on with. */
export function DraftsScreen() {
  const { onboarding, layout } = useApp();
  const state = useResource(onboarding.drafts);
  const [begin, busy] = useBeginOnboarding();
  const [deleting, setDeleting] = useState<DraftSummary | null>(null);
  useEffect(() => layout.inspect({ kind: 'none' }), [layout]);
  const drafts = state.status === 'ready' ? state.data : [];
  const button = (
    <Button tone="primary" icon={IconServerBolt} busy={busy} onClick={() => void begin()}>
      Onboard a machine
    </Button>
  );
  return (
    <>
      <PageHeader
        title="Onboarding"
        note={drafts.length > 0 && formatCount(drafts.length, 'onboarding')}
        actions={drafts.length > 0 && button}
      />
      {state.status === 'loading' && <Skeleton label="Reading the onboardings" lines={6} />}
      {state.status === 'failed' && (
        <ErrorState error={state.failure} onRetry={() => void onboarding.drafts.reload()} />
      )}
      {state.status === 'ready' && drafts.length === 0 && (
        <EmptyState icon={IconRoute} title="No onboarding is under way" actions={button}>
          It leads a bare machine in, with evidence at each step: found, trusted, checked, mended,
          named, addressed and documented. You see the whole plan before anything changes.
        </EmptyState>
      )}
      {drafts.length > 0 && (
        <PageBody>
          <ul className={classes.drafts} aria-label="Onboardings under way">
            {drafts.map((draft) => (
              <DraftLine key={draft.id} draft={draft} onDelete={() => setDeleting(draft)} />
            ))}
          </ul>
        </PageBody>
      )}
      {deleting && (
        <ConfirmDialog
          title={`Delete the onboarding of ${isolated(titleOf(deleting))}?`}
          confirm="Delete"
          onCancel={() => setDeleting(null)}
          onConfirm={() => {
            setDeleting(null);
            void onboarding.delete(deleting.id);
          }}
        >
          What was answered in it goes. Machines and inventory stay as they are.
        </ConfirmDialog>
      )}
    </>
  );
}

interface DraftLineProps {
  readonly draft: DraftSummary;
  readonly onDelete: () => void;
}

function DraftLine({ draft, onDelete }: DraftLineProps) {
  const { router, jobs } = useApp();
  const job = useStore(jobs.recent, ({ list }) => list.find(({ id }) => id === draft.jobId));
  const isOver = draft.step === 'report' || job?.state.state === 'done';
  const title = titleOf(draft);
  return (
    <li className={classes.draft}>
      <div className={classes.what}>
        <h2 className={classes.name}>
          <bdi>{title}</bdi>
        </h2>
        <p className={classes.note}>
          {job === undefined ? stepLabels[draft.step] : <JobStateBadge state={job.state} />}
          <span>
            {'· changed '}
            <Ago at={draft.changedAt} />
          </span>
        </p>
      </div>
      <Button
        label={isOver ? `Report of ${isolated(title)}` : `Go on with ${isolated(title)}`}
        onClick={() =>
          router.go({ screen: 'onboarding', id: draft.id, ...(isOver && { step: 'report' }) })
        }
      >
        {isOver ? 'Report' : 'Go on'}
      </Button>
      <IconButton label={`Delete ${isolated(title)}`} icon={IconTrash} onClick={onDelete} />
    </li>
  );
}

const named = 3;

function titleOf({ machines }: DraftSummary): string {
  if (machines.length === 0) return 'No machine yet';
  const more = machines.length - named;
  const names = machines.slice(0, named).join(', ');
  return more > 0 ? `${names} and ${more} more` : names;
}
