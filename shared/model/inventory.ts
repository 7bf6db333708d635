import { z } from 'zod';
import { givenName } from './name.ts';
import { readingFailure } from './readings.ts';

export const id = z.uuid();
/** UTC milliseconds. */
export const timestamp = z.number().int();

export const deviceKinds = [
  'server',
  'sbc',
  'gpu-server',
  'nas',
  'switch',
  'router',
  'access-point',
  'ups',
  'pdu',
  'vm',
  'other',
] as const;
export const deviceKind = z.enum(deviceKinds);
export type DeviceKind = z.infer<typeof deviceKind>;

export const deviceStatuses = ['planned', 'active', 'offline', 'spare', 'retired'] as const;
export const deviceStatus = z.enum(deviceStatuses);
export type DeviceStatus = z.infer<typeof deviceStatus>;

const optionalText = z.string().trim().max(500).nullable();

/** What the person declares of a device. Null means: not declared. */
export const deviceFields = z.object({
  name: givenName,
  kind: deviceKind,
  status: deviceStatus,
  siteId: id.nullable(),
  rackId: id.nullable(),
  /** Lowest rack unit that the device takes, counted from 1 at the bottom, in halves. */
  position: z.number().min(1).max(100.5).multipleOf(0.5).nullable(),
  heightUnits: z.number().min(0).max(50).multipleOf(0.5),
  hostname: optionalText,
  manufacturer: optionalText,
  model: optionalText,
  serial: optionalText,
  os: optionalText,
  kernel: optionalText,
  architecture: optionalText,
  cpuModel: optionalText,
  cpuCores: z.number().int().positive().nullable(),
  memoryBytes: z.number().int().nonnegative().nullable(),
  sshHost: optionalText,
  sshPort: z.number().int().min(1).max(65535).nullable(),
  sshUser: optionalText,
  sshIdentityFile: optionalText,
  /** Comma-separated jump hosts, first to last, as ProxyJump writes them. */
  sshJump: optionalText,
  comment: z.string().max(20_000).nullable(),
});
export type DeviceFields = z.infer<typeof deviceFields>;

export const deviceRow = deviceFields.extend({
  id,
  // What was stored before a rule came is shown as it is.
  name: z.string(),
  siteName: z.string().nullable(),
  rackName: z.string().nullable(),
  /** First declared address by interface order, without prefix length. */
  primaryAddress: z.string().nullable(),
  tags: z.array(z.string()),
  /** When facts were last collected; null: never. */
  observedAt: timestamp.nullable(),
  /** When it was last tried to read it, and how long that took in milliseconds; null: never. */
  attemptedAt: timestamp.nullable(),
  attemptMs: z.number().nullable(),
  /** Why that attempt failed; null: it did not. */
  failure: readingFailure.nullable(),
  /** How many compared fields differ from the newest facts. */
  differences: z.number().int().nonnegative(),
});
export type DeviceRow = z.infer<typeof deviceRow>;

export const interfaceRow = z.object({
  id,
  deviceId: id,
  name: z.string(),
  kind: z.string(),
  mtu: z.number().int().nullable(),
  speedMbps: z.number().nullable(),
  macs: z.array(z.string()),
  addresses: z.array(z.object({ id, address: z.string(), role: z.string() })),
  vlans: z.array(z.object({ vlanId: z.number().int(), name: z.string(), tagged: z.boolean() })),
});
export type InterfaceRow = z.infer<typeof interfaceRow>;

/** An interface in a list, with no more than its first addresses and MACs. */
export const listedInterface = interfaceRow.extend({ addressCount: z.number().int() });
export type ListedInterface = z.infer<typeof listedInterface>;

export const siteRow = z.object({ id, name: z.string(), comment: z.string().nullable() });
export const rackRow = z.object({
  id,
  siteId: id,
  siteName: z.string(),
  name: z.string(),
  heightUnits: z.number().int(),
  /** Inches between the rails; null: 19. */
  width: z.string().nullable(),
  /** mm */
  depth: z.number().nullable(),
  roomName: z.string().nullable(),
  comment: z.string().nullable(),
});
const removalPart = z.object({
  count: z.number().int(),
  /** Words with the count: `3 interfaces`, `2 services would run nowhere`. */
  text: z.string(),
  /** What the first of them are called; empty where that would say nothing. */
  names: z.array(z.string()),
});
export type RemovalPart = z.infer<typeof removalPart>;

/** What a removal would do, said before it is done. */
export const removalPreview = z.object({
  /** What goes along. */
  goes: z.array(removalPart),
  /** What stays, and would be otherwise than it is. */
  changes: z.array(removalPart),
});
export type RemovalPreview = z.infer<typeof removalPreview>;

