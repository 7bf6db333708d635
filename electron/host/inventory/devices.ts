import { formatCount } from '../../../shared/model/amounts.ts';
import type { Columns } from '../../../shared/model/columns.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import {
  type Comparison,
  type ComparisonChoice,
  type DeviceFields,
  type DeviceQuery,
  type DeviceRow,
  deviceFields,
  deviceQuery,
  type InterfaceRow,
  type ListedInterface,
  type RemovalPreview,
  type ServiceRow,
} from '../../../shared/model/inventory.ts';
import { type Database, newId } from '../db/index.ts';
import { deviceOrThrow } from './device-lookup.ts';
import { parseInput } from './input.ts';
import { readInterfacePath } from './interface-path.ts';
import type { ComparisonInput, ObservationFlow } from './observation-flow.ts';
import { checkName, checkPlace, checkSiteOfRack, placeOf } from './placement.ts';
import { deviceRemovalPreview } from './removal.ts';
import { noTags, type TagChange, tagDevices, tagTitle } from './tagging.ts';
import { namesText } from './text.ts';

/** Who asks for a change: the window or the command line. */
export type Source = 'app' | 'cli';
export type DevicePatch = { readonly [K in keyof DeviceFields]?: DeviceFields[K] | undefined };
export type NewDevice = DevicePatch & Pick<DeviceFields, 'name' | 'kind'>;
/** A query of which everything may be left out. */
export type DeviceQueryInput = { readonly [K in keyof DeviceQuery]?: DeviceQuery[K] | undefined };

interface Changed {
  readonly changeSetId: string;
}

export interface DeviceDetails {
  readonly device: DeviceRow;
  readonly interfaces: InterfaceRow[];
  readonly services: ServiceRow[];
}

/** About lines of a device's comparison, as it was shown. */
interface Decision {
  readonly id: string;
  readonly chosen: ComparisonChoice;
  readonly observedAt?: number | null | undefined;
}

/** Inputs and outputs as shared/contract/devices.ts has them; errors are RackhelmErrors. */
export interface Devices {
  list(query: DeviceQueryInput): { rows: DeviceRow[]; total: number };
  columns(query: DeviceQueryInput): { list: Columns<DeviceRow>; total: number };
  /** Everything of it, however many interfaces it has. */
  get(id: string): DeviceDetails;
  /** The same without its interfaces. */
  details(id: string): Omit<DeviceDetails, 'interfaces'>;
  interfaces(input: { readonly id: string; readonly offset?: number; readonly limit?: number }): {
    rows: ListedInterface[];
    total: number;
  };
  create(fields: NewDevice, source?: Source): Changed & { id: string };
  update(
    input: {
      readonly ids: readonly string[];
      readonly patch: DevicePatch;
      readonly tags?: TagChange | undefined;
    },
    source?: Source,
  ): Changed;
  tag(input: TagChange & { readonly ids: readonly string[] }, source?: Source): Changed;
  /** What runs on these devices or hangs on them. */
  removalPreview(ids: readonly string[]): RemovalPreview;
  remove(input: { readonly ids: readonly string[] }, source?: Source): Changed;
  compare(input: Partial<ComparisonInput> & Pick<ComparisonInput, 'id'>): Comparison;
  accept(input: Decision, source?: Source): Changed & { accepted: number };
  keepMine(
    input: Decision & { readonly keep?: boolean },
    source?: Source,
  ): Changed & { kept: number };
  facts(id: string): Facts | null;
}

const newDevice = deviceFields.partial().required({ name: true, kind: true });
const devicePatch = deviceFields.partial();

export function createDevices(db: Database, flow: ObservationFlow): Devices {
  const { devices, interfaces, services, tags } = db.tables;

  const details = (id: string) => ({
    device: deviceOrThrow(db, id),
    services: services.ofDevice(id),
  });

  return {
    list: (query) => devices.list(parseInput(deviceQuery, query)),
    get: (id) => ({ ...details(id), interfaces: interfaces.ofDevice(id) }),
    columns: (query) => devices.columns(parseInput(deviceQuery, query)),
    details,
    interfaces({ id, offset = 0, limit = 100 }) {
      deviceOrThrow(db, id);
      return { rows: interfaces.page(id, offset, limit), total: interfaces.count(id) };
    },
    create(input, source = 'app') {
      const fields = parseInput(newDevice, input);
      const { result, changeSetId } = db.change({ title: `Added ${fields.name}`, source }, () =>
        insertDevice(db, fields),
      );
      return { id: result, changeSetId };
    },
    update({ ids, patch, tags: tagChange = noTags }, source = 'app') {
      const given = definedOnly(parseInput(devicePatch, patch));
      const tagged = tagChange.add.length + tagChange.remove.length > 0;
      const fields = [...Object.keys(given).map(fieldText), ...(tagged ? ['tags'] : [])];
      const title = updateTitle(whichDevices(db, ids), fields, given.name);
      const { changeSetId } = db.change({ title, source }, () => {
        if (Object.keys(given).length > 0) updateDevices(db, ids, given);
        if (tagged) tagDevices(db, ids, tagChange);
      });
      return { changeSetId };
    },
    tag({ ids, ...change }, source = 'app') {
      const title = tagTitle(change, whichDevices(db, ids));
      const { changeSetId } = db.change({ title, source }, () => tagDevices(db, ids, change));
      return { changeSetId };
    },
    removalPreview: (ids) => deviceRemovalPreview(db, ids),
    remove({ ids }, source = 'app') {
      const title = `Deleted ${whichDevices(db, ids)}`;
      const { changeSetId } = db.change({ title, source }, () => {
        devices.remove(ids);
        tags.removeUnused();
      });
      return { changeSetId };
    },
    compare: ({ view = 'open', offset = 0, limit = 200, id }) =>
      flow.comparison({ id, view, offset, limit }),
    accept({ id, chosen, observedAt }, source = 'app') {
      const { name } = deviceOrThrow(db, id);
      const title = `Accepted ${choiceText(chosen)} of ${name}`;
      const { result, changeSetId } = db.change({ title, source }, () =>
        flow.accept(id, chosen, observedAt),
      );
      return { accepted: result, changeSetId };
    },
    keepMine({ id, chosen, observedAt, keep = true }, source = 'app') {
      const { name } = deviceOrThrow(db, id);
      const verb = keep ? 'Kept' : 'No longer kept';
      const title = `${verb} ${choiceText(chosen, 'declared value')} of ${name}`;
      const { result, changeSetId } = db.change({ title, source }, () =>
        flow.keepMine(id, chosen, { keep, observedAt }),
      );
      return { kept: result, changeSetId };
    },
    facts: flow.facts,
  };
}

