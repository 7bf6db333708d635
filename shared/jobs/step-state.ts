import { z } from 'zod';

/** What went wrong, as a person may read it. */
export const stepError = z.object({
  code: z.string().max(60),
  message: z.string().max(2_000),
  hint: z.string().max(2_000),
});
export type StepError = z.infer<typeof stepError>;

const at = z.number().int();

/**
 * One phase on one machine. `begun` is written before anything is changed, with what undo needs;
 * found after a crash it means: maybe done. The probe says which.
 */
export const stepState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('pending') }),
  z.object({ state: z.literal('probing'), at }),
  /** The probe said present: nothing was done, nothing is to be undone. */
  z.object({ state: z.literal('skipped'), at, found: z.string() }),
  z.object({ state: z.literal('begun'), at }),
  z.object({ state: z.literal('done'), at, startedAt: at, found: z.string() }),
  z.object({ state: z.literal('failed'), at, startedAt: at, error: stepError, begun: z.boolean() }),
  z.object({ state: z.literal('undoing'), at }),
  z.object({ state: z.literal('undone'), at, found: z.string() }),
  z.object({ state: z.literal('undo-failed'), at, error: stepError }),
]);
export type StepState = z.infer<typeof stepState>;

/** Whether something may stand on the machine because of this step. */
export function mayStand(step: StepState): boolean {
  switch (step.state) {
    case 'begun':
    case 'done':
    case 'undoing':
    case 'undo-failed':
      return true;
    case 'failed':
      return step.begun;
    default:
      return false;
  }
}

/** Whether it was taken back, or at least begun with: what came after it may have gone with it. */
export function isTakenBack({ state }: StepState): boolean {
  return state === 'undoing' || state === 'undone' || state === 'undo-failed';
}

/** Whether a job that goes on has nothing more to do here. */
export function isSettled({ state }: StepState): boolean {
  return state === 'done' || state === 'skipped';
}
