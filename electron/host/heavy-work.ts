import { setImmediate } from 'node:timers/promises';
import type { Facts, ObservedInterface } from '../../shared/model/facts.ts';
import type { Database } from './db/index.ts';
import { type HeavyAsks, type HeavyName, type HeavyTasks, heavyTasks } from './heavy-tasks.ts';
import type { Inventory } from './inventory/index.ts';
import { threadEntry, WorkerThread } from './worker/index.ts';

type Input<N extends HeavyName> = HeavyTasks[N][0];
type Output<N extends HeavyName> = HeavyTasks[N][1];

/**
 * Does what may take long on a thread, so that the host goes on answering; what is small is done at
 * once. Meanwhile changes of the host itself wait for their turn (`Database.lend`).
 */
export interface HeavyWork {
  run<N extends HeavyName>(name: N, input: Input<N>): Promise<Output<N>>;
  close(): Promise<void>;
}

interface Needs {
  readonly database: Database;
  readonly inventory: Inventory;
  readonly dataDirectory: string;
}

/** Devices, or rows of one, that take about 10 ms together. */
const fewDevices = 50;
const fewChanges = 2_000;
/** Interfaces and addresses of facts. */
const fewLinks = 200;
/** As many interfaces go over in one message; a message is copied at once. */
const linksInMessage = 500;

export function createHeavyWork({ database, inventory, dataDirectory }: Needs): HeavyWork {
  const thread = new WorkerThread<HeavyAsks>({
    entry: threadEntry(import.meta.url, 'heavy-thread'),
    task: 'Changing the inventory',
    maxHeapMib: 1_024,
    // It takes a while to start, and who looks at a large device goes on doing so.
    idleMs: 60_000,
  });
  let turn: Promise<unknown> = Promise.resolve();

  const isBig: { readonly [N in HeavyName]: (input: Input<N>) => boolean } = {
    addMachine: ({ facts, deviceId }) => hasManyLinks(facts) || isLarge(deviceId),
    recordFacts: ({ facts, deviceId }) => hasManyLinks(facts) || isLarge(deviceId),
    accept: ({ id }) => isLarge(id),
    keepMine: ({ id }) => isLarge(id),
    compare: ({ id }) => isLarge(id),
    update: ({ ids }) => areMany(ids),
    tag: ({ ids }) => areMany(ids),
    remove: ({ ids }) => areMany(ids),
    undo: () => (database.history.state().undo?.changeCount ?? 0) > fewChanges,
    redo: () => (database.history.state().redo?.changeCount ?? 0) > fewChanges,
  };
  const isLarge = (id: string | null) => id !== null && database.tables.devices.isLarge(id);
  const areMany = (ids: readonly string[]) => ids.length > fewDevices || ids.some(isLarge);

  /** One after the other, since interfaces that went ahead belong to the next task. */
  const onThread = async <N extends HeavyName>(name: N, input: Input<N>): Promise<Output<N>> => {
    const { rest, links } = withoutLinks(input);
    for (let at = 0; at < links.length; at += linksInMessage) {
      await thread.run('take', links.slice(at, at + linksInMessage));
    }
    const ask = { dataDirectory, beside: database.identity, name, input: rest };
    return (await thread.run('run', ask)) as Output<N>; // heavyTasks has it so
  };

  return {
    async run(name, input) {
      // Displaced, the thread would not find it; reading goes on here, and changes are refused.
      if (!isBig[name](input) || database.displacement() !== undefined) {
        await database.free();
        return heavyTasks[name]({ database, inventory, links: [] }, input) as Output<typeof name>; // see there
      }
      const work = turn.then(() => onThread(name, input));
      turn = work.catch(() => setImmediate());
      return name === 'compare' ? await work : await database.lend(work);
    },
    close: () => thread.close(),
  };
}

function hasManyLinks({ sections: { interfaces } }: Facts): boolean {
  if (interfaces.status !== 'ok') return false;
  let count = interfaces.data.length;
  for (const { addresses } of interfaces.data) count += addresses.length;
  return count > fewLinks;
}

/** The interfaces of the facts in the input, which are most of them, apart from the rest. */
function withoutLinks(input: unknown): {
  readonly rest: unknown;
  readonly links: readonly ObservedInterface[];
} {
  if (typeof input !== 'object' || input === null || !('facts' in input)) {
    return { rest: input, links: [] };
  }
  const facts = input.facts as Facts; // the two tasks that have facts have just these
  const { interfaces } = facts.sections;
  if (interfaces.status !== 'ok') return { rest: input, links: [] };
  const sections = { ...facts.sections, interfaces: { ...interfaces, data: [] } };
  return { rest: { ...input, facts: { ...facts, sections } }, links: interfaces.data };
}
