import type { Database } from '../db/index.ts';
import type { Proposals } from './proposals.ts';

/** After the first screen, which wants the processor for itself. */
const beginAfterMs = 3_000;

/**
 * Looks through what older releases, or other programs, have read and nobody has looked through:
 * some time after the start, and whenever the inventory changes. Abort ends it.
 */
export function keepUp(
  proposals: Pick<Proposals, 'catchUp'>,
  database: Database,
  report: (error: unknown) => void,
): AbortController {
  const end = new AbortController();
  let running = false;
  const run = async () => {
    if (running || end.signal.aborted || database.unseen.count() === 0) return;
    running = true;
    try {
      await proposals.catchUp(end.signal);
    } catch (error) {
      // Tried again at the next change; the lists say how many devices wait.
      report(error);
    } finally {
      running = false;
    }
  };
  const timer = setTimeout(() => void run(), beginAfterMs).unref();
  const unsubscribe = database.subscribe(() => void run());
  end.signal.addEventListener('abort', () => {
    clearTimeout(timer);
    unsubscribe();
  });
  return end;
}
