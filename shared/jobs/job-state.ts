import { z } from 'zod';
import { stepError } from './step-state.ts';

const at = z.number().int();

/**
 * A job as a whole. The steps say how far it came; this says who moves next: the runner (`running`,
 * `undoing`), a person (`asking`, `interrupted`, `failed`, `waiting`), or nobody (`done`, `undone`, `left`).
 */
export const jobState = z.discriminatedUnion('state', [
  /** Approved, and not begun: it waits for its turn on a machine or among other jobs. */
  z.object({ state: z.literal('queued') }),
  z.object({ state: z.literal('running'), startedAt: at }),
  /** Runs, and a question of it stands. */
  z.object({ state: z.literal('asking'), startedAt: at }),
  /** It ran without a person and would have had to ask; `needs` says what for. */
  z.object({ state: z.literal('waiting'), startedAt: at, endedAt: at, needs: z.string() }),
  /** The host ended in the middle of it. */
  z.object({ state: z.literal('interrupted'), startedAt: at, endedAt: at }),
  z.object({ state: z.literal('failed'), startedAt: at, endedAt: at, error: stepError }),
  z.object({ state: z.literal('cancelled'), startedAt: at, endedAt: at }),
  z.object({ state: z.literal('undoing'), startedAt: at }),
  z.object({ state: z.literal('undone'), startedAt: at, endedAt: at }),
  z.object({ state: z.literal('undo-failed'), startedAt: at, endedAt: at, error: stepError }),
  z.object({ state: z.literal('done'), startedAt: at, endedAt: at }),
  /** A person decided that what is there stays, and that the job does not go on. */
  z.object({ state: z.literal('left'), startedAt: at, endedAt: at }),
]);
export type JobState = z.infer<typeof jobState>;
export type JobStateName = JobState['state'];

export const jobStateNames = jobState.options.map(
  (option) => option.shape.state.value,
) as readonly JobStateName[]; // each option has a literal

/** What a person may do with a job in this state. */
export type JobMove = 'cancel' | 'resume' | 'undo' | 'leave';

const moves: Readonly<Record<JobStateName, readonly JobMove[]>> = {
  queued: ['cancel'],
  running: ['cancel'],
  asking: ['cancel'],
  waiting: ['resume', 'undo', 'leave'],
  interrupted: ['resume', 'undo', 'leave'],
  failed: ['resume', 'undo', 'leave'],
  cancelled: ['resume', 'undo', 'leave'],
  undoing: [],
  undone: [],
  'undo-failed': ['undo', 'leave'],
  done: ['undo'],
  left: ['undo'],
};

export function movesOf({ state }: JobState): readonly JobMove[] {
  return moves[state];
}

/** Whether the runner is at it. */
export function isUnderWay({ state }: JobState): boolean {
  return state === 'queued' || state === 'running' || state === 'asking' || state === 'undoing';
}
