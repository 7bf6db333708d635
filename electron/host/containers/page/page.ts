import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import type { ContainerPage } from '../../../../shared/containers/container-page.ts';
import { containerRow } from '../../../../shared/containers/container-row.ts';
import { splitVariable } from '../../../../shared/containers/environment.ts';
import { inspected } from '../../../../shared/containers/inspected.ts';
import { readPage } from '../../../../shared/containers/read-page.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import type { DockerClient } from '../../connections/docker/index.ts';
import { Bell } from '../../live-table/index.ts';
import { containerPath } from '../container-path.ts';
import { type EngineLive, readLook } from '../live/index.ts';

export interface PageNeeds {
  readonly clientOf: (engineId: string) => Promise<DockerClient>;
  readonly live: EngineLive;
}

export interface WhichContainer {
  readonly engineId: string;
  /** Its id, the beginning of it, or its name. */
  readonly container: string;
}

/** Looks at one container. */
export interface Pages {
  page(which: WhichContainer, signal: AbortSignal): Promise<ContainerPage>;
  /** The page again each time that something on it changed; it ends with the container. */
  follow(which: WhichContainer, signal: AbortSignal): AsyncGenerator<ContainerPage, void, void>;
  /** One value, because a person asked for it by name. */
  reveal(
    which: WhichContainer & { readonly name: string },
    signal: AbortSignal,
  ): Promise<{ value: string }>;
}

const lookMs = 15_000;

export function createPages({ clientOf, live }: PageNeeds): Pages {
  async function look({ engineId, container }: WhichContainer, signal: AbortSignal) {
    const held = await live.container(engineId, container, signal);
    const client = await clientOf(engineId);
    const raw = await client.call({ path: containerPath(held.listed.Id, 'json'), signal });
    const looked = readLook(raw);
    const row: ClusterRow = containerRow(held.listed, { now: Date.now(), looked });
    return { raw, row, read: inspected.parse(raw ?? {}) };
  }

  async function page(which: WhichContainer, signal: AbortSignal): Promise<ContainerPage> {
    const { raw, row, read } = await look(which, signal);
    return readPage(read, row, raw);
  }

  return {
    page,
    async *follow(which, signal) {
      // Its name may change meanwhile.
      const { row } = await live.container(which.engineId, which.container, signal);
      const fixed = { ...which, container: row.key };
      const bell = new Bell();
      const leave = live.subscribe(which.engineId, () => bell.ring());
      let before = '';
      try {
        while (!signal.aborted) {
          const now = await page(fixed, signal);
          const text = JSON.stringify(now);
          if (text !== before) yield now;
          before = text;
          await bell.rung(lookMs, signal);
        }
      } finally {
        leave();
      }
    },
    async reveal({ name, ...which }, signal) {
      const { read } = await look(which, signal);
      const found = read.Config.Env.map(splitVariable).find((each) => each.name === name);
      if (found === undefined) throw new RackhelmError('NOT_FOUND', `It has no variable ${name}.`);
      return { value: visibleText(found.value) };
    },
  };
}
