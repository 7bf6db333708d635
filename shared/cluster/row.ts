import { z } from 'zod';
import { clusterStatus } from './status.ts';

/** What a cell may hold; how it is read is said by its column. */
export const cell = z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]);
export type Cell = z.infer<typeof cell>;

export const columnTypes = [
  'text',
  'number',
  /** Cores: `0.25`. */
  'cores',
  'bytes',
  /** UTC milliseconds, shown as an age. */
  'time',
  /** Milliseconds. */
  'duration',
  /** `2/3`: so many of so many. */
  'ratio',
  'list',
  'flag',
] as const;

export const clusterColumn = z.object({
  id: z.string(),
  label: z.string(),
  type: z.enum(columnTypes),
  /** Not shown at first where there is little room. */
  extra: z.boolean(),
  /** What it refers to, by kind: `nodes`. The cell is the name. */
  refers: z.string().nullable(),
});
export type ClusterColumn = z.infer<typeof clusterColumn>;

export const clusterRow = z.object({
  /** `namespace/name`, or the name: one of its kind. */
  key: z.string(),
  uid: z.string(),
  namespace: z.string().nullable(),
  name: z.string(),
  /** UTC milliseconds. */
  createdAt: z.number().nullable(),
  /** It is being deleted since then. */
  leavingSince: z.number().nullable(),
  status: clusterStatus,
  cells: z.record(z.string(), cell),
});
export type ClusterRow = z.infer<typeof clusterRow>;
export type Cells = ClusterRow['cells'];

export function column(
  id: string,
  label: string,
  type: ClusterColumn['type'] = 'text',
  more: { readonly extra?: true; readonly refers?: string } = {},
): ClusterColumn {
  return { id, label, type, extra: more.extra ?? false, refers: more.refers ?? null };
}
