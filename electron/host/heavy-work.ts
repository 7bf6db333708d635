import { setImmediate } from 'node:timers/promises';
import type { Facts } from '../../shared/model/facts.ts';
import type { Annotations } from './annotations/index.ts';
import { type Database, WriterAway } from './db/index.ts';
import { portCount } from './device-types/index.ts';
import { piecesOf, withoutLists } from './facts-parcel.ts';
import {
  factsIn,
  type HeavyAsks,
  type HeavyName,
  type HeavyTasks,
  heavyTasks,
  reading,
} from './heavy-tasks.ts';
import type { Inventory } from './inventory/index.ts';
import { areOffersMany } from './onboarding/offers/index.ts';
import type { Proposals } from './proposals/index.ts';
import { readEntry } from './quick-entry/index.ts';
import { createRecords } from './records/index.ts';
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
  readonly annotations: Annotations;
  readonly proposals: Proposals;
  readonly dataDirectory: string;
}

/** Devices, or rows of one, that take about 10 ms together. */
const fewDevices = 50;
/** Changes of the history. Of devices, to which the most hangs, they take about 10 ms among 10,000. */
const fewChanges = 100;
/** Of whatever kind, each written to once. */
const fewThings = 200;
/** Items of the lists of facts. */
const fewItems = 400;
const fewProposals = 20;
const fewCopies = 300;
/** Characters of YAML, which takes long to read. */
const fewText = 8_000;
/** Ports, of a type or of devices that it is applied to. */
const fewPorts = 200;
/** Devices of a quick entry. */
const fewEntries = 8;
const fewRecords = 100;
/** Each with a look at what stands there. */
const fewMoves = 20;

