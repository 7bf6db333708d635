import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { cable as cableKind } from '../model/kinds/cables-and-power.ts';
import { procedure } from './base.ts';

/** What a cable is plugged into: an interface, or a port of a panel or console. */
const socket = z.object({
  id,
  kind: z.enum(['interface', 'port']),
  role: z.enum(['interface', 'front', 'rear', 'console', 'console-server']),
  name: z.string(),
  deviceId: id,
  deviceName: z.string(),
  /** Of an interface: the bond or LAG that it belongs to, by name. */
  lag: z.string().nullable(),
});
export type CableSocket = z.infer<typeof socket>;

const types = z.enum(cableKind.fields.type.options as [string, ...string[]]); // it has options
const statuses = z.enum(cableKind.fields.status.options as [string, ...string[]]); // it has options

const cable = z.object({
  id,
  label: z.string(),
  type: z.string().nullable(),
  status: z.string(),
  colour: z.string().nullable(),
  /** Millimetres. */
  length: z.number().int().nullable(),
});
export type CableSummary = z.infer<typeof cable>;

const cableRow = cable.extend({
  /** By side and lane; a breakout has several on one side. */
  ends: z.array(
    z.object({
      id,
      side: z.enum(['a', 'b']),
      lane: z.number().int(),
      socket: socket.nullable(),
    }),
  ),
});
export type CableRow = z.infer<typeof cableRow>;

export const cableSorts = ['label', 'a', 'b', 'type', 'length', 'status'] as const;

const page = {
  search: z.string().max(200).default(''),
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().min(1).max(500).default(200),
};

const cableQuery = z.object({
  ...page,
  types: z.array(types).max(20).default([]),
  statuses: z.array(statuses).max(10).default([]),
  deviceId: id.nullable().default(null),
  /** Only those with a side that is plugged in nowhere. */
  open: z.boolean().default(false),
  sort: z
    .object({ key: z.enum(cableSorts), descending: z.boolean() })
    .default({ key: 'label', descending: false }),
});
export type CableQuery = z.infer<typeof cableQuery>;

/** The words are those of shared/topology/trace.ts. */
const step = z.object({
  from: z.number().int().nullable(),
  way: z.enum(['start', 'cable', 'panel', 'member', 'upon']),
  socket: socket.nullable(),
  cable: cable.nullable(),
  ending: z
    .enum([
      'connected',
      'no-cable',
      'open-end',
      'no-rear',
      'no-front',
      'no-lane',
      'circle',
      'too-long',
    ])
    .nullable(),
});

const cableTrace = z.object({
  steps: z.array(step),
  branches: z.array(z.array(z.number().int())),
  cut: z.boolean(),
});
export type CableTrace = z.infer<typeof cableTrace>;

const socketRow = socket.extend({
  speedMbps: z.number().nullable(),
  /** The cable that takes it, if any, and what it leads to in the end, in words. */
  cable: cable.nullable(),
  leadsTo: z.array(z.string()),
});
export type SocketRow = z.infer<typeof socketRow>;

const deviceSockets = z.object({
  deviceId: id,
  deviceName: z.string(),
  kind: z.string(),
  sockets: z.number().int(),
  free: z.number().int(),
});
export type DeviceSockets = z.infer<typeof deviceSockets>;

/** What a new cable is like; a label that is left out is counted on. */
const newCable = z.strictObject({
  label: z.string().trim().min(1).max(200).exactOptional(),
  type: types.nullable().default(null),
  status: statuses.default('connected'),
  colour: z.string().trim().min(1).max(40).nullable().default(null),
  length: z.number().int().min(1).max(10_000_000).nullable().default(null),
});
export type NewCable = z.infer<typeof newCable>;

/** More ends than any breakout has. */
const side = z.array(id).max(64);
const changed = z.object({ changeSetId: id });
const replace = z.boolean().default(false);

