import { z } from 'zod';
import { visibleText } from '../visible-text.ts';

/** What to look at first comes first: they are sorted in this order. */
export const statusLevels = ['bad', 'warn', 'busy', 'unknown', 'well', 'ended'] as const;

export const clusterStatus = z.object({
  /**
   * bad: it does not do what it is for; warn: it does, and something wants a look; busy: on its way by
   * itself; unknown: nobody can say; well; ended: as it was meant to.
   */
  level: z.enum(statusLevels),
  /** For a column: `Running`, `Crashing`, `Cannot pull image`. */
  label: z.string(),
  /** A sentence that says why, without its full stop; null where the label says it all. */
  why: z.string().nullable(),
  /** UTC milliseconds; null where nobody knows. */
  since: z.number().nullable(),
});
export type ClusterStatus = z.infer<typeof clusterStatus>;
export type StatusLevel = ClusterStatus['level'];

export function statusOf(
  level: StatusLevel,
  label: string,
  why: string | null = null,
  since: number | null = null,
): ClusterStatus {
  return { level, label, why, since };
}

const longestWords = 600;

/** What a machine said, on one line and harmless, to stand in a sentence of ours. */
export function said(text: string): string {
  const line = visibleText(text.replace(/\s+/g, ' ')).trim().replace(/\.$/, '');
  return line.length > longestWords ? `${line.slice(0, longestWords)}…` : line;
}

/** `BackoffLimitExceeded` → `backoff limit exceeded`: for reasons that we have no words for. */
export function spelled(reason: string): string {
  const words = said(reason).replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  return words === words.toUpperCase() ? words : words.toLowerCase();
}
