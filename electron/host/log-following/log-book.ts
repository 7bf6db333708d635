import type { PodLogEvent, PodLogLine } from '../../../shared/cluster/pods/pod-log.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { LogSession } from './log-session.ts';

export interface LookedAt {
  /** Of whoever looks, made by them: by it the same log is looked at again. */
  readonly id: string;
  /** What is read, and how: another one is read anew. */
  readonly wanted: string;
  readonly search: string;
  readonly open: () => LogSession;
}

export interface ReadAsked {
  readonly id: string;
  readonly before: number | null;
  readonly search: string;
  readonly limit: number;
}

/** Logs that are held while somebody looks. */
export interface LogBook {
  /** Throws INVALID_INPUT, and what cannot be begun. */
  follow(asked: LookedAt, signal: AbortSignal): AsyncGenerator<PodLogEvent, void, void>;
  /** Throws NOT_FOUND where nobody looks at it any more. */
  read(asked: ReadAsked): Promise<{ lines: PodLogLine[]; more: boolean }>;
  close(): void;
}

/** Long enough to search in it, and to come back to it. */
const usualIdleMs = 20_000;
/** One that was read whole ends by itself while somebody still reads and saves it. */
const overMs = 120_000;
const mostOpen = 16;

/** `idleMs`: for so long a log is held that nobody looks at. */
export function createLogBook(idleMs = usualIdleMs): LogBook {
  const open = new Map<string, { readonly session: LogSession; readonly wanted: string }>();
  const timers = new Map<string, NodeJS.Timeout>();

  function close(id: string): void {
    open.get(id)?.session.close();
    open.delete(id);
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  function sessionOf({ id, wanted, open: begin }: LookedAt): LogSession {
    clearTimeout(timers.get(id));
    const known = open.get(id);
    if (known?.wanted === wanted) return known.session;
    close(id);
    for (const [other, { session }] of open) {
      if (open.size >= mostOpen && !session.isFollowed) close(other);
    }
    if (open.size >= mostOpen) {
      throw new RackhelmError('INVALID_INPUT', `${mostOpen} logs are looked at already.`, {
        hint: 'Close one of the windows that show a log.',
      });
    }
    const session = begin();
    open.set(id, { session, wanted });
    return session;
  }

  return {
    async *follow(asked, signal) {
      const session = sessionOf(asked);
      const { id } = asked;
      try {
        yield* session.follow(asked.search, signal);
      } catch (error) {
        // What could not be begun is begun anew the next time.
        if (open.get(id)?.session === session) close(id);
        throw error;
      } finally {
        if (open.get(id)?.session === session && !session.isFollowed) {
          clearTimeout(timers.get(id));
          const heldMs = session.isOver ? overMs : idleMs;
          timers.set(id, setTimeout(() => close(id), heldMs).unref());
        }
      }
    },
    async read({ id, ...asked }) {
      const found = open.get(id);
      if (found !== undefined) return await found.session.read(asked);
      throw new RackhelmError('NOT_FOUND', 'This log is not held any more.', {
        hint: 'Open it again.',
      });
    },
    close() {
      for (const id of [...open.keys()]) close(id);
    },
  };
}
