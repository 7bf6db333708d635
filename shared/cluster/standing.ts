import { z } from 'zod';

/** How up to date a list of one kind is. Times are UTC milliseconds. */
export const kindStanding = z.discriminatedUnion('state', [
  /** `held`: how many there are so far. */
  z.object({ state: z.literal('loading'), held: z.number().int() }),
  z.object({ state: z.literal('live'), at: z.number() }),
  /** What was heard last, at that time, and why nothing newer is. It is tried again by itself. */
  z.object({ state: z.literal('stale'), at: z.number(), code: z.string(), why: z.string() }),
  /** Nothing was ever heard. It is tried again by itself. */
  z.object({ state: z.literal('failed'), code: z.string(), why: z.string(), hint: z.string() }),
  /** This user may not list it. */
  z.object({ state: z.literal('refused'), why: z.string() }),
  /** The cluster has no such kind. */
  z.object({ state: z.literal('absent') }),
]);
export type KindStanding = z.infer<typeof kindStanding>;
