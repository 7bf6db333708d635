import type { ReadableDevice } from '../db/index.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** A minute's tick comes a little early or late. */
const slack = minute / 2;
/** So many failures one after the other may be chance; from then on it is tried less often. */
const patience = 3;

/** Has a way in, and, by the clock, was not tried too lately for how often it has failed. */
export function isReady(device: ReadableDevice, at: number, every: number | null): boolean {
  const { sshHost, failure, attemptedAt } = device;
  if (sshHost === null || sshHost === '') return false;
  if (every === null || failure === null || attemptedAt === null) return true;
  if (failure.times < patience) return true;
  const wait = Math.min(every * 2 ** (failure.times - patience + 1), Math.max(day, every));
  return attemptedAt > at || at - attemptedAt >= wait - slack;
}
