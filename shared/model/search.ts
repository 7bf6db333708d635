import { z } from 'zod';
import { deviceKind, id } from './inventory.ts';
import { kindNames } from './kinds/index.ts';

export const searchHit = z.object({
  kind: z.enum(kindNames),
  id,
  /** The device to open for an address hit, else the same as id. */
  targetId: id,
  title: z.string(),
  subtitle: z.string(),
  /** Of a device and of the one that has an address; null for anything else. */
  deviceKind: deviceKind.nullable(),
});
export type SearchHit = z.infer<typeof searchHit>;

/** The best of what was found, and how many there are in all. */
export const searchResult = z.object({ hits: z.array(searchHit), total: z.number().int() });
export type SearchResult = z.infer<typeof searchResult>;
