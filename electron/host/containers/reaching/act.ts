import type { ActionResult, ContainerAction } from '../../../../shared/containers/action.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { DockerCall, DockerClient } from '../../connections/docker/index.ts';
import { containerPath } from '../container-path.ts';
import type { EngineLive } from '../live/index.ts';

export interface ActNeeds {
  readonly clientOf: (engineId: string) => Promise<DockerClient>;
  readonly live: EngineLive;
}

export interface ActAsked {
  readonly engineId: string;
  readonly containers: readonly string[];
  readonly action: ContainerAction;
}

const atOnce = 4;
/** What a stop may take before it is killed, and some more. */
const slackMs = 60_000;

/** Does the same to each of them, some at once; one that fails stops no other. */
export async function actOn(
  { clientOf, live }: ActNeeds,
  { engineId, containers, action }: ActAsked,
  signal: AbortSignal,
): Promise<ActionResult[]> {
  if (action.do === 'rename' && containers.length !== 1)
    throw new RackhelmError('INVALID_INPUT', 'One container at a time is called otherwise.');
  const client = await clientOf(engineId);
  const results: ActionResult[] = [];
  const turns = containers.entries();
  const worker = async () => {
    for (const [index, which] of turns) {
      results[index] = await one(which);
    }
  };

  async function one(which: string): Promise<ActionResult> {
    let named = { id: which, name: which };
    try {
      const { row } = await live.container(engineId, which, signal);
      named = { id: row.key, name: row.name };
      await client.call({ ...request(row.key, action), signal });
      return { ...named, failure: null };
    } catch (error) {
      if (!(error instanceof RackhelmError) || signal.aborted) throw error;
      const { code, message, hint } = error;
      return { ...named, failure: { code, message, hint } };
    }
  }

  await Promise.all(Array.from({ length: Math.min(atOnce, containers.length) }, worker));
  live.refresh(engineId);
  return results;
}

function request(id: string, action: ContainerAction): Omit<DockerCall, 'signal'> {
  const post = (what: string, query = {}) => ({
    ...{ method: 'POST' as const, path: containerPath(id, what), query },
  });
  switch (action.do) {
    case 'start':
    case 'pause':
      return post(action.do);
    case 'resume':
      return post('unpause');
    case 'stop':
    case 'restart': {
      const { seconds } = action;
      const timeoutMs = (seconds ?? 600) * 1_000 + slackMs;
      return { ...post(action.do, seconds === null ? {} : { t: seconds }), timeoutMs };
    }
    case 'kill':
      return post('kill', { signal: action.signal });
    case 'rename':
      return post('rename', { name: action.name });
    case 'delete':
      return {
        method: 'DELETE',
        path: `/containers/${encodeURIComponent(id)}`,
        query: { force: action.force, v: action.volumes },
        timeoutMs: slackMs,
      };
  }
}
