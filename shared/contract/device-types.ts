import { z } from 'zod';
import { deviceKind, id } from '../model/inventory.ts';
import { device } from '../model/kinds/hardware.ts';
import type { Kind } from '../model/kinds/index.ts';
import { newValues, type Values } from '../model/kinds/schema.ts';
import { procedure } from './base.ts';

const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const values = z.record(z.string(), fieldValue) satisfies z.ZodType<Values>;
const changed = z.object({ changeSetId: id });

/** A type of the inventory, or one of those that come with Rackhelm, by its short name. */
export const chosenType = z.union([
  z.object({ id }),
  z.object({ slug: z.string().min(1).max(400) }),
]);
export type ChosenTypeInput = z.infer<typeof chosenType>;

const typeRow = z.object({
  /** Null: it comes with Rackhelm and is not in the inventory yet. */
  id: id.nullable(),
  /** Null: it does not come with Rackhelm. */
  slug: z.string().nullable(),
  /** `Raspberry Pi 5`, with its manufacturer where the model does not say it. */
  title: z.string(),
  manufacturer: z.string(),
  model: z.string(),
  kind: deviceKind.nullable(),
  heightUnits: z.number().nullable(),
  width: z.string().nullable(),
  fullDepth: z.boolean().nullable(),
  depth: z.number().nullable(),
  bays: z.string().nullable(),
  ports: z.number().int(),
  /** Devices of this type. */
  devices: z.number().int(),
});
export type DeviceTypeRow = z.infer<typeof typeRow>;

/** A type with its ports; values as the kinds `device-type` and `port-template` have them. */
const wholeType = z.object({
  row: typeRow,
  values,
  ports: z.array(values),
});
export type WholeDeviceType = z.infer<typeof wholeType>;

const difference = z.object({
  /** A field, or a port with what of it: `Front port F1, connector`. */
  what: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});
export type TypeDifference = z.infer<typeof difference>;

/** The texts of files, by what the person calls them. */
const files = z
  .array(z.object({ name: z.string().max(1_000), text: z.string().max(1_000_000) }))
  .min(1)
  .max(5_000);

const importedRow = z.object({
  file: z.string(),
  /** Null: it could not be read. */
  title: z.string().nullable(),
  state: z.enum(['new', 'same', 'differs', 'faulty']),
  /** `Line 12: …`. */
  problem: z.string().nullable(),
  ports: z.number().int(),
  /** Keys of the file that have no place in the inventory. */
  dropped: z.array(z.string()),
  /** The first of them, between what is there under that name and the file. */
  differences: z.array(difference),
  differenceCount: z.number().int(),
});
export type ImportedTypeRow = z.infer<typeof importedRow>;

const importPreview = z.object({
  /** What needs a look comes first; a long list is cut. */
  rows: z.array(importedRow),
  counts: z.object({
    new: z.number().int(),
    same: z.number().int(),
    differs: z.number().int(),
    faulty: z.number().int(),
  }),
});
export type TypeImportPreview = z.infer<typeof importPreview>;

const appliedDevice = z.object({
  id,
  name: z.string(),
  adds: z.array(
    z.object({
      kind: z.enum(['interface', 'port', 'power-point']),
      count: z.number().int(),
      /** The first of them. */
      names: z.array(z.string()),
    }),
  ),
  /** Labels of fields that nobody declared. */
  fields: z.array(z.string()),
});
export type AppliedDevice = z.infer<typeof appliedDevice>;

const applied = z.object({ type: chosenType, ids: z.array(id).min(1).max(1_000) });

/** Device types: those that come with Rackhelm, those of the inventory, and what is made of them. */
export const deviceTypes = {
  /** Those of the inventory first, then the others that come with Rackhelm. */
  list: procedure
    .input(
      z.object({
        search: z.string().max(200).default(''),
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(500).default(100),
      }),
    )
    .output(z.object({ rows: z.array(typeRow), total: z.number().int() })),
  get: procedure.input(chosenType).output(wholeType),
  /** Takes one that comes with Rackhelm into the inventory; the one that is there stays. */
  take: procedure
    .input(z.object({ slug: z.string().min(1).max(400) }))
    .output(changed.extend({ id })),
  /** As a file of the device-type library. */
  export: procedure.input(chosenType).output(z.object({ fileName: z.string(), text: z.string() })),
  importPreview: procedure.input(z.object({ files })).output(importPreview),
  import: procedure.input(z.object({ files, replace: z.boolean() })).output(
    changed.extend({
      added: z.number().int(),
      replaced: z.number().int(),
      left: z.number().int(),
    }),
  ),
  /** A device with the ports, power points and bays of its type; what is given wins over the type. */
  createDevice: procedure
    .input(z.object({ type: chosenType, values: newValues(newDevice()) }))
    .output(changed.extend({ id })),
  applyPreview: procedure
    .input(applied)
    .output(z.object({ title: z.string(), devices: z.array(appliedDevice) })),
  /** Adds what these devices lack of a type. */
  apply: procedure.input(applied).output(changed),
};

/** Its kind and height follow from the type. */
function newDevice(): Kind {
  const { required: _kind, ...kind } = device.fields.kind;
  const { required: _height, standard: _one, ...heightUnits } = device.fields.heightUnits;
  return { ...device, fields: { ...device.fields, kind, heightUnits } };
}
