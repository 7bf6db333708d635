import { z } from 'zod';
import { customValue } from '../model/custom-fields.ts';
import { id } from '../model/inventory.ts';
import { mostAtOnce } from '../model/kinds/bounds.ts';
import { type Kind, type KindName, kindNames, kinds } from '../model/kinds/index.ts';
import { changedValues, newValues } from '../model/kinds/schema.ts';
import { procedure } from './base.ts';

const kindName = z.enum(kindNames);
const fieldName = z.string().max(60);
const fieldValue = z.union([z.string().max(20_000), z.number(), z.boolean(), z.null()]);

/**
 * A row of any kind. Its values are those of shared/model/kinds, and of custom fields under `custom:`
 * and the field's id; references are ids.
 */
export const record = z.object({
  id,
  /** What a person calls it: `pi-1 eth0`. */
  name: z.string(),
  values: z.record(z.string(), fieldValue),
  /** What the rows are called that it refers to, by field. */
  names: z.record(z.string(), z.string()),
  tags: z.array(z.string()),
});
export type InventoryRecord = z.infer<typeof record>;

/** What the rows of a list must be; all of it must hold. References are ids. `tags` is a field here. */
const condition = z.union([
  z.strictObject({ field: fieldName, value: fieldValue }),
  z.strictObject({ field: fieldName, any: z.array(fieldValue).min(1).max(100) }),
  /** In what it holds as text, in any case. */
  z.strictObject({ field: fieldName, contains: z.string().min(1).max(200) }),
  z.strictObject({ field: fieldName, declared: z.boolean() }),
]);
export type RecordCondition = z.infer<typeof condition>;

/** Which rows of a kind, and in which order. */
const selection = z.object({
  kind: kindName,
  search: z.string().max(200).default(''),
  where: z.array(condition).max(20).default([]),
  sort: z
    .object({ field: fieldName.nullable(), descending: z.boolean() })
    .default({ field: null, descending: false }),
});

const dependents = z.object({
  kind: kindName,
  field: z.string(),
  /** Deleted with it; else they stay and lose the reference. */
  goes: z.boolean(),
  count: z.number().int(),
  /** The first few. */
  names: z.array(z.string()),
});
export type RecordDependents = z.infer<typeof dependents>;

const consequence = z.object({
  kind: kindName,
  /** The reference that those lose who stay. */
  field: z.string().nullable(),
  count: z.number().int(),
  /** The first few. */
  names: z.array(z.string()),
});
const consequences = z.object({ goes: z.array(consequence), loses: z.array(consequence) });
export type RecordConsequences = z.infer<typeof consequences>;

/** A way to look at the table of a kind; `query` and `columns` are written by the window. */
export const savedView = z.object({
  name: z.string().trim().min(1).max(100),
  query: z.string().max(2_000),
  columns: z.array(fieldName).max(100),
});
export type SavedView = z.infer<typeof savedView>;
export const mostViews = 50;

const allKinds: readonly Kind[] = kinds;
const literal = ({ name }: Kind) => z.literal(name as KindName); // every kind of the list has a name of the list

const changed = z.object({ changeSetId: id });

/** Values of custom fields, written in the same change. */
const custom = z
  .array(z.object({ field: id, value: customValue }))
  .max(100)
  .default([]);
const ids = z.array(id).min(1).max(mostAtOnce);

/** `copies`: of each. */
const copies = z.object({
  kind: kindName,
  ids: z.array(id).min(1).max(1_000),
  copies: z.number().int().min(1).max(1_000),
});

/** The values of each kind are checked by that kind. */
function oneOrMore<T>(options: T[]): [T, ...T[]] {
  return options as [T, ...T[]]; // there are kinds
}

/** Everything in the inventory by hand, whatever its kind. Every change is one change set. */
export const records = {
  list: procedure
    .input(
      selection.extend({
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(1_000).default(200),
      }),
    )
    .output(z.object({ rows: z.array(record), total: z.number().int() })),
  /** Ids of the first that one change takes, in their order. */
  ids: procedure.input(selection).output(z.object({ ids: z.array(id), total: z.number().int() })),
  /** With what hangs on it, so that a deletion can say what goes. */
  get: procedure
    .input(z.object({ kind: kindName, id }))
    .output(z.object({ record, dependents: z.array(dependents) })),
  create: procedure
    .input(
      z.discriminatedUnion(
        'kind',
        oneOrMore(
          allKinds.map((kind) =>
            z.strictObject({ kind: literal(kind), values: newValues(kind), custom }),
          ),
        ),
      ),
    )
    .output(changed.extend({ id })),
  update: procedure
    .input(
      z.discriminatedUnion(
        'kind',
        oneOrMore(
          allKinds.map((kind) =>
            z.strictObject({ kind: literal(kind), ids, values: changedValues(kind), custom }),
          ),
        ),
      ),
    )
    .output(changed),
  /** What else is deleted with these, however far down, and what stays and loses its reference. */
  removalPreview: procedure.input(z.object({ kind: kindName, ids })).output(consequences),
  views: procedure.input(z.object({ kind: kindName })).output(z.array(savedView)),
  saveView: procedure.input(z.object({ kind: kindName, view: savedView })).output(z.void()),
  deleteView: procedure
    .input(z.object({ kind: kindName, name: z.string().max(100) }))
    .output(z.void()),
  remove: procedure.input(z.object({ kind: kindName, ids })).output(changed),
  /** Copies with what belongs to them; names are counted on, identities and places left out. */
  duplicate: procedure.input(copies).output(changed.extend({ ids: z.array(id) })),
  duplicatePreview: procedure.input(copies).output(
    z.object({
      /** What the first copies would be called. */
      names: z.array(z.string()),
      total: z.number().int(),
      along: z.array(z.object({ kind: kindName, count: z.number().int() })),
      /** Labels of the fields that the copies will not have. */
      leftOut: z.array(z.string()),
    }),
  ),
};
