import type { JobPage } from '../../../../shared/jobs/job.ts';
import { mayStand } from '../../../../shared/jobs/step-state.ts';
import { ConfirmDialog } from '../../../ui/dialog.tsx';
import { formatCount } from '../../../ui/formatting.ts';
import classes from './job-page.module.css';

interface UndoDialogProps {
  readonly page: JobPage;
  readonly onUndo: () => void;
  readonly onClose: () => void;
}

/** Said one by one up to here. */
const named = 12;

/** Says what is taken back, in the order in which it is, and what stays. */
export function UndoDialog({ page, onUndo, onClose }: UndoDialogProps) {
  const standing = page.lanes.flatMap(({ title, steps }) =>
    steps.filter(({ state }) => mayStand(state)).map((step) => ({ title, step })),
  );
  const undone = standing.filter(({ step }) => step.plan.lasting === null).reverse();
  const stays = standing.filter(({ step }) => step.plan.lasting !== null);
  const several = page.lanes.length > 1;
  return (
    <ConfirmDialog
      title="Undo this job?"
      confirm="Undo"
      onConfirm={() => {
        onClose();
        onUndo();
      }}
      onCancel={onClose}
    >
      <p>{`${formatCount(undone.length, 'phase')} will be taken back, the last one first.`}</p>
      <ol className={classes.undoList}>
        {undone.slice(0, named).map(({ title, step }) => (
          <li key={step.id}>
            <PhaseName title={step.plan.title} machine={several ? title : null} />
          </li>
        ))}
      </ol>
      {undone.length > named && <p>{`and ${(undone.length - named).toLocaleString('en')} more`}</p>}
      {stays.length > 0 && (
        <>
          <p className={classes.stays}>This stays, since it cannot be undone:</p>
          <ul className={classes.undoList}>
            {stays.slice(0, named).map(({ title, step }) => (
              <li key={step.id}>
                <PhaseName title={step.plan.title} machine={several ? title : null} />:{' '}
                <bdi>{step.plan.lasting}</bdi>
              </li>
            ))}
          </ul>
        </>
      )}
    </ConfirmDialog>
  );
}

interface PhaseNameProps {
  readonly title: string;
  /** Null where there is only one. */
  readonly machine: string | null;
}

function PhaseName({ title, machine }: PhaseNameProps) {
  return (
    <>
      <bdi>{title}</bdi>
      {machine !== null && (
        <>
          {' on '}
          <bdi>{machine}</bdi>
        </>
      )}
    </>
  );
}
