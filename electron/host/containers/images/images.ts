import { z } from 'zod';
import {
  type DiskUse,
  type ImageLayer,
  readDisk,
  readLayers,
} from '../../../../shared/containers/disk.ts';
import { readImageName } from '../../../../shared/containers/image-name.ts';
import {
  type PruneChoice,
  type PrunePreview,
  previewPrune,
} from '../../../../shared/containers/prune.ts';
import type { JobSummary } from '../../../../shared/jobs/job.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Jobs } from '../../engine/jobs/index.ts';
import type { Engines } from '../engines/index.ts';
import type { EngineLive } from '../live/index.ts';
import { pruneKind, pullKind, type WorkNeeds } from './work.ts';

export interface ImagesNeeds extends WorkNeeds {
  readonly engines: Pick<Engines, 'get'>;
  readonly live: EngineLive;
  readonly jobs: Pick<Jobs, 'register' | 'start'>;
}

export interface Newer {
  readonly image: string;
  /** `newer`: the registry has another one under this name by now. */
  readonly state: 'same' | 'newer' | 'unknown';
  readonly why: string | null;
}

type By = JobSummary['by'];

/** Images, and what takes room. */
export interface Images {
  disk(engineId: string): Promise<DiskUse>;
  layers(engineId: string, image: string, signal: AbortSignal): Promise<ImageLayer[]>;
  /** Asks the registry through the engine, only because a person wants to know. */
  newer(engineId: string, images: readonly string[], signal: AbortSignal): Promise<Newer[]>;
  previewPrune(engineId: string, choice: PruneChoice): Promise<PrunePreview>;
  /** As a job that deletes what was previewed. Throws CHANGED_SINCE where nothing is left of it. */
  prune(engineId: string, items: PrunePreview['items'], by: By): Promise<{ jobId: string }>;
  pull(engineId: string, image: string, by: By): Promise<{ jobId: string }>;
}

/** Counting what containers and volumes take walks over their files. */
const diskMs = 300_000;
const registryMs = 30_000;

export function createImages(needs: ImagesNeeds): Images {
  const { engines, clientOf, jobs } = needs;
  jobs.register(pullKind(needs));
  jobs.register(pruneKind(needs));

  /** An engine counts once at a time, and says no to a second one: all who ask meanwhile share it. */
  const counting = new Map<string, Promise<DiskUse>>();
  async function count(engineId: string): Promise<DiskUse> {
    const client = await clientOf(engineId);
    const signal = AbortSignal.timeout(diskMs);
    return readDisk(await client.call({ path: '/system/df', signal, timeoutMs: diskMs }));
  }
  function disk(engineId: string): Promise<DiskUse> {
    const under = counting.get(engineId);
    if (under !== undefined) return under;
    const work = count(engineId).finally(() => counting.delete(engineId));
    counting.set(engineId, work);
    return work;
  }

  async function start(
    engineId: string,
    by: By,
    work: {
      kind: string;
      phase: string;
      title: string;
      params: Record<string, unknown>;
      found: string;
      lasting: string;
    },
  ): Promise<{ jobId: string }> {
    const { name, device } = engines.get(engineId);
    const { kind, phase, params, found, lasting } = work;
    const title = `${work.title} on ${name}`;
    const probed = { standing: 'absent' as const, found, evidence: [] };
    const plan = {
      version: 1,
      lanes: [
        {
          ...{ lane: 'engine', title: name, deviceId: device?.id ?? null, after: [] },
          phases: [{ phase, title: work.title, params, probed, items: [], lasting }],
        },
      ],
    };
    const job = await jobs.start({ kind, title, plan, input: null, by, attended: false });
    return { jobId: job.id };
  }

  return {
    disk,
    async layers(engineId, image, signal) {
      const client = await clientOf(engineId);
      const path = `/images/${encodeURIComponent(image)}/history`;
      return readLayers(await client.call({ path, signal }));
    },
    async newer(engineId, images, signal) {
      const results: Newer[] = [];
      for (const image of images) results.push(await newerOf(needs, { engineId, image, signal }));
      return results;
    },
    previewPrune: async (engineId, choice) => previewPrune(await disk(engineId), choice),
    async prune(engineId, items, by) {
      if (items.length === 0)
        throw new RackhelmError('CHANGED_SINCE', 'There is nothing to delete.');
      return start(engineId, by, {
        ...{
          kind: 'container-prune',
          phase: 'prune',
          params: { engineId, items, since: Date.now() },
        },
        title: `Delete ${items.length} unused things`,
        found: 'They are there.',
        lasting: 'What was deleted does not come back; images can be pulled again.',
      });
    },
    pull: (engineId, image, by) =>
      start(engineId, by, {
        ...{ kind: 'container-pull', phase: 'pull', title: `Pull ${image}` },
        params: { engineId, image, since: Date.now() },
        found: 'It was not pulled yet.',
        lasting: 'The image stays, and the one before loses its name.',
      }),
  };
}

const distribution = z.object({ Descriptor: z.object({ digest: z.string().max(200) }) });
const local = z.object({ RepoDigests: z.array(z.string()).nullish() });

async function newerOf(
  { clientOf }: ImagesNeeds,
  { engineId, image, signal }: { engineId: string; image: string; signal: AbortSignal },
): Promise<Newer> {
  const name = readImageName(image);
  if (name === null || name.digest !== null)
    return { image, state: 'same', why: 'it is fixed by its digest' };
  const client = await clientOf(engineId);
  const path = (area: string, what: string) => `/${area}/${encodeURIComponent(image)}/json${what}`;
  try {
    const here = local.parse((await client.call({ path: path('images', ''), signal })) ?? {});
    const digests = (here.RepoDigests ?? []).map((each) => each.split('@')[1]);
    if (digests.length === 0)
      return { image, state: 'unknown', why: 'it was built here, or loaded from a file' };
    const asked = { path: path('distribution', ''), signal, timeoutMs: registryMs };
    const there = distribution.parse(await client.call(asked));
    const state = digests.includes(there.Descriptor.digest) ? 'same' : 'newer';
    return { image, state, why: null };
  } catch (error) {
    if (signal.aborted) throw error;
    return { image, state: 'unknown', why: error instanceof Error ? error.message : String(error) };
  }
}
