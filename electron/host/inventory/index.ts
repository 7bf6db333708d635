import type { Facts } from '../../../shared/model/facts.ts';
import type { IdentityMatch } from '../../../shared/model/identity.ts';
import type {
  ComparisonRow,
  DeviceKind,
  DeviceRow,
  RackRow,
  RemovalPreview,
  ServiceRow,
  SiteRow,
} from '../../../shared/model/inventory.ts';
import type { SearchResult } from '../../../shared/model/search.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type { Database } from '../db/index.ts';
import {
  type AddMachineInput,
  addMachine,
  declareSsh,
  putMachine,
  sshTargetOf,
} from './add-machine.ts';
import { type AddedMachine, type AddMachinesInput, addMachines } from './add-machines.ts';
import { deviceNamed, deviceOrThrow } from './device-lookup.ts';
import { createDevices, type Devices, type Source } from './devices.ts';
import { identify, readingKeys, recordable, type Way } from './identity/index.ts';
import { createObservationFlow } from './observation-flow.ts';
import { createRack, type NewRackInput, type RackUpdate, removeRack, updateRack } from './racks.ts';
import { createReadingRecorder, type ReadingRecorder } from './reading-recorder.ts';
import { rackRemovalPreview } from './removal.ts';
import { isSampleOpen, removeSample, samplePreview } from './sample.ts';
import { suggestFor } from './suggest.ts';

export type { AddMachineInput } from './add-machine.ts';
export type { AddedMachine, MachineToAdd } from './add-machines.ts';
export { deviceOrThrow } from './device-lookup.ts';
export type { Devices, Source } from './devices.ts';
export type { Way } from './identity/index.ts';
export { comparedInterfaces, ownAddresses } from './interface-rules.ts';
export { checkPlace, checkSiteOfRack, placeOf } from './placement.ts';
export type { ReadingRecorder } from './reading-recorder.ts';
export { sampleTitle } from './sample.ts';

/** Inputs and outputs as shared/contract has them; every failure is a RackhelmError. */
export interface Inventory {
  readonly devices: Devices;
  summary(): Summary;
  sites(): SiteRow[];
  racks(): RackRow[];
  createRack(input: NewRackInput, source?: Source): { id: string; changeSetId: string };
  updateRack(input: RackUpdate, source?: Source): { changeSetId: string };
  removeRack(
    input: { readonly id: string },
    source?: Source,
  ): { changeSetId: string; devices: number };
  rackRemovalPreview(id: string): RemovalPreview;
  services(): ServiceRow[];
  tags(): { name: string; devices: number; things: number }[];
  search(input: { readonly text: string; readonly limit: number }): SearchResult;
  /** What would go with the sample rack; null: it is not there. */
  samplePreview(): RemovalPreview | null;
  removeSample(source?: Source): { changeSetId: string };
  /** Devices that these facts may belong to, the likeliest first. */
  identify(facts: Facts, way: Way): IdentityMatch[];
  /** What taking these facts as declared would write on that device, what overwrites something first. */
  preview(input: PreviewInput): Preview;
  suggest(facts: Facts, target: SshTarget): { name: string; kind: DeviceKind };
  /** A name and a kind for the machine, and the devices that it may be. */
  look(input: { readonly facts: Facts; readonly way: Way }): Looked;
  addMachine(input: AddMachineInput): { deviceId: string; changeSetId: string };
  /** The same inside a change set of somebody else; the device's id. */
  putMachine(input: Omit<AddMachineInput, 'source'>): string;
  /** Several as one change set, each told from what is known by all evidence together. */
  addMachines(input: AddMachinesInput): {
    readonly results: readonly AddedMachine[];
    readonly written: boolean;
  };
  /** By its name, in whatever case, or by its id; throws NOT_FOUND. */
  deviceNamed(text: string): DeviceRow;
  /**
   * Facts of a known device, as observations. Throws OTHER_MACHINE, and records nothing, where they
   * plainly are those of another machine.
   */
  recordFacts(input: {
    readonly deviceId: string;
    readonly facts: Facts;
    readonly way?: Way | undefined;
    /** The way in that is to be declared where none is; then this is an edit to undo. */
    readonly declare?: SshTarget | undefined;
  }): {
    changeSetId: string;
    differences: number;
  };
  /** `at`: the host to use where the device declares none. */
  sshTargetOf(deviceId: string, at?: string): SshTarget;
  /** Keeps how the last attempt to read each device went. */
  readonly readings: ReadingRecorder;
}

