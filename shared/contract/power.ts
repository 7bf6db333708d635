import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { powerPoint } from '../model/kinds/cables-and-power.ts';
import { procedure } from './base.ts';

const feed = z.enum(powerPoint.fields.feed.options as ['A', 'B']); // these are its options
const phase = z.enum(powerPoint.fields.phase.options as ['L1', 'L2', 'L3']); // these are its options
const supply = z.enum(['mains', 'battery', 'none']);
const watts = z.number();

const thing = z.object({ id, name: z.string() });

/** In minutes; see shared/topology/power-summary.ts for what it assumes. */
const runTime = z.object({ minutes: z.number(), least: z.number(), most: z.number() });

/** Some of many, by name. */
const some = z.object({ count: z.number().int(), names: z.array(z.string()) });

const overview = z.object({
  /** Nothing of the power is documented yet. */
  empty: z.boolean(),
  load: watts,
  /** By the nameplates alone. */
  worst: watts,
  consumers: z.number().int(),
  /** Of these, those of which the nameplate alone is known, and those of which nothing is. */
  unmeasured: z.number().int(),
  unknown: z.number().int(),
  feeds: z.object({ A: watts, B: watts, none: watts }),
  phases: z.object({ L1: watts, L2: watts, L3: watts, none: watts }),
  breakers: z.array(
    thing.extend({
      feed: feed.nullable(),
      phase: phase.nullable(),
      load: watts,
      worst: watts,
      capacity: watts.nullable(),
    }),
  ),
  ups: z.array(
    thing.extend({
      load: watts,
      capacity: watts.nullable(),
      /** Watt hours. */
      battery: z.number().nullable(),
      measured: watts.nullable(),
      runTime: runTime.nullable(),
    }),
  ),
  failures: z.array(z.object({ feed, dark: some, onBattery: some, overloaded: some })),
  overloaded: some,
  circles: z.array(z.array(z.string())),
  /** Devices that hang on one feed although they have a supply for each, or have a single supply. */
  singleSupply: some,
  undocumented: z.number().int(),
});
export type PowerOverview = z.infer<typeof overview>;

const line = z.object({
  /** Of the point, or else of the input; unique in the tree. */
  key: z.string(),
  depth: z.number().int(),
  kind: z.enum(['breaker', 'outlet', 'device']),
  pointId: id.nullable(),
  name: z.string(),
  inputId: id.nullable(),
  inputName: z.string().nullable(),
  device: thing.extend({ kind: z.string() }).nullable(),
  feed: feed.nullable(),
  phase: phase.nullable(),
  supply,
  load: watts,
  worst: watts,
  capacity: watts.nullable(),
  /** As somebody measured at this very point or, of a UPS or a PDU, at the device. */
  measured: watts.nullable(),
  runTime: runTime.nullable(),
  overloaded: z.boolean(),
  /** Its outlets stand in another line. */
  repeated: z.boolean(),
  children: z.number().int(),
  collapsed: z.boolean(),
});
export type PowerLineRow = z.infer<typeof line>;

const outlet = z.object({
  id,
  /** `pdu-1 3`, `Kitchen`. */
  name: z.string(),
  kind: z.enum(['breaker', 'outlet']),
  feed: feed.nullable(),
  phase: phase.nullable(),
  load: watts,
  capacity: watts.nullable(),
  /** What is plugged in; null where it is free. */
  taken: z.string().nullable(),
});
export type PowerOutlet = z.infer<typeof outlet>;

const supplyRow = z.object({
  id,
  name: z.string(),
  supply,
  load: watts,
  feed: feed.nullable(),
  /** From the plug up to the beginning, by name: `pdu-1 3`, `ups-1 Output 1`, `Breaker F3`. */
  path: z.array(z.string()),
});

const deviceSupplies = z.object({
  supplies: z.array(supplyRow),
  draw: watts.nullable(),
  basis: z.enum(['measured', 'nameplate']).nullable(),
  /** Passes power on: how many outlets it has, and what hangs on them. */
  outlets: z.number().int(),
  passed: watts.nullable(),
  runTime: runTime.nullable(),
});
export type DeviceSupplies = z.infer<typeof deviceSupplies>;

const page = {
  search: z.string().max(200).default(''),
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().min(1).max(500).default(200),
};
const name = z.string().trim().min(1).max(200);
const changed = z.object({ changeSetId: id });
const amount = z.number().int().min(1).max(1_000_000).nullable().default(null);

/** Power: what feeds what, what it carries, and what happens when a feed fails. Every change is one change set. */
export const power = {
  overview: procedure.output(overview),
  tree: procedure
    .input(z.object({ ...page, collapsed: z.array(z.string().max(100)).max(500).default([]) }))
    .output(z.object({ rows: z.array(line), total: z.number().int() })),
  /** Devices of which no supply is declared, or none that is plugged in. */
  undocumented: procedure.input(z.object(page)).output(
    z.object({
      rows: z.array(
        thing.extend({ kind: z.string(), why: z.enum(['no-supply', 'not-plugged-in']) }),
      ),
      total: z.number().int(),
    }),
  ),
  /** Where something can be plugged in; the free ones first. */
  outlets: procedure
    .input(z.object({ ...page, free: z.boolean().default(true) }))
    .output(z.object({ rows: z.array(outlet), total: z.number().int() })),
  device: procedure.input(z.object({ deviceId: id })).output(deviceSupplies),
  addBreaker: procedure
    .input(
      z.strictObject({
        name,
        siteId: id.nullable().default(null),
        feed: feed.nullable().default(null),
        phase: phase.nullable().default(null),
        volts: amount,
        amperes: amount,
        /** Outlets in the wall behind it. */
        outlets: z.number().int().min(0).max(64).default(0),
      }),
    )
    .output(changed.extend({ id })),
  /** A UPS or a PDU with its input and its outlets; a device of that name is taken where there is one. */
  addUnit: procedure
    .input(
      z.strictObject({
        name: z.string().trim().min(1).max(253),
        kind: z.enum(['ups', 'pdu']),
        outlets: z.number().int().min(1).max(64),
        nameplate: amount,
        battery: amount,
        sourceId: id.nullable().default(null),
      }),
    )
    .output(changed.extend({ deviceId: id })),
  /** More outlets on a UPS or a PDU, counted on from the last. */
  addOutlets: procedure
    .input(z.strictObject({ deviceId: id, count: z.number().int().min(1).max(64) }))
    .output(changed),
  /**
   * Plugs a supply of a device in: the given one, or the first that is free, or a new one.
   * INVALID_INPUT with `taken` in its data where the outlet is not free; with `replace` it is freed.
   */
  plug: procedure
    .input(
      z.strictObject({
        deviceId: id,
        inputId: id.nullable().default(null),
        sourceId: id,
        replace: z.boolean().default(false),
      }),
    )
    .output(changed),
  unplug: procedure.input(z.strictObject({ inputId: id })).output(changed),
};
