import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import type { ActionResult, ContainerAction } from '../../../shared/containers/action.ts';
import type { ContainerPage } from '../../../shared/containers/container-page.ts';
import type { DiskUse, ImageLayer } from '../../../shared/containers/disk.ts';
import type { PruneChoice, PruneItem, PrunePreview } from '../../../shared/containers/prune.ts';
import type { ContainerSample, StatsEvent } from '../../../shared/containers/stats.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { createFollowedPage, type FollowedPage } from '../../rpc/followed-page.ts';
import { createResourcePool, type Resource, type ResourcePool } from '../../rpc/resource.ts';
import { createPodLogStore, type PodLogStore } from '../cluster/pods/logs/pod-log-store.ts';
import { createLiveTable, type LiveTable } from '../cluster/table/live-table.ts';
import { createEnginesStore, type EnginesStore } from './engines/engines-store.ts';

type Outputs = InferClientOutputs<Client>['containers'];
export type Newer = Outputs['images']['newer']['images'][number];

interface WhichContainer {
  readonly engineId: string;
  readonly container: string;
}

export interface ShownStats {
  readonly samples: readonly ContainerSample[];
  /** Null: as much as the machine has. */
  readonly limitBytes: number | null;
  /** Why nothing comes just now. */
  readonly trouble: string | null;
}

export interface ContainersStore {
  readonly engines: EnginesStore;
  readonly table: LiveTable;
  readonly page: FollowedPage<WhichContainer, ContainerPage>;
  readonly stats: FollowedPage<WhichContainer, ShownStats>;
  readonly logs: PodLogStore;
  overview(engineId: string): Resource<Outputs['live']['overview']>;
  disk(engineId: string): Resource<DiskUse>;
  /** `ENGINE IMAGE`. */
  layers(engineAndImage: string): Resource<readonly ImageLayer[]>;
  act(engineId: string, ids: readonly string[], action: ContainerAction): Promise<boolean>;
  reveal(which: WhichContainer, name: string): Promise<Outcome<{ value: string }>>;
  newer(engineId: string, images: readonly string[]): Promise<Outcome<readonly Newer[]>>;
  previewPrune(engineId: string, choice: PruneChoice): Promise<Outcome<PrunePreview>>;
  prune(engineId: string, items: readonly PruneItem[]): Promise<Outcome<{ jobId: string }>>;
  pull(engineId: string, image: string): Promise<Outcome<{ jobId: string }>>;
  /** After a new connection: everything that is shown is read again. */
  refresh(): void;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
  readonly view: Pick<Window, 'setTimeout' | 'localStorage' | 'requestAnimationFrame'>;
}

export function createContainersStore({ client, pool, notify, view }: Needs): ContainersStore {
  const { container, images, live } = client.containers;
  // An engine moves while the inventory stays as it is.
  const own = createResourcePool();
  const engines = createEnginesStore({ client, pool, storage: view.localStorage });
  const table = createLiveTable(
    ({ contextId: engineId, ...asked }, options) => live.follow({ ...asked, engineId }, options),
    view,
  );
  const page = createFollowedPage<WhichContainer, ContainerPage>(
    (asked, options) => container.follow(asked, options),
    view,
  );
  const stats = createFollowedPage<WhichContainer, ShownStats>(
    async (asked, options) => summed(await container.stats(asked, options)),
    view,
  );
  const logs = createPodLogStore({
    logs: {
      follow: ({ id, contextId: engineId, kind, name, search }, options) =>
        container.logs(logOf({ id, engineId, kind, name, search }), options),
      read: (asked, options) => container.readLog(asked, options),
    },
    view,
    onFrame: (draw) => void view.requestAnimationFrame(draw),
  });
  return {
    ...{ engines, table, page, stats, logs },
    overview: own.createKeyed((engineId, signal) => live.overview({ engineId }, { signal })),
    disk: own.createKeyed((engineId, signal) => images.disk({ engineId }, { signal })),
    layers: own.createKeyed(async (key, signal) => {
      const [engineId = '', image = ''] = key.split(' ');
      return (await images.layers({ engineId, image }, { signal })).layers;
    }),
    async act(engineId, ids, action) {
      const asked = { engineId, containers: [...ids], action };
      const outcome = await attempt(container.act(asked));
      if (!outcome.ok) notify.failed(outcome.failure);
      else tellFailures(outcome.value.results, notify);
      return outcome.ok && outcome.value.results.every(({ failure }) => failure === null);
    },
    reveal: (which, name) => attempt(container.reveal({ ...which, name })),
    async newer(engineId, asked) {
      const outcome = await attempt(images.newer({ engineId, images: [...asked] }));
      return outcome.ok ? { ok: true, value: outcome.value.images } : outcome;
    },
    previewPrune: (engineId, choice) => attempt(images.previewPrune({ engineId, choice })),
    prune: (engineId, items) => attempt(images.prune({ engineId, items: [...items] })),
    pull: (engineId, image) => attempt(images.pull({ engineId, image })),
    refresh() {
      own.invalidate();
      table.again();
      page.again();
      stats.again();
      logs.again();
    },
  };
}

type LogInput = InferClientInputs<Client>['containers']['container']['logs'];

/** Of one container, or of a whole project. */
function logOf({
  kind,
  name,
  ...rest
}: Pick<LogInput, 'id' | 'engineId' | 'search'> & { kind: string; name: string }): LogInput {
  const isProject = kind === 'projects';
  return { ...rest, containers: isProject ? [] : [name], project: isProject ? name : null };
}

function tellFailures(results: readonly ActionResult[], notify: Notifier): void {
  const failed = results.filter(({ failure }) => failure !== null);
  const [first] = failed;
  if (first?.failure == null) return;
  const others = failed.length > 1 ? ` And ${failed.length - 1} more failed.` : '';
  const { message, hint } = first.failure;
  notify.failed({
    code: 'DOCKER_FAILED',
    message: `${first.name}: ${message}${others}`,
    hint,
    data: {},
  });
}

/** An hour of seconds. */
const mostSamples = 3_600;

async function* summed(events: AsyncIterable<StatsEvent>): AsyncGenerator<ShownStats, void, void> {
  let shown: ShownStats = { samples: [], limitBytes: null, trouble: null };
  for await (const event of events) {
    if (event.type === 'start')
      shown = { ...shown, samples: event.samples, limitBytes: event.limitBytes };
    else if (event.type === 'trouble') shown = { ...shown, trouble: event.why };
    else {
      const samples = [...shown.samples, ...event.samples].slice(-mostSamples);
      shown = { ...shown, samples, trouble: null };
    }
    yield shown;
  }
}
