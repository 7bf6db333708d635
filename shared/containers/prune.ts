import { z } from 'zod';
import type { DiskUse } from './disk.ts';

/** What may be deleted because nothing uses it. */
export const pruneChoice = z.object({
  /** Those that ended. */
  containers: z.boolean().default(false),
  /** `leftover`: whose name went to a newer one; `unused`: all that no container uses. */
  images: z.enum(['none', 'leftover', 'unused']).default('none'),
  /** `unnamed`: those that were made without a name; what is in a volume is gone for good. */
  volumes: z.enum(['none', 'unnamed', 'unused']).default('none'),
  buildCache: z.boolean().default(false),
});
export type PruneChoice = z.infer<typeof pruneChoice>;

export const pruneKinds = ['containers', 'images', 'volumes', 'buildCache'] as const;
export type PruneKind = (typeof pruneKinds)[number];

export const pruneItem = z.object({
  kind: z.enum(pruneKinds),
  id: z.string().min(1).max(600),
  name: z.string().max(700),
  bytes: z.number(),
});
export type PruneItem = z.infer<typeof pruneItem>;

export const prunePreview = z.object({
  items: z.array(pruneItem),
  /** That are not told of, for there are too many. */
  more: z.number().int(),
  bytes: z.number(),
});
export type PrunePreview = z.infer<typeof prunePreview>;

const mostItems = 500;

/** What goes, by name, with how much room it takes. */
export function previewPrune(disk: DiskUse, choice: PruneChoice): PrunePreview {
  const items: PruneItem[] = [];
  const add = (kind: PruneKind, fits: (item: DiskUse['images']['items'][number]) => boolean) => {
    for (const item of disk[kind].items) {
      if (item.used || !fits(item)) continue;
      items.push({ kind, id: item.id, name: item.name, bytes: item.ownBytes });
    }
  };
  if (choice.containers) add('containers', () => true);
  if (choice.images === 'unused') add('images', () => true);
  if (choice.images === 'leftover') add('images', ({ name }) => /^[0-9a-f]{12}$/.test(name));
  if (choice.volumes === 'unused') add('volumes', () => true);
  if (choice.volumes === 'unnamed') add('volumes', ({ name }) => /^[0-9a-f]{64}$/.test(name));
  if (choice.buildCache) add('buildCache', () => true);
  const shown = items.slice(0, mostItems);
  const bytes = shown.reduce((total, item) => total + item.bytes, 0);
  return { items: shown, more: items.length - shown.length, bytes };
}
