import { setTimeout as sleep } from 'node:timers/promises';
import { ClusterError } from './cluster-error.ts';

/** Asks until it is so; what it says when it gives up is what was waited for. */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  { timeoutMs = 30_000, everyMs = 50 } = {},
): Promise<void> {
  const giveUpAt = Date.now() + timeoutMs;
  while (!(await isSo())) {
    if (Date.now() > giveUpAt)
      throw new ClusterError(`After ${timeoutMs / 1000} s still not: ${what}.`);
    await sleep(everyMs);
  }
}
