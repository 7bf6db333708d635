import type { Facts } from '../../shared/model/facts.ts';
import { type ShownFacts, toShow } from '../../shared/model/shown-facts.ts';
import type { Annotations } from './annotations/index.ts';
import type { Database } from './db/index.ts';
import {
  applyTypeTo,
  createDeviceOfType,
  importTypes,
  previewApply,
  previewImport,
} from './device-types/index.ts';
import type { FactsPiece } from './facts-parcel.ts';
import type { Inventory, MachineWriting } from './inventory/index.ts';
import { createNetworks, type Networks } from './networks/index.ts';
// Not by way of all of onboarding, which the thread would load before each of its tasks.
import { plannedRetirement, retireDevice } from './onboarding/off-boarding/index.ts';
import { draftOffers } from './onboarding/offers/index.ts';
import { type RecordMachineInput, recordMachine } from './onboarding/record/index.ts';
import type { Proposals } from './proposals/index.ts';
import { applyEntry, previewEntry } from './quick-entry/index.ts';
import { moveDevices } from './racks/index.ts';
import { createRecords, type Records } from './records/index.ts';
import { openSample } from './sample/index.ts';

/** What a task works with, on its thread. */
export interface Bench {
  readonly database: Database;
  readonly inventory: Inventory;
  readonly annotations: Annotations;
  readonly proposals: Proposals;
}

type Devices = Inventory['devices'];
type History = Database['history'];
type Of<F extends (input: never) => unknown> = [input: Parameters<F>[0], output: ReturnType<F>];
/** Of a function that works on the database itself. */
type On<F extends (db: Database, input: never) => unknown> = [
  input: Parameters<F>[1],
  output: ReturnType<F>,
];
type Asked<N extends keyof MachineWriting> = [
  input: Parameters<MachineWriting[N]>[0],
  output: Awaited<ReturnType<MachineWriting[N]>>,
];

/** What may take long, by name; each is one change set at most. */
export interface HeavyTasks {
  addMachine: Asked<'addMachine'>;
  recordFacts: Asked<'recordFacts'>;
  recordMachine: [input: RecordMachineInput, output: ReturnType<typeof recordMachine>];
  planRetirement: On<typeof plannedRetirement>;
  retire: On<typeof retireDevice>;
  offers: On<typeof draftOffers>;
  look: Asked<'look'>;
  preview: Asked<'preview'>;
  accept: Of<Devices['accept']>;
  keepMine: Of<Devices['keepMine']>;
  update: Of<Devices['update']>;
  tag: Of<Devices['tag']>;
  remove: Of<Devices['remove']>;
  tagThings: Of<Annotations['tag']>;
  tidyAttachments: [input: undefined, output: number];
  setCustomValues: Of<Annotations['customFields']['set']>;
  removeCustomField: Of<Annotations['customFields']['remove']>;
  compare: Of<Devices['compare']>;
  facts: [input: { readonly id: string }, output: ShownFacts | null];
  openSample: [input: { readonly text: string }, output: ReturnType<typeof openSample>];
  removeSample: [input: undefined, output: ReturnType<Inventory['removeSample']>];
  setPortVlans: Of<Networks['setPortVlans']>;
  acceptProposals: Of<Proposals['accept']>;
  dismissProposals: Of<Proposals['dismiss']>;
  duplicate: Of<Records['duplicate']>;
  previewTypes: On<typeof previewImport>;
  importTypes: On<typeof importTypes>;
  createDevice: On<typeof createDeviceOfType>;
  previewApply: On<typeof previewApply>;
  applyType: On<typeof applyTypeTo>;
  previewEntry: On<typeof previewEntry>;
  applyEntry: On<typeof applyEntry>;
  listRecords: Of<Records['list']>;
  recordIds: Of<Records['ids']>;
  moveDevices: On<typeof moveDevices>;
  updateRecords: Of<Records['update']>;
  removeRecords: Of<Records['remove']>;
  undo: Of<History['undo']>;
  redo: Of<History['redo']>;
  thingAt: Of<History['thingAt']>;
  restore: [input: Parameters<History['restore']>[0], output: ReturnType<History['restore']>];
  revert: [input: { readonly id: string }, output: ReturnType<History['revert']>];
}

export type HeavyName = keyof HeavyTasks;

