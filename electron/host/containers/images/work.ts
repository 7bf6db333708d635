import { z } from 'zod';
import { type PruneItem, pruneItem } from '../../../../shared/containers/prune.ts';
import { PullProgress } from '../../../../shared/containers/pull.ts';
import { formatBytes } from '../../../../shared/model/amounts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { id } from '../../../../shared/model/inventory.ts';
import { type DockerClient, DockerError } from '../../connections/docker/index.ts';
import type { JobKind, LookContext, Phase } from '../../engine/jobs/index.ts';

export interface WorkNeeds {
  readonly clientOf: (engineId: string) => Promise<DockerClient>;
  readonly changed: (engineId: string) => void;
}

/** A name with its tag or digest, as a person writes it. */
export const imageName = z
  .string()
  .trim()
  .min(1)
  .max(400)
  .regex(/^[a-zA-Z0-9][a-zA-Z0-9._:/@-]*$/, 'A name of an image, such as redis:7.');

const pullParams = z.object({ engineId: id, image: imageName, since: z.number().int() });
type PullParams = z.infer<typeof pullParams>;

const pruneParams = z.object({
  engineId: id,
  items: z.array(pruneItem).min(1).max(500),
  since: z.number().int(),
});
type PruneParams = z.infer<typeof pruneParams>;

const none = z.object({});
const progressEveryMs = 250;

/** Pulling goes on by itself after a crash: layers that are there are not fetched twice. */
export function pullKind(needs: WorkNeeds): JobKind {
  return { kind: 'container-pull', version: 1, phases: [pullPhase(needs)], afterCrash: 'resume' };
}

/** Deletes what was shown, and only that. */
export function pruneKind(needs: WorkNeeds): JobKind {
  return { kind: 'container-prune', version: 1, phases: [prunePhase(needs)], afterCrash: 'ask' };
}

function pullPhase({ clientOf, changed }: WorkNeeds): Phase<PullParams, z.infer<typeof none>> {
  /** By the time of their request: what this process pulled. */
  const pulled = new Set<number>();
  return {
    id: 'pull',
    params: pullParams,
    saved: none,
    title: ({ image }) => `Pull ${image}`,
    lasting: () => 'The image stays, and the one before loses its name.',
    async probe(_, { since, image }) {
      const standing = pulled.has(since) ? 'present' : 'absent';
      const found = pulled.has(since) ? `${image} was pulled.` : `${image} was not pulled yet.`;
      return { standing, found, evidence: [] };
    },
    plan: async () => [],
    save: async () => ({}),
    async apply({ log, progress, signal }, { engineId, image, since }) {
      const client = await clientOf(engineId);
      const told = new PullProgress();
      let at = 0;
      const query = imageQuery(image);
      const lines = await client
        .lines({ method: 'POST', path: '/images/create', query, signal })
        .catch((error: unknown) => {
          throw explained(error, image);
        });
      for await (const line of lines) {
        const text = took(told, line, image);
        if (text !== null) log(text);
        const now = performance.now();
        if (now - at < progressEveryMs) continue;
        at = now;
        const { done, total } = told.bytes;
        if (total > 0) progress(done, total);
      }
      const { done, total } = told.layers;
      log(total === 0 ? `${image} is there.` : `${image}: ${done} of ${total} layers.`);
      pulled.add(since);
      changed(engineId);
    },
    undo: async () => {},
  };
}

function took(told: PullProgress, line: unknown, image: string): string | null {
  try {
    return told.take(line);
  } catch (error) {
    throw explained(error, image);
  }
}

/** What an engine says instead of pulling; that it is not there at all is told as it is. */
function explained(error: unknown, image: string): unknown {
  if (!(error instanceof Error)) return error;
  if (error instanceof RackhelmError && !isAnswer(error)) return error;
  const why = error.message.replace(/\.$/, '');
  const isLogin = /unauthorized|authentication required|denied/i.test(why);
  const code = isLogin ? 'DOCKER_FORBIDDEN' : 'DOCKER_FAILED';
  const message = `${image} was not pulled. ${why}.`;
  return new DockerError(code, message, { hint: pullHint(why), cause: error });
}

function isAnswer(error: RackhelmError): boolean {
  return error instanceof DockerError && error.status !== null;
}

