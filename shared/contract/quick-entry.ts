import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { kindNames } from '../model/kinds/index.ts';
import { type EntryField, entryFields } from '../quick-entry/entry.ts';
import { longestLine } from '../quick-entry/line.ts';
import { mostTableColumns, mostTableRows } from '../quick-entry/table.ts';
import { procedure } from './base.ts';

const fields = entryFields as readonly [EntryField, ...EntryField[]]; // the list is not empty
const entryField = z.enum(fields);

/** One line that stands for many devices, or a table with what its columns are about. */
const source = z.union([
  z.object({ line: z.string().max(longestLine) }),
  z.object({
    table: z.object({
      rows: z.array(z.array(z.string().max(20_000)).max(mostTableColumns)).max(mostTableRows),
      header: z.boolean(),
      columns: z.array(entryField.nullable()).max(mostTableColumns),
    }),
  }),
]);
export type EntrySource = z.infer<typeof source>;

const entry = z.object({
  source,
  /** Devices that are there already stop everything, or are left out. */
  existing: z.enum(['refuse', 'leave-out']),
});

const entryRow = z.object({
  name: z.string(),
  state: z.enum(['new', 'exists', 'faulty']),
  /** Of the type that it is made of; null: none. */
  type: z.string().nullable(),
  /** `Rack A, unit 10`; null: nowhere. */
  place: z.string().nullable(),
  /** What it would have, a line each: `eth0: 10.0.0.11/24, VLAN 20`. */
  what: z.array(z.string()),
  /** Odd, but no reason to refuse it. */
  warnings: z.array(z.string()),
  problems: z.array(z.object({ field: entryField.nullable(), text: z.string() })),
  /** Rows of the table that it stands in, counted from 0 with the header. */
  tableRows: z.array(z.number().int()),
});
export type EntryRow = z.infer<typeof entryRow>;

const preview = z.object({
  /** What is wrong with the line itself, and where in it. */
  problem: z
    .object({ text: z.string(), at: z.number().int(), length: z.number().int() })
    .nullable(),
  total: z.number().int(),
  counts: z.object({
    new: z.number().int(),
    exists: z.number().int(),
    faulty: z.number().int(),
    /** Of a long entry only the first are tried out beforehand. */
    untried: z.number().int(),
  }),
  /** What would be added in all, of what was tried out. */
  makes: z.array(z.object({ kind: z.enum(kindNames), count: z.number().int() })),
  /** What is wrong comes first; a long list is cut. */
  rows: z.array(entryRow),
});
export type EntryPreview = z.infer<typeof preview>;

/** Many devices at once, typed as one line or pasted from a spreadsheet. */
export const quickEntry = {
  /** Exactly what would be made, by trying it out; nothing is kept. */
  preview: procedure.input(entry).output(preview),
  /** One change set. Throws INVALID_INPUT, and writes nothing, while something is wrong. */
  apply: procedure
    .input(entry)
    .output(z.object({ changeSetId: id, devices: z.number().int(), ids: z.array(id) })),
};
