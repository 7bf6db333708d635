import type { LogChoice, PodLogEvent } from '../../../../shared/cluster/pods/pod-log.ts';
import type { TargetPod } from '../../../../shared/cluster/pods/pod-target.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type DockerClient, frames } from '../../connections/docker/index.ts';
import { cutLines } from '../../connections/kubernetes/index.ts';
import {
  createLogBook,
  type LogBook,
  type LogClient,
  type LogFailure,
  LogSession,
  type WatchSources,
} from '../../log-following/index.ts';
import { containerPath } from '../container-path.ts';
import type { EngineLive } from '../live/index.ts';

export interface LogsNeeds {
  readonly clientOf: (engineId: string) => Promise<DockerClient>;
  readonly live: EngineLive;
  /** Milliseconds for which a log is held that nobody looks at. */
  readonly idleMs?: number;
}

export interface LogsAsked extends Omit<LogChoice, 'containers' | 'previous'> {
  /** Of whoever looks, made by them: by it the same log is looked at again. */
  readonly id: string;
  readonly engineId: string;
  /** Ids or names; none: all of the project. */
  readonly containers: readonly string[];
  readonly project: string | null;
  readonly search: string;
}

/** Logs of containers as one, held while somebody looks. */
export interface ContainerLogs extends Pick<LogBook, 'read' | 'close'> {
  /** Throws NOT_FOUND, INVALID_INPUT, DOCKER_*. */
  follow(asked: LogsAsked, signal: AbortSignal): AsyncGenerator<PodLogEvent, void, void>;
}

export function createContainerLogs({ clientOf, live, idleMs }: LogsNeeds): ContainerLogs {
  const book = createLogBook(idleMs);
  return {
    follow(asked, signal) {
      const { id, engineId, search, containers, project, ...choice } = asked;
      const wanted = JSON.stringify([engineId, containers, project, choice]);
      const open = () =>
        new LogSession({
          client: logClient(() => clientOf(engineId)),
          watch: (watched) => watchContainers(live, { engineId, containers, project, ...watched }),
          choice: { ...choice, containers: [], previous: false },
        });
      return book.follow({ id, wanted, search, open }, signal);
    },
    read: book.read,
    close: book.close,
  };
}

/** What it reads by is the id, which stands for the container whatever it is called. */
function logClient(client: () => Promise<DockerClient>): LogClient {
  return {
    async *logs({ namespace: id }, { follow = false, tailLines, since, signal }) {
      const query = {
        ...{ stdout: true, stderr: true, timestamps: true, follow },
        tail: tailLines ?? 'all',
        since: since === undefined ? undefined : (since / 1_000).toFixed(3),
      };
      const stream = await (await client()).stream({
        path: containerPath(id, 'logs'),
        query,
        signal,
      });
      try {
        yield* cutLines(contents(stream));
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        stream.destroy();
      }
    },
    explain,
  };
}

async function* contents(stream: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, void> {
  for await (const { data } of frames(stream)) yield data;
}

function explain(error: unknown): LogFailure {
  const why = error instanceof Error ? error.message : String(error);
  const code = error instanceof RackhelmError ? error.code : null;
  if (/logging driver does not support reading/i.test(why)) {
    return {
      state: 'failed',
      why: 'its log goes elsewhere, and cannot be read here',
      lasting: true,
    };
  }
  if (code === 'DOCKER_NOT_FOUND')
    return { state: 'ended', why: 'the container is gone', lasting: true };
  const lasting = code === 'NOT_FOUND';
  return { state: lasting ? 'failed' : 'lost', why, lasting };
}

interface Watched extends WatchSources, Pick<LogsAsked, 'engineId' | 'containers' | 'project'> {}

/** Those that are named, or all of a project as they come and go. */
async function watchContainers(live: EngineLive, watched: Watched): Promise<void> {
  const { engineId, containers, project, signal, onChange } = watched;
  // Who is named and not there is a mistake; later it may come and go.
  const named = await Promise.all(
    containers.map(async (name) => (await live.container(engineId, name, signal)).listed.Id),
  );
  const ids = new Set(named);
  const see = async () => {
    const all = await live.containers(engineId, signal);
    const mine = all.filter(({ row }) =>
      ids.size > 0 ? ids.has(row.key) : row.namespace === project,
    );
    onChange(new Map(mine.map((held) => [held.row.name, targetOf(held.row, held.listed.State)])));
  };
  const changed = () => void see().catch(() => {}); // the engine is away: it is as it was
  const leave = live.subscribe(engineId, changed);
  try {
    await see();
    await new Promise<void>((resolve) => {
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    leave();
  }
}

const begun: ReadonlySet<string> = new Set(['running', 'paused', 'restarting']);

function targetOf(
  row: {
    readonly key: string;
    readonly name: string;
    readonly status: { label: string; why: string | null };
  },
  state: string,
): TargetPod {
  const { label, why } = row.status;
  const is = begun.has(state) ? 'running' : state === 'created' ? 'waiting' : 'ended';
  return {
    namespace: row.key,
    name: row.name,
    ready: is === 'running',
    containers: [{ name: '', role: 'main', state: is, label, why, restarts: 0 }],
  };
}
