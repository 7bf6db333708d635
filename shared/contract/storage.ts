import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { procedure } from './base.ts';

const named = z.object({ id, name: z.string() });
const size = z.number().int().nonnegative().nullable();

/** What lies on a volume. */
const kept = z.object({
  kind: z.enum(['bucket', 'database']),
  id,
  name: z.string(),
  /** What serves it: a MinIO, a PostgreSQL. */
  servedBy: named.nullable(),
  sizeBytes: size,
  usedBy: z.array(named),
});
export type KeptData = z.infer<typeof kept>;

const volume = z.object({
  id,
  name: z.string(),
  kind: z.string(),
  device: named.nullable(),
  location: z.string().nullable(),
  sizeBytes: size,
  usedBytes: size,
  usedBy: z.array(named),
  holds: z.array(kept),
});
export type StoredVolume = z.infer<typeof volume>;

const pool = z.object({
  /** Null: what is in no pool. */
  pool: z
    .object({
      id,
      name: z.string(),
      kind: z.string(),
      layout: z.string().nullable(),
      device: named.nullable(),
      cluster: named.nullable(),
      sizeBytes: size,
      usedBytes: size,
    })
    .nullable(),
  volumes: z.array(volume),
  /** Volumes that are not listed. */
  more: z.number().int().nonnegative(),
  /** Buckets and databases of which nobody said where they lie. */
  loose: z.array(kept),
});
export type StorageGroup = z.infer<typeof pool>;

/** Volumes of a pool, and loose data, that are listed at once: ten pools full of them take about 10 ms. */
export const mostVolumes = 25;

/** Where data lies, and who uses it. */
export const storage = {
  /** Pools with their volumes and what lies on these; at the end what is in no pool. */
  tree: procedure
    .input(
      z.object({
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(10).default(10),
      }),
    )
    .output(z.object({ groups: z.array(pool), total: z.number().int() })),
};
