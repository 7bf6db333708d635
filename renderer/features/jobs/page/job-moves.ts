import {
  type Icon,
  IconArrowBackUp,
  IconPlayerPlay,
  IconPlayerSkipForward,
  IconRefresh,
  IconX,
} from '@tabler/icons-react';
import type { JobSummary } from '../../../../shared/jobs/job.ts';
import { type JobMove, movesOf } from '../../../../shared/jobs/job-state.ts';

export interface OfferedMove {
  readonly move: JobMove;
  readonly label: string;
  readonly icon: Icon;
  /** What most people want now. */
  readonly first: boolean;
}

const labels: Readonly<Record<JobMove, { readonly label: string; readonly icon: Icon }>> = {
  cancel: { label: 'Cancel', icon: IconX },
  resume: { label: 'Go on', icon: IconPlayerPlay },
  undo: { label: 'Undo job', icon: IconArrowBackUp },
  leave: { label: 'Leave as it is', icon: IconPlayerSkipForward },
};

/** What a person may do with a job now, as it is called in this state. */
export function offeredMoves(job: Pick<JobSummary, 'state' | 'undoable'>): readonly OfferedMove[] {
  const { state, undoable } = job;
  return movesOf(state)
    .filter((move) => move !== 'undo' || undoable)
    .map((move) => {
      const again = move === 'resume' && state.state === 'failed';
      const look = again ? { label: 'Try again', icon: IconRefresh } : labels[move];
      return { move, ...look, first: move === 'resume' };
    });
}