/** They only read, so that changes of the host go on meanwhile. */
export const reading: ReadonlySet<HeavyName> = new Set([
  'planRetirement',
  'offers',
  'listRecords',
  'recordIds',
  'look',
  'preview',
  'compare',
  'facts',
  'thingAt',
  'previewTypes',
  'tidyAttachments',
  'previewApply',
]);

export interface HeavyInput {
  readonly dataDirectory: string;
  /** Which file it must be; see OpenOptions. */
  readonly beside: string;
  readonly name: HeavyName;
  readonly input: unknown;
}

export type HeavyAsks = {
  /** Lists of the facts of the next task. */
  take: { input: FactsPiece; output: undefined; part: never };
  run: { input: HeavyInput; output: unknown; part: never };
};

const tasks = {
  addMachine: ({ inventory }, input) => inventory.addMachine(input),
  recordFacts: ({ inventory }, input) => inventory.recordFacts(input),
  recordMachine: ({ database, inventory }, input) => recordMachine(database, inventory, input),
  planRetirement: ({ database }, input) => plannedRetirement(database, input),
  retire: ({ database }, input) => retireDevice(database, input),
  offers: ({ database }, input) => draftOffers(database, input),
  look: ({ inventory }, input) => inventory.look(input),
  preview: ({ inventory }, input) => inventory.preview(input),
  accept: ({ inventory }, input) => inventory.devices.accept(input),
  keepMine: ({ inventory }, input) => inventory.devices.keepMine(input),
  update: ({ inventory }, input) => inventory.devices.update(input),
  tag: ({ inventory }, input) => inventory.devices.tag(input),
  remove: ({ inventory }, input) => inventory.devices.remove(input),
  tagThings: ({ annotations }, input) => annotations.tag(input),
  tidyAttachments: ({ annotations }) => annotations.attachments.tidy(),
  setCustomValues: ({ annotations }, input) => annotations.customFields.set(input),
  removeCustomField: ({ annotations }, input) => annotations.customFields.remove(input),
  compare: ({ inventory }, input) => inventory.devices.compare(input),
  facts({ inventory }, { id }) {
    const facts = inventory.devices.facts(id);
    return facts && toShow(facts);
  },
  openSample: ({ database }, { text }) => openSample(database, text),
  removeSample: ({ inventory }) => inventory.removeSample(),
  setPortVlans: ({ database }, input) => createNetworks(database).setPortVlans(input),
  acceptProposals: ({ proposals }, input) => proposals.accept(input),
  dismissProposals: ({ proposals }, input) => proposals.dismiss(input),
  duplicate: ({ database }, input) => createRecords(database).duplicate(input),
  previewTypes: ({ database }, input) => previewImport(database, input),
  importTypes: ({ database }, input) => importTypes(database, input),
  createDevice: ({ database }, input) => createDeviceOfType(database, input),
  previewApply: ({ database }, input) => previewApply(database, input),
  applyType: ({ database }, input) => applyTypeTo(database, input),
  previewEntry: ({ database }, input) => previewEntry(database, input),
  applyEntry: ({ database }, input) => applyEntry(database, input),
  listRecords: ({ database }, input) => createRecords(database).list(input),
  recordIds: ({ database }, input) => createRecords(database).ids(input),
  moveDevices: ({ database }, input) => moveDevices(database, input),
  updateRecords: ({ database }, input) => createRecords(database).update(input),
  removeRecords: ({ database }, input) => createRecords(database).remove(input),
  undo: ({ database }, input) => database.history.undo(input),
  redo: ({ database }, input) => database.history.redo(input),
  thingAt: ({ database }, input) => database.history.thingAt(input),
  restore: ({ database }, input) => database.history.restore(input),
  revert: ({ database }, { id }) => database.history.revert(id),
} satisfies { [N in HeavyName]: (bench: Bench, input: HeavyTasks[N][0]) => HeavyTasks[N][1] };

/** The name says which input it is, which a call by name cannot tell TypeScript. */
export const heavyTasks = tasks as Readonly<
  Record<HeavyName, (bench: Bench, input: unknown) => unknown>
>;

/** The facts in an input, if there are any. */
export function factsIn(input: unknown): Facts | undefined {
  if (typeof input !== 'object' || input === null || !('facts' in input)) return undefined;
  return input.facts as Facts; // the tasks that have facts have just these
}
