import { setTimeout as pause } from 'node:timers/promises';

export interface WaitTimes {
  /** Milliseconds between two looks. */
  readonly stepMs: number;
  /** So long at the most. */
  readonly forMs: number;
}

/** Looks again and again; false: it has not come about in that time. */
export async function until(
  has: () => Promise<boolean>,
  { stepMs, forMs }: WaitTimes,
  signal: AbortSignal,
): Promise<boolean> {
  const end = Date.now() + forMs;
  for (;;) {
    if (await has()) return true;
    if (Date.now() >= end) return false;
    await pause(stepMs, undefined, { signal });
  }
}