export function createHeavyWork(needs: Needs): HeavyWork {
  const { database, inventory, annotations, proposals, dataDirectory } = needs;
  const thread = new WorkerThread<HeavyAsks>({
    entry: threadEntry(import.meta.url, 'heavy-thread'),
    task: 'Changing the inventory',
    maxHeapMib: 1_024,
    // It takes a while to start, and who looks at a large device goes on doing so.
    idleMs: 60_000,
  });
  let turn: Promise<unknown> = Promise.resolve();

  const { devices, observations, proposals: proposed } = database.tables;
  const isLarge = (id: string | null) => id !== null && devices.isLarge(id);
  const areMany = (ids: readonly string[]) => ids.length > fewDevices || ids.some(isLarge);
  const concernMany = (choice: Input<'acceptProposals'>) =>
    'filter' in choice ||
    choice.items.length > fewProposals ||
    choice.items.some(({ key }) => (proposed.get(key)?.devices ?? 0) > fewDevices);
  const areLong = ({ files }: Input<'previewTypes'>) =>
    files.reduce((all, { text }) => all + text.length, 0) > fewText;
  const isLong = ({ source }: Input<'applyEntry'>) => {
    const read = readEntry(source);
    return !('problem' in read) && read.devices.length > fewEntries;
  };
  const portsOf = (type: Input<'createDevice'>['type']) => portCount(database, type);
  const isBig: { readonly [N in HeavyName]: (input: Input<N>) => boolean } = {
    addMachine: ({ facts, deviceId }) => hasLongLists(facts) || isLarge(deviceId),
    recordFacts: ({ facts, deviceId }) => hasLongLists(facts) || isLarge(deviceId),
    // Nobody waits for it, and with a hundred interfaces it takes long already.
    recordMachine: () => true,
    retire: () => true,
    planRetirement: ({ deviceId }) => isLarge(deviceId),
    offers: () => areOffersMany(database),
    look: ({ facts }) => hasLongLists(facts),
    preview: ({ facts, deviceId }) => hasLongLists(facts) || isLarge(deviceId),
    accept: ({ id }) => isLarge(id),
    keepMine: ({ id }) => isLarge(id),
    compare: ({ id }) => isLarge(id),
    facts: ({ id }) => observations.isDocumentLarge(id),
    update: ({ ids }) => areMany(ids),
    tag: ({ ids }) => areMany(ids),
    remove: ({ ids }) => areMany(ids),
    tagThings: ({ ids }) => ids.length > fewThings,
    tidyAttachments: () => true,
    setCustomValues: ({ ids, values }) => ids.length * values.length > fewThings,
    removeCustomField: ({ id }) => database.tables.customFields.countValues(id) > fewThings,
    openSample: () => true,
    removeSample: () => true,
    setPortVlans: ({ interfaceIds }) => interfaceIds.length > fewDevices,
    acceptProposals: concernMany,
    dismissProposals: concernMany,
    duplicate: (input) => createRecords(database).duplicateSize(input) > fewCopies,
    previewTypes: areLong,
    importTypes: areLong,
    createDevice: ({ type }) => portsOf(type) > fewPorts,
    previewApply: ({ type, ids }) => portsOf(type) * ids.length > fewPorts,
    previewEntry: isLong,
    applyEntry: isLong,
    applyType: ({ type, ids }) => portsOf(type) * ids.length > fewPorts,
    listRecords: (input) => createRecords(database).takesLong(input),
    recordIds: (input) => createRecords(database).takesLong(input),
    moveDevices: ({ moves }) => moves.length > fewMoves,
    updateRecords: ({ ids }) => ids.length > fewRecords,
    removeRecords: (input) =>
      input.ids.length > fewRecords ||
      createRecords(database)
        .removalPreview(input)
        .goes.some(({ count }) => count > fewCopies),
    undo: () => (database.history.state().undo?.changeCount ?? 0) > fewChanges,
    redo: () => (database.history.state().redo?.changeCount ?? 0) > fewChanges,
    thingAt: ({ at }) => database.history.changesSince(at) > fewChanges,
    // It looks whether all rows of the inventory still find what they refer to.
    restore: () => true,
    revert: ({ id }) => database.history.changes({ id, limit: 1 }).total > fewChanges,
  };

  /** One after the other, since facts that went ahead belong to the next task. */
  const onThread = async <N extends HeavyName>(name: N, input: Input<N>): Promise<Output<N>> => {
    const facts = factsIn(input);
    for (const piece of facts ? piecesOf(facts) : []) await thread.run('take', piece);
    const rest = facts ? { ...(input as object), facts: withoutLists(facts) } : input; // it holds facts
    const ask = { dataDirectory, beside: database.identity, name, input: rest };
    // A large import writes on a thread of its own.
    if (!reading.has(name)) await database.free();
    const work = thread.run('run', ask) as Promise<Output<N>>; // heavyTasks has it so
    return reading.has(name) ? await work : await database.lend(work);
  };

  const here = async <N extends HeavyName>(name: N, input: Input<N>): Promise<Output<N>> => {
    for (;;) {
      if (!reading.has(name)) await database.free();
      try {
        return heavyTasks[name](
          { database, inventory, annotations, proposals },
          input,
        ) as Output<N>; // see there
      } catch (error) {
        // Another task began in between; nothing was done here.
        if (!(error instanceof WriterAway)) throw error;
      }
    }
  };

  return {
    run(name, input) {
      try {
        // Displaced, the thread would not find it; reading goes on here, and changes are refused.
        if (!isBig[name](input) || database.displacement() !== undefined) return here(name, input);
      } catch (error) {
        return Promise.reject(error);
      }
      const work = turn.then(() => onThread(name, input));
      // In between, changes of the host that waited have their turn.
      turn = work.then(
        () => setImmediate(),
        () => setImmediate(),
      );
      return work;
    },
    close: () => thread.close(),
  };
}

function hasLongLists({ sections }: Facts): boolean {
  let count = 0;
  for (const section of Object.values(sections)) {
    if (section.status === 'ok' && Array.isArray(section.data)) count += section.data.length;
  }
  if (count > fewItems || sections.interfaces.status !== 'ok') return count > fewItems;
  for (const { addresses } of sections.interfaces.data) count += addresses.length;
  return count > fewItems;
}
