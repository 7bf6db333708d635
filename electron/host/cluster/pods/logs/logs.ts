import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import type {
  LogChoice,
  PodLogEvent,
  PodLogLine,
} from '../../../../../shared/cluster/pods/pod-log.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { lastingClient } from '../lasting-client.ts';
import { LogSession } from './log-session.ts';
import type { PaceBounds } from './pace.ts';

export interface LogsNeeds {
  /** Throws NOT_FOUND. */
  readonly clientOf: (contextId: string) => KubeClient;
  /** Milliseconds for which a log is held that nobody looks at. */
  readonly idleMs?: number;
  /** How fast lines of one log are read at the most. */
  readonly pace?: PaceBounds;
}

interface Followed extends ObjectName, LogChoice {
  /** Of whoever looks, made by them: by it the same log is looked at again. */
  readonly id: string;
  readonly contextId: string;
  readonly search: string;
}

/** Logs of pods, held while somebody looks. */
export interface PodLogs {
  /** Throws NOT_FOUND, INVALID_INPUT, KubeError. */
  follow(asked: Followed, signal: AbortSignal): AsyncGenerator<PodLogEvent, void, void>;
  /** Throws NOT_FOUND where nobody looks at it any more. */
  read(asked: {
    readonly id: string;
    readonly before: number | null;
    readonly search: string;
    readonly limit: number;
  }): Promise<{ lines: PodLogLine[]; more: boolean }>;
  close(): void;
}

/** Long enough to search in it, and to come back to it. */
const idleMs = 20_000;
/** One that was read whole ends by itself while somebody still reads and saves it. */
const overMs = 120_000;
const mostOpen = 16;

export function createLogs({ clientOf, idleMs: idle = idleMs, pace }: LogsNeeds): PodLogs {
  const open = new Map<string, { readonly session: LogSession; readonly choice: string }>();
  const timers = new Map<string, NodeJS.Timeout>();

  function close(id: string): void {
    open.get(id)?.session.close();
    open.delete(id);
    clearTimeout(timers.get(id));
    timers.delete(id);
  }

  function sessionOf(asked: Followed): LogSession {
    const { id, contextId, search: _, kind, namespace, name, ...choice } = asked;
    const wanted = JSON.stringify([contextId, kind, namespace, name, choice]);
    clearTimeout(timers.get(id));
    const known = open.get(id);
    if (known?.choice === wanted) return known.session;
    close(id);
    for (const [other, { session }] of open) {
      if (open.size >= mostOpen && !session.isFollowed) close(other);
    }
    if (open.size >= mostOpen) {
      throw new RackhelmError('INVALID_INPUT', `${mostOpen} logs are looked at already.`, {
        hint: 'Close one of the windows that show a log.',
      });
    }
    const of = { kind, namespace, name };
    clientOf(contextId);
    const client = lastingClient(() => clientOf(contextId));
    const session = new LogSession({ client, of, choice, pace });
    open.set(id, { session, choice: wanted });
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
          const heldMs = session.isOver ? overMs : idle;
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
