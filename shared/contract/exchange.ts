import { z } from 'zod';
import { fileKindNames } from '../model/custom-field-kind.ts';
import { id } from '../model/inventory.ts';
import { kindNames } from '../model/kinds/index.ts';
import { procedure } from './base.ts';

const kindName = z.enum(kindNames);
const fileKindName = z.enum(fileKindNames);

/** One thing that a file would change, in words. */
export const shownDifference = z.object({
  action: z.enum(['add', 'change', 'delete']),
  kind: fileKindName,
  id,
  name: z.string(),
  /** Where the file says so; null for what it does not have. */
  line: z.number().int().nullable(),
  /** The file and the inventory both changed it since the file was written. */
  conflict: z.boolean(),
  fields: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      before: z.string().nullable(),
      after: z.string().nullable(),
      conflict: z.boolean(),
    }),
  ),
});
export type ShownDifference = z.infer<typeof shownDifference>;

/** Also told with what is wrong in a table, as `table` of the error's data. */
export const readTable = z.object({
  kind: kindName,
  delimiter: z.string(),
  columns: z.array(z.object({ header: z.string(), target: z.string().nullable() })),
  targets: z.array(z.string()),
});

/** How much of each kind a file would change. */
export const importSummary = z.object({
  /** What the file is, for a person: `Rackhelm inventory`. */
  format: z.string(),
  encoding: z.string(),
  /** The file says that it has everything. */
  whole: z.boolean(),
  /** Whether the moment is known at which it was written from this inventory. */
  base: z.enum(['known', 'unknown', 'none']),
  /** Of a table: what its columns were taken for, and what else they could be. */
  table: readTable.nullable(),
  things: z.number().int(),
  unchanged: z.number().int(),
  changedHere: z.number().int(),
  conflicts: z.number().int(),
  total: z.number().int(),
  kinds: z.array(
    z.object({
      kind: fileKindName,
      add: z.number().int(),
      change: z.number().int(),
      delete: z.number().int(),
    }),
  ),
  /** What has no place here; the first few, and how many there are. */
  dropped: z.array(z.object({ what: z.string(), line: z.number().int() })),
  droppedTotal: z.number().int(),
  /** Attachments whose contents are not here, by name, once each; the first few, and how many. */
  missing: z.array(z.string()),
  missingTotal: z.number().int(),
});
export type ImportSummary = z.infer<typeof importSummary>;

export const exportFormats = [
  'yaml',
  'json',
  'csv',
  'ansible',
  'ssh-config',
  'hosts',
  'markdown',
] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** Bytes of a file that go over at once. */
export const pieceBytes = 512 * 1024;
/** More text than 1,000 racks make. What is larger is refused before it is read. */
export const largestFile = 64 * 1024 * 1024;

/** A file that the host holds for a while, on its way in or out. */
const file = z.uuid();

/** Moving in and out. A file goes over in pieces, is compared, looked at by pages, and then applied. */
export const exchange = {
  open: procedure
    .input(z.object({ name: z.string().min(1).max(255), size: z.number().int().min(0) }))
    .output(z.object({ file })),
  /** The next bytes of the file, as base64. */
  send: procedure
    .input(z.object({ file, piece: z.string().max(Math.ceil(pieceBytes / 3) * 4) }))
    .output(z.object({})),
  /** Again with another kind or other columns as often as one likes. */
  compare: procedure
    .input(
      z.object({
        file,
        kind: kindName.nullable(),
        map: z
          .array(z.object({ header: z.string().max(500), target: z.string().max(100).nullable() }))
          .max(1_000),
      }),
    )
    .output(importSummary),
  differences: procedure
    .input(
      z.object({
        file,
        offset: z.number().int().nonnegative(),
        limit: z.number().int().min(1).max(500),
      }),
    )
    .output(z.array(shownDifference)),
  apply: procedure
    .input(
      z.object({
        file,
        deletions: z.boolean(),
        prefer: z.enum(['file', 'inventory']).nullable(),
      }),
    )
    .output(
      z.object({
        changeSetId: id,
        added: z.number().int(),
        changed: z.number().int(),
        deleted: z.number().int(),
      }),
    ),
  close: procedure.input(z.object({ file })).output(z.object({})),
  /** Writes a file, to be read in pieces. */
  write: procedure
    .input(z.object({ format: z.enum(exportFormats), kind: kindName.nullable() }))
    .output(z.object({ file, name: z.string(), size: z.number().int() })),
  /** Bytes from there on, as base64; the last ones let go of the file. */
  read: procedure
    .input(z.object({ file, offset: z.number().int().nonnegative() }))
    .output(z.object({ piece: z.string() })),
};
