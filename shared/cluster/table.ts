import { z } from 'zod';
import { clusterColumn, clusterRow } from './row.ts';
import { kindStanding } from './standing.ts';
import { statusLevels } from './status.ts';

/** Which rows of a kind, in which order, and the part of them that is shown. */
export const tableQuery = z.object({
  /** As kubectl names it: `pods`, `deployments.apps`. */
  kind: z.string().min(1).max(320),
  /** None: all. */
  namespaces: z.array(z.string().max(253)).max(100).default([]),
  /** Words that must all be in what is held of it: name, namespace, labels, cells, status. */
  search: z.string().max(200).default(''),
  levels: z.array(z.enum(statusLevels)).max(statusLevels.length).default([]),
  /** Columns that must hold this, all of them: `node` is `pi-1`. */
  where: z
    .array(z.object({ column: z.string().max(60), is: z.string().max(300) }))
    .max(10)
    .default([]),
  /** `name`, `namespace`, `age`, `status`, or a column of the kind. */
  sort: z
    .object({ column: z.string().max(60), descending: z.boolean() })
    .default({ column: 'name', descending: false }),
  offset: z.number().int().nonnegative().default(0),
  limit: z.number().int().min(1).max(500).default(100),
});
export type TableQuery = z.infer<typeof tableQuery>;

const levelCounts = z.object({
  bad: z.number(),
  warn: z.number(),
  busy: z.number(),
  unknown: z.number(),
  well: z.number(),
  ended: z.number(),
});

const around = z.object({
  /** Of all rows that fit the query. */
  total: z.number().int(),
  /** Of the whole kind, whatever the query. */
  held: z.number().int(),
  /** By level, of what fits but for the levels asked for. */
  levels: levelCounts,
  standing: kindStanding,
  /** Older ones that are not held; 0 for all kinds but events. */
  left: z.number().int(),
  /** Grows with each change that was told. */
  revision: z.number().int(),
});

export const tableWindow = around.extend({
  columns: z.array(clusterColumn).readonly(),
  rows: z.array(clusterRow),
});
export type TableWindow = z.infer<typeof tableWindow>;

/** The whole window first; then what became different in it. */
export const tableEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('window'), window: tableWindow }),
  around.extend({
    type: z.literal('changes'),
    /** Keys of the rows in their order; null: as before. */
    order: z.array(z.string()).nullable(),
    /** Those that are new in the window or read differently. */
    rows: z.array(clusterRow),
  }),
]);
export type TableEvent = z.infer<typeof tableEvent>;

/** The window as it is after an event; `before` is null until the first one. */
export function afterTableEvent(before: TableWindow | null, event: TableEvent): TableWindow | null {
  if (event.type === 'window') return event.window;
  if (before === null) return null;
  const { type: _told, order, rows, ...rest } = event;
  const known = new Map(before.rows.map((row) => [row.key, row]));
  for (const row of rows) known.set(row.key, row);
  const keys = order ?? before.rows.map(({ key }) => key);
  return { ...before, ...rest, rows: keys.flatMap((key) => known.get(key) ?? []) };
}