const hints: readonly (readonly [RegExp, string])[] = [
  [/no space left/i, 'The disk of the engine is full: delete what nothing uses.'],
  [/toomanyrequests|rate limit/i, 'The registry lets nobody pull so often without a login; wait.'],
  [
    /unauthorized|authentication|denied/i,
    'Check the name; if it is private, the engine has to be logged in to the registry.',
  ],
  [/manifest unknown|not found|does not exist/i, 'Check the name and the tag.'],
  [/no matching manifest/i, 'It was not built for the processor of this machine.'],
  [/x509|certificate/i, 'The engine does not trust the certificate of the registry.'],
  [
    /no such host|dial tcp|timeout|i\/o/i,
    'The engine does not reach the registry: look at its DNS, gateway and proxy.',
  ],
];

function pullHint(why: string): string {
  const [, hint = 'Look at the log of the engine; then go on.'] =
    hints.find(([pattern]) => pattern.test(why)) ?? [];
  return hint;
}

/** Without a tag the engine would fetch all of them. */
function imageQuery(image: string): { fromImage: string; tag?: string } {
  if (image.includes('@')) return { fromImage: image };
  const colon = image.lastIndexOf(':');
  if (colon > image.lastIndexOf('/'))
    return { fromImage: image.slice(0, colon), tag: image.slice(colon + 1) };
  return { fromImage: image, tag: 'latest' };
}

const kindWords = {
  containers: 'container',
  images: 'image',
  volumes: 'volume',
  buildCache: 'part of the build cache',
};

function prunePhase({ clientOf, changed }: WorkNeeds): Phase<PruneParams, z.infer<typeof none>> {
  /** By the time of their request: what this process was done with, deleted or told to stay. */
  const settled = new Map<number, Set<string>>();
  const leftOf = async (params: PruneParams, context: LookContext) => {
    const client = await clientOf(params.engineId);
    const there: PruneItem[] = [];
    for (const item of params.items) {
      if (settled.get(params.since)?.has(item.id)) continue;
      if (await isThere(client, item, context.signal)) there.push(item);
    }
    return { client, there };
  };
  return {
    id: 'prune',
    params: pruneParams,
    saved: none,
    title: ({ items }) => `Delete ${items.length} things that nothing uses`,
    lasting: () => 'What was deleted does not come back; images can be pulled again.',
    async probe(context, params) {
      const { there } = await leftOf(params, context);
      const gone = params.items.length - there.length;
      const standing = there.length === 0 ? 'present' : gone === 0 ? 'absent' : 'partly';
      return { standing, found: `${gone} of ${params.items.length} are through.`, evidence: [] };
    },
    plan: async () => [],
    save: async () => ({}),
    async apply(context, params) {
      const { client, there } = await leftOf(params, context);
      const through = new Set<string>();
      settled.set(params.since, through);
      let [done, freed] = [0, 0];
      for (const item of there) {
        context.progress(done, there.length);
        done += 1;
        const why = await deleteOne(client, item, context.signal);
        if (why === null) freed += item.bytes;
        through.add(item.id);
        context.log(`${kindWords[item.kind]} ${item.name}: ${why ?? 'deleted'}`);
      }
      context.log(`About ${formatBytes(freed)} are free again.`);
      changed(params.engineId);
    },
    undo: async () => {},
  };
}

async function isThere(
  client: DockerClient,
  { kind, id: name }: PruneItem,
  signal: AbortSignal,
): Promise<boolean> {
  if (kind === 'buildCache') return true;
  const which = encodeURIComponent(name);
  const path = kind === 'volumes' ? `/volumes/${which}` : `/${kind}/${which}/json`;
  try {
    await client.call({ path, signal });
    return true;
  } catch (error) {
    if (error instanceof RackhelmError && error.code === 'DOCKER_NOT_FOUND') return false;
    throw error;
  }
}

/** Without force: what is used by now stays. Null: it is gone. */
async function deleteOne(
  client: DockerClient,
  { kind, id: name }: PruneItem,
  signal: AbortSignal,
): Promise<string | null> {
  const which = encodeURIComponent(name);
  try {
    if (kind === 'buildCache') {
      const query = { all: true, filters: { id: [name] } };
      await client.call({ method: 'POST', path: '/build/prune', query, signal });
      return null;
    }
    await client.call({ method: 'DELETE', path: `/${kind}/${which}`, signal, timeoutMs: 120_000 });
    return null;
  } catch (error) {
    if (!(error instanceof RackhelmError)) throw error;
    if (error.code === 'DOCKER_NOT_FOUND') return null;
    if (error.code === 'DOCKER_CONFLICT') return `it stays, ${error.message}`;
    throw error;
  }
}