/** `1 fact`, `12 facts`, `interface eth0`, `all facts`. */
function choiceText(choice: ComparisonChoice, what = 'fact'): string {
  if ('under' in choice) {
    return `interface ${readInterfacePath(choice.under)?.name ?? choice.under}`;
  }
  if ('kinds' in choice) return `all ${what}s`;
  return formatCount(choice.paths.length, what);
}

/** Inside a change set. Throws DUPLICATE, or INVALID_INPUT where the place is taken. */
export function insertDevice(db: Database, fields: NewDevice, id = newId()): string {
  const declared = parseInput(deviceFields, { ...undeclared, ...definedOnly(fields) });
  checkName(db, declared.name);
  db.tables.devices.insert(id, { ...declared, ...placeOf(db, declared) });
  checkPlace(db, id);
  return id;
}

/** RPC hands over fields that were not given as undefined; they must not count as given. */
function definedOnly<T extends object>(fields: T): T {
  // Dropping undefined members keeps the type, in which they are optional.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}

function updateDevices(db: Database, ids: readonly string[], patch: DevicePatch): void {
  if (patch.name !== undefined) {
    if (ids.length > 1) {
      throw new RackhelmError('DUPLICATE', 'Several devices cannot have the same name.', {
        data: { field: 'name' },
      });
    }
    checkName(db, patch.name, ids[0]);
  }
  if (patch.siteId !== undefined && patch.rackId === undefined) {
    for (const id of ids) checkSiteOfRack(db, id, patch.siteId);
  }
  const whole = { ...patch, ...placeOf(db, patch) };
  const moves = ['rackId', 'position', 'heightUnits'].some((field) => field in whole);
  for (const id of ids) {
    if (!db.tables.devices.update(id, whole)) deviceOrThrow(db, id);
  }
  if (moves) for (const id of ids) checkPlace(db, id);
}

/** A device of which nothing is declared yet. */
const undeclared: Omit<DeviceFields, 'name' | 'kind'> = {
  status: 'planned',
  siteId: null,
  rackId: null,
  position: null,
  heightUnits: 1,
  hostname: null,
  manufacturer: null,
  model: null,
  serial: null,
  os: null,
  kernel: null,
  architecture: null,
  cpuModel: null,
  cpuCores: null,
  memoryBytes: null,
  sshHost: null,
  sshPort: null,
  sshUser: null,
  sshIdentityFile: null,
  sshJump: null,
  comment: null,
};

/** Throws NOT_FOUND when one is missing. */
function whichDevices(db: Database, ids: readonly string[]): string {
  const missing = ids.find((id) => !db.tables.devices.exists(id));
  if (missing !== undefined) deviceOrThrow(db, missing);
  const shown = ids.slice(0, 2).map((id) => deviceOrThrow(db, id).name);
  return ids.length > 2 ? `${ids.length} devices` : namesText(shown, 'devices');
}

function updateTitle(which: string, fields: readonly string[], name: string | undefined): string {
  if (fields.length === 0) {
    throw new RackhelmError('INVALID_INPUT', 'No field was given, so nothing would change.');
  }
  if (fields.length === 1 && name !== undefined) return `Renamed ${which} to ${name}`;
  return `Changed ${namesText(fields, 'fields')} of ${which}`;
}

/** `cpuCores` → `CPU cores`, `rackId` → `rack`, `memoryBytes` → `memory`. */
function fieldText(field: string): string {
  return field
    .replace(/Id$|Bytes$|Units$/, '')
    .replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^os$/, 'operating system')
    .replace(/^(ssh|cpu)/, (word) => word.toUpperCase());
}
