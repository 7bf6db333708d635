import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import type { LogChoice, PodLogEvent } from '../../../../../shared/cluster/pods/pod-log.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import {
  createLogBook,
  type LogBook,
  LogSession,
  type PaceBounds,
} from '../../../log-following/index.ts';
import { lastingClient } from '../lasting-client.ts';
import { explainLog } from './explain-log.ts';
import { watchPods } from './log-pods.ts';

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
export interface PodLogs extends Pick<LogBook, 'read' | 'close'> {
  /** Throws NOT_FOUND, INVALID_INPUT, KubeError. */
  follow(asked: Followed, signal: AbortSignal): AsyncGenerator<PodLogEvent, void, void>;
}

export function createLogs({ clientOf, idleMs, pace }: LogsNeeds): PodLogs {
  const book = createLogBook(idleMs);
  return {
    follow({ id, contextId, search, kind, namespace, name, ...choice }, signal) {
      const of = { kind, namespace, name };
      const wanted = JSON.stringify([contextId, kind, namespace, name, choice]);
      const open = () => {
        clientOf(contextId);
        const client = lastingClient(() => clientOf(contextId));
        const logs = { logs: client.logs, explain: explainLog };
        return new LogSession({
          client: logs,
          watch: (watched) => watchPods({ client, of, ...watched }),
          ...{ choice, pace },
        });
      };
      return book.follow({ id, wanted, search, open }, signal);
    },
    read: book.read,
    close: book.close,
  };
}