const linkStates = ['missing', 'doubtful', 'dismissed'] as const;
/** One side of what LLDP tells: the interface, declared or not yet. */
const linkEnd = z.object({
  deviceId: id,
  deviceName: z.string(),
  name: z.string(),
  /** Null: it is not declared; accepting declares it. */
  socketId: id.nullable(),
});
const link = z.object({
  /** Stays the same from reading to reading; a dismissal is remembered under it. */
  key: z.string(),
  /** Changes when what was seen or documented changes; accepting refuses another one than was shown. */
  version: z.string(),
  state: z.enum(linkStates),
  a: linkEnd,
  b: linkEnd,
  /** What was seen, in sentences without a full stop. */
  evidence: z.array(z.string()),
  /** When the newest of it was read; UTC milliseconds. */
  at: z.number().int(),
  /** Of a doubtful one: the cables that say otherwise, and where they lead. */
  documented: z.array(z.object({ cable, words: z.string() })),
  /** Why accepting would be a guess; null where it can be accepted. */
  unclear: z.string().nullable(),
});
export type CableLink = z.infer<typeof link>;
export type LinkState = (typeof linkStates)[number];

const linkKey = z.string().min(1).max(300);
const mostAtOnce = 500;

/** Cables: what is plugged into what, by hand, and what LLDP says of it. Every change is one change set. */
export const cabling = {
  list: procedure
    .input(cableQuery)
    .output(z.object({ rows: z.array(cableRow), total: z.number().int() })),
  /** From an interface or a port to everything that it is connected to. */
  trace: procedure.input(z.object({ socketId: id })).output(cableTrace),
  /** Interfaces that take a cable, and ports, of one device. */
  sockets: procedure
    .input(z.object({ ...page, deviceId: id, free: z.boolean().default(false) }))
    .output(z.object({ rows: z.array(socketRow), total: z.number().int() })),
  /** Devices that cables can be plugged into, with how many of their ports have none. */
  devices: procedure
    .input(z.object({ ...page, free: z.boolean().default(false) }))
    .output(z.object({ rows: z.array(deviceSockets), total: z.number().int() })),
  /**
   * Adds a cable with its ends. INVALID_INPUT with `taken` in its data where a port has a cable
   * already; with `replace` that one makes room.
   */
  connect: procedure
    .input(z.object({ a: side.min(1), b: side, cable: newCable, replace }))
    .output(changed.extend({ id, label: z.string() })),
  /** Port by port, all or none. */
  connectMany: procedure
    .input(
      z.object({
        pairs: z
          .array(z.object({ a: id, b: id }))
          .min(1)
          .max(mostAtOnce),
        cable: newCable,
        replace,
      }),
    )
    .output(changed.extend({ count: z.number().int() })),
  /** Where LLDP and the documented cables do not agree. */
  links: procedure
    .input(z.object({ ...page, state: z.enum(linkStates), deviceId: id.nullable().default(null) }))
    .output(
      z.object({
        rows: z.array(link),
        total: z.number().int(),
        counts: z.object({
          missing: z.number().int(),
          doubtful: z.number().int(),
          dismissed: z.number().int(),
        }),
      }),
    ),
  /** Makes the cables that were shown, or moves the end of a doubtful one to where LLDP says. */
  acceptLinks: procedure
    .input(
      z.object({
        items: z
          .array(z.object({ key: linkKey, version: z.string().max(100) }))
          .min(1)
          .max(mostAtOnce),
      }),
    )
    .output(changed.extend({ count: z.number().int() })),
  /** Remembers that they are not wanted, until `restoreLinks` or an undo. */
  dismissLinks: procedure
    .input(z.object({ keys: z.array(linkKey).min(1).max(mostAtOnce) }))
    .output(changed.extend({ count: z.number().int() })),
  restoreLinks: procedure
    .input(z.object({ keys: z.array(linkKey).min(1).max(mostAtOnce) }))
    .output(changed.extend({ count: z.number().int() })),
};
