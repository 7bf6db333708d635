import type { Readable } from 'node:stream';
import type { ActionResult } from '../../../shared/containers/action.ts';
import { createEngines, type Engines, type EnginesNeeds } from './engines/index.ts';
import { createImages, type Images, type ImagesNeeds } from './images/index.ts';
import { createEngineLive, type EngineLive } from './live/index.ts';
import { createPages, type Pages, type WhichContainer } from './page/index.ts';
import {
  type ActAsked,
  actOn,
  type ContainerExec,
  type ContainerLogs,
  createContainerLogs,
  type ExecAsked,
  openExec,
  readArchive,
  writeArchive,
} from './reaching/index.ts';
import { createStats, type Stats } from './stats/index.ts';

export interface ContainersNeeds extends EnginesNeeds {
  readonly jobs: ImagesNeeds['jobs'];
  readonly report: (error: unknown) => void;
}

type InContainer<T> = Omit<T, 'containerId'> & WhichContainer;
type ArchiveAsked = InContainer<Parameters<typeof readArchive>[1]>;

/** Container engines and all that is in them. */
export interface Containers {
  readonly engines: Engines;
  readonly live: EngineLive;
  readonly pages: Pages;
  readonly logs: ContainerLogs;
  readonly stats: Stats;
  readonly images: Images;
  act(asked: ActAsked, signal: AbortSignal): Promise<ActionResult[]>;
  /** A command in a container as a stream to both sides, for a terminal or without one. */
  openExec(asked: InContainer<ExecAsked>): Promise<ContainerExec>;
  /** A file or a folder as a tar. */
  readArchive(asked: ArchiveAsked): Promise<Readable>;
  writeArchive(asked: ArchiveAsked & { readonly content: Readable }): Promise<void>;
  close(): Promise<void>;
}

export function createContainers(needs: ContainersNeeds): Containers {
  const engines = createEngines(needs);
  const { clientOf } = engines;
  const live = createEngineLive({ clientOf, report: needs.report });
  engines.onForget((id) => live.drop(id));
  const reaching = { clientOf, live };
  const logs = createContainerLogs(reaching);
  const stats = createStats(reaching);
  const changed = (engineId: string) => live.refresh(engineId);
  const idOf = async ({ engineId, container }: WhichContainer, signal: AbortSignal) =>
    (await live.container(engineId, container, signal)).listed.Id;
  return {
    ...{ engines, live, logs, stats },
    pages: createPages(reaching),
    images: createImages({ ...reaching, engines, changed, jobs: needs.jobs }),
    act: (asked, signal) => actOn(reaching, asked, signal),
    async openExec({ engineId, container, ...asked }) {
      const containerId = await idOf({ engineId, container }, asked.signal);
      return openExec(await clientOf(engineId), { ...asked, containerId });
    },
    async readArchive({ engineId, container, ...asked }) {
      const containerId = await idOf({ engineId, container }, asked.signal);
      return readArchive(await clientOf(engineId), { ...asked, containerId });
    },
    async writeArchive({ engineId, container, ...asked }) {
      const containerId = await idOf({ engineId, container }, asked.signal);
      await writeArchive(await clientOf(engineId), { ...asked, containerId });
    },
    async close() {
      logs.close();
      stats.close();
      await live.close();
      engines.close();
    },
  };
}