export const serviceRow = z.object({
  id,
  name: z.string(),
  kind: z.string(),
  url: z.string().nullable(),
  comment: z.string().nullable(),
  runsOn: z.array(
    z.object({
      deviceId: id,
      deviceName: z.string(),
      /** Where it answers there; empty: not known. */
      ports: z.array(z.object({ protocol: z.enum(['tcp', 'udp']), port: z.number().int() })),
    }),
  ),
  dependsOn: z.array(z.object({ serviceId: id, serviceName: z.string() })),
});
export type SiteRow = z.infer<typeof siteRow>;
export type RackRow = z.infer<typeof rackRow>;
export type ServiceRow = z.infer<typeof serviceRow>;

/** Columns that the devices list sorts by. */
export const deviceSortKeys = [
  'name',
  'kind',
  'status',
  'rackName',
  'position',
  'primaryAddress',
  'model',
  'os',
  'architecture',
  'cpuCores',
  'memoryBytes',
  'observedAt',
  'differences',
  /** Trouble first: could not be read, differs, never observed, as declared. */
  'reading',
] as const;

export const deviceQuery = z.object({
  /** Full-text words, all of which must match by prefix: name, addresses, MACs, model, tags, … */
  search: z.string().max(200).default(''),
  kinds: z.array(deviceKind).max(deviceKinds.length).default([]),
  statuses: z.array(deviceStatus).max(deviceStatuses.length).default([]),
  rackId: id.nullable().default(null),
  tag: z.string().max(50).nullable().default(null),
  /** Only devices whose facts differ from what is declared. */
  onlyDifferent: z.boolean().default(false),
  /** Only devices that the last attempt could not read. */
  onlyFailed: z.boolean().default(false),
  /** Only devices whose facts are old; see shared/model/readings.ts. */
  onlyOld: z.boolean().default(false),
  /** Only devices whose facts were never collected. */
  onlyUnobserved: z.boolean().default(false),
  /** Only devices that stand in no rack. */
  onlyWithoutRack: z.boolean().default(false),
  sort: z
    .object({ key: z.enum(deviceSortKeys), descending: z.boolean() })
    .default({ key: 'name', descending: false }),
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().min(1).max(20_000).default(200),
});
export type DeviceQuery = z.infer<typeof deviceQuery>;

/** What a line of the comparison is about. */
export const comparisonKinds = ['field', 'interface', 'mac', 'mtu', 'address'] as const;
export const comparisonKind = z.enum(comparisonKinds);
export type ComparisonKind = z.infer<typeof comparisonKind>;

/** Longest path: a name of an interface, encoded, and an address. */
const comparisonPath = z.string().max(1_000);

/**
 * Which lines are meant. `paths`: just these. `under`: that one and those below it, such as all of
 * an interface. `kinds`: all of these kinds. The last two leave out what changes by itself and what
 * is kept already.
 */
export const comparisonChoice = z.union([
  z.object({ paths: z.array(comparisonPath).min(1).max(2_000) }),
  z.object({ under: comparisonPath }),
  z.object({ kinds: z.array(comparisonKind).min(1).max(comparisonKinds.length) }),
]);
export type ComparisonChoice = z.infer<typeof comparisonChoice>;

/** One line of declared beside observed. */
export const comparisonRow = z.object({
  /** Stable key: `memoryBytes`, `interface/eth0`, `interface/eth0/mtu`, `interface/eth0/address/10.0.0.2/24`. */
  path: z.string(),
  group: z.string(),
  label: z.string(),
  /** Text fit for a person; null: not declared / not observed. */
  declared: z.string().nullable(),
  observed: z.string().nullable(),
  state: z.enum(['same', 'differs', 'only-observed', 'only-declared', 'unknown']),
  /** Why there is no observed value, from the facts section that should have had it. */
  reason: z.string().nullable(),
  /** Whether accepting it is possible (something was observed and it differs). */
  acceptable: z.boolean(),
  kind: comparisonKind,
  /** It changes without anybody deciding so (kernel, leases): accepted only when asked for itself. */
  byItself: z.boolean(),
  /** The person keeps what is declared, until something else is observed. No difference then. */
  kept: z.boolean(),
});
export type ComparisonRow = z.infer<typeof comparisonRow>;

/** Which lines a page is taken from: those worth a look, those that are kept, or all. */
export const comparisonViews = ['open', 'kept', 'all'] as const;

/** A page of the comparison, and what there is in all. */
export const comparison = z.object({
  deviceId: id,
  observedAt: timestamp.nullable(),
  source: z.string().nullable(),
  /** Lines from `offset` on; those of one group stand together. */
  rows: z.array(comparisonRow),
  /** How many lines the view has. */
  total: z.number().int(),
  /** Lines by what could be done with them; `open` by kind: what `kinds` would accept. */
  counts: z.object({
    open: z.partialRecord(comparisonKind, z.number().int()),
    byItself: z.number().int(),
    kept: z.number().int(),
    /** Declared, but not observed or not known. */
    unseen: z.number().int(),
  }),
});
export type Comparison = z.infer<typeof comparison>;
