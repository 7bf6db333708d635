import { z } from 'zod';

/** One container of one pod whose log is read. */
export const logSource = z.object({
  /** What lines name it by. */
  index: z.number().int(),
  pod: z.string(),
  container: z.string(),
  state: z.enum([
    'opening',
    'following',
    /** It has not begun yet. */
    'waiting',
    /** The way to it broke; it is tried again by itself. */
    'lost',
    'ended',
    /** It may not be read, or there is no such log. */
    'failed',
  ]),
  why: z.string().nullable(),
});
export type LogSource = z.infer<typeof logSource>;

export const podLogLine = z.object({
  /** Rises from line to line of what was opened. */
  seq: z.number().int(),
  /** UTC milliseconds, by the clock of its node where it tells. */
  at: z.number(),
  /** Index of its source. */
  source: z.number().int(),
  /** `gap`: lines that were left out here. */
  kind: z.enum(['line', 'gap']),
  /** Harmless, and of bounded length. */
  text: z.string(),
  /** It was longer. */
  cut: z.boolean(),
});
export type PodLogLine = z.infer<typeof podLogLine>;

export const logChoice = z.object({
  /** Names of containers; empty: all. */
  containers: z.array(z.string().min(1).max(253)).max(50).default([]),
  /** Of the container before its last restart; nothing is followed then. */
  previous: z.boolean().default(false),
  /** Of each container, to begin with. */
  tail: z.number().int().min(0).max(10_000).default(500),
  /** Not older than so many seconds; null: however old. */
  sinceSeconds: z.number().int().min(1).max(31_536_000).nullable().default(null),
  follow: z.boolean().default(true),
});
export type LogChoice = z.infer<typeof logChoice>;

export const podLogEvent = z.discriminatedUnion('type', [
  /** Sent first: the last lines that are held and fit the search; `earlier`: there are more. */
  z.object({
    type: z.literal('start'),
    lines: z.array(podLogLine),
    earlier: z.boolean(),
  }),
  /** All of them, when one changed; `more`: so many are not read, for there are too many. */
  z.object({
    type: z.literal('sources'),
    sources: z.array(logSource),
    more: z.number().int(),
  }),
  /** In their order; of many at once the oldest are left out, and `skipped` says how many. */
  z.object({ type: z.literal('lines'), lines: z.array(podLogLine), skipped: z.number().int() }),
]);
export type PodLogEvent = z.infer<typeof podLogEvent>;

export function fitsSearch(text: string, search: string): boolean {
  return search === '' || text.toLowerCase().includes(search);
}
