import { z } from 'zod';
import { deviceKind } from '../../../shared/model/inventory.ts';

/**
 * A file of NetBox's device-type library, as far as the inventory has a place for what it says. What it
 * says beyond that is left out and told; see `unknownKeys`.
 */
const text = (most: number) =>
  z
    // Models such as 5000 are often written without quotes.
    .union([z.string(), z.number().transform(String)])
    .pipe(z.string().trim().max(most))
    .nullish()
    .transform((value) => value || null);
const needed = (most: number) =>
  z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1).max(most));
const whole = (least: number, most: number) =>
  z.number().int().min(least).max(most).nullish().default(null);
const flag = z.boolean().nullish().default(null);

/** A chassis of many slots has hundreds; a file that has more is none that a person wrote. */
const mostPorts = 2_000;
const list = <T extends z.ZodType>(entry: T) =>
  z
    .array(entry)
    .max(mostPorts)
    .nullish()
    .transform((value) => value ?? []);

const named = { name: needed(200), label: text(200), type: text(100), description: text(2_000) };
const draw = z
  .number()
  .min(0)
  .max(1_000_000)
  .nullish()
  .transform((value) => (value === null || value === undefined ? null : Math.round(value)));

/** Of each list of ports: the role that they have in the inventory, and what may be said of one. */
export const portLists = {
  interfaces: {
    role: 'interface',
    entry: z.object({ ...named, mgmt_only: flag, poe_mode: text(40), poe_type: text(50) }),
  },
  'front-ports': {
    role: 'front-port',
    entry: z.object({ ...named, rear_port: text(200), rear_port_position: whole(1, 1_024) }),
  },
  'rear-ports': { role: 'rear-port', entry: z.object({ ...named, positions: whole(1, 1_024) }) },
  'console-ports': { role: 'console-port', entry: z.object(named) },
  'console-server-ports': { role: 'console-server-port', entry: z.object(named) },
  'power-ports': {
    role: 'power-port',
    entry: z.object({ ...named, maximum_draw: draw, allocated_draw: draw }),
  },
  'power-outlets': {
    role: 'power-outlet',
    entry: z.object({
      ...named,
      power_port: text(200),
      feed_leg: z.enum(['A', 'B', 'C']).nullish().default(null),
    }),
  },
  'device-bays': { role: 'device-bay', entry: z.object(named) },
  'module-bays': { role: 'module-bay', entry: z.object(named) },
} as const;

export type PortList = keyof typeof portLists;
export const portListNames = Object.keys(portLists) as PortList[]; // the keys of that object

/** What the library has no key for; NetBox passes over it. */
export const ownKeys = z.strictObject({
  kind: deviceKind.optional(),
  /** Of the width of the rack. */
  width: z.enum(['full', 'half', 'third']).optional(),
  /** Millimetres. */
  depth: z.number().int().min(1).max(3_000).optional(),
  /** Watts. */
  nameplate: z.number().int().min(0).max(1_000_000).optional(),
});

export const weightUnits = { kg: 1_000, g: 1, lb: 453.592_37, oz: 28.349_523 } as const;

export const libraryDocument = z.object({
  manufacturer: needed(200),
  model: needed(200),
  slug: text(200),
  part_number: text(200),
  u_height: z.number().min(0).max(50).multipleOf(0.5).nullish().default(1),
  is_full_depth: flag,
  airflow: text(100),
  weight: z.number().min(0).max(1_000_000).nullish().default(null),
  weight_unit: z.enum(['kg', 'g', 'lb', 'oz']).nullish().default(null),
  subdevice_role: z.enum(['parent', 'child']).nullish().default(null),
  description: text(2_000),
  comments: text(18_000),
  rackhelm: ownKeys.nullish(),
  interfaces: list(portLists.interfaces.entry),
  'front-ports': list(portLists['front-ports'].entry),
  'rear-ports': list(portLists['rear-ports'].entry),
  'console-ports': list(portLists['console-ports'].entry),
  'console-server-ports': list(portLists['console-server-ports'].entry),
  'power-ports': list(portLists['power-ports'].entry),
  'power-outlets': list(portLists['power-outlets'].entry),
  'device-bays': list(portLists['device-bays'].entry),
  'module-bays': list(portLists['module-bays'].entry),
});
export type LibraryDocument = z.infer<typeof libraryDocument>;

/** Pictures of the library itself, and what is so unless somebody says otherwise. */
const passedOver: ReadonlySet<string> = new Set(['front_image', 'rear_image']);

/** Keys of a file that the inventory has no place for, each once: `inventory-items`, `interfaces.rf_role`. */
export function unknownKeys(document: Readonly<Record<string, unknown>>): string[] {
  const unknown = new Set<string>();
  for (const [key, value] of Object.entries(document)) {
    if (passedOver.has(key)) continue;
    if (!Object.hasOwn(libraryDocument.shape, key)) unknown.add(key);
    if (!isPortList(key) || !Array.isArray(value)) continue;
    const { shape } = portLists[key].entry;
    for (const entry of value as unknown[]) {
      if (typeof entry !== 'object' || entry === null) continue;
      for (const [inner, said] of Object.entries(entry)) {
        // Interfaces are enabled anyway.
        if (inner === 'enabled' && said === true) continue;
        if (!Object.hasOwn(shape, inner)) unknown.add(`${key}.${inner}`);
      }
    }
  }
  return [...unknown];
}

function isPortList(key: string): key is PortList {
  return Object.hasOwn(portLists, key);
}