interface PreviewInput {
  readonly deviceId: string;
  readonly facts: Facts;
  readonly limit: number;
}

interface Preview {
  readonly rows: ComparisonRow[];
  /** Of all, not of these alone. */
  readonly total: number;
}

interface Looked {
  readonly suggestion: { name: string; kind: DeviceKind };
  readonly matches: IdentityMatch[];
}

/** What is asked and written of a machine that was read; a host may do it on a thread. */
export interface MachineWriting {
  look(input: Parameters<Inventory['look']>[0]): Promise<Looked>;
  preview(input: PreviewInput): Promise<Preview>;
  addMachine(input: AddMachineInput): Promise<ReturnType<Inventory['addMachine']>>;
  recordFacts(
    input: Parameters<Inventory['recordFacts']>[0],
  ): Promise<ReturnType<Inventory['recordFacts']>>;
}

/** At once. */
export function writeHere(inventory: Inventory): MachineWriting {
  return {
    look: async (input) => inventory.look(input),
    preview: async (input) => inventory.preview(input),
    addMachine: async (input) => inventory.addMachine(input),
    recordFacts: async (input) => inventory.recordFacts(input),
  };
}

export interface Summary {
  readonly empty: boolean;
  readonly sample: boolean;
  readonly devices: number;
  readonly racks: number;
  readonly vlans: number;
  readonly services: number;
  readonly neverObserved: number;
  readonly withDifferences: number;
  readonly couldNotBeRead: number;
}

/** `report` is told of what could not be kept beside what was asked for; default: it is thrown. */
export function createInventory(db: Database, report = rethrow): Inventory {
  const { tables } = db;
  const flow = createObservationFlow(db);
  db.countDifferencesWith(flow.differences);
  return {
    devices: createDevices(db, flow),
    summary: () => summaryOf(db),
    sites: tables.places.sites,
    racks: tables.places.racks,
    createRack: (input, source = 'app') => createRack(db, input, source),
    updateRack: (input, source = 'app') => updateRack(db, input, source),
    removeRack: ({ id }, source = 'app') => removeRack(db, id, source),
    rackRemovalPreview: (id) => rackRemovalPreview(db, id),
    services: tables.services.list,
    tags: tables.tags.list,
    search: ({ text, limit }) => tables.search.find(text, limit),
    identify: (facts, way) => identify(db, readingKeys(facts, way)),
    preview({ deviceId, facts, limit }) {
      const rows = flow
        .preview(deviceId, facts)
        .flatMap(({ row }) => (row.acceptable ? row : []))
        .sort((a, b) => Number(a.declared === null) - Number(b.declared === null));
      return { rows: rows.slice(0, limit), total: rows.length };
    },
    suggest: (facts, target) => suggestFor(db, facts, target),
    look: ({ facts, way }) => ({
      suggestion: suggestFor(db, facts, way.target),
      matches: identify(db, readingKeys(facts, way)),
    }),
    samplePreview: () => samplePreview(db),
    removeSample: (source = 'app') => removeSample(db, source),
    addMachine: (input) => addMachine(db, flow, input),
    putMachine: (input) => putMachine(db, flow, input),
    addMachines: (input) => addMachines(db, flow, input),
    deviceNamed: (text) => deviceNamed(db, text),
    recordFacts({ deviceId, facts, way, declare }) {
      const device = deviceOrThrow(db, deviceId);
      recordable(db, readingKeys(facts, way), device);
      const what = declare
        ? ({ title: `Connected ${device.name} over SSH`, source: 'app' } as const)
        : ({ title: `Read facts of ${device.name}`, source: 'facts' } as const);
      const { changeSetId } = db.change(what, () => {
        if (declare) declareSsh(db, device, { target: declare });
        flow.record(deviceId, facts, way);
      });
      return { changeSetId, differences: deviceOrThrow(db, deviceId).differences };
    },
    sshTargetOf: (deviceId, at) => sshTargetOf(db, deviceId, at),
    readings: createReadingRecorder({ store: db.readings, report }),
  };
}

function rethrow(error: unknown): void {
  throw error;
}

function summaryOf(db: Database): Summary {
  const { tables } = db;
  const counts = tables.devices.counts();
  const [racks, vlans, services] = [
    tables.places.racks().length,
    tables.vlans.count(),
    tables.services.list().length,
  ];
  const empty = counts.devices + racks + vlans + services === 0;
  return { empty, sample: !empty && isSampleOpen(db), ...counts, racks, vlans, services };
}
