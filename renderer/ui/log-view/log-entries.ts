/** A line, or how many are left out at a place. */
export interface LogEntry {
  /** Rises from entry to entry. */
  readonly key: number;
  readonly at: number;
  readonly stream: 'app' | 'out' | 'err' | 'gap';
  readonly text: string;
  /** Which of several said it: what `tags` call it. */
  readonly source?: number;
}

/** Lines that are held at once; older ones are read again when somebody wants them. */
export const mostLines = 5_000;

/** What was there, then what is newer: nothing twice, and of too many the oldest go. */
export function appended(
  before: readonly LogEntry[],
  news: readonly LogEntry[],
  most = mostLines,
): readonly LogEntry[] {
  const last = before.at(-1)?.key ?? Number.NEGATIVE_INFINITY;
  const fresh = news.filter(({ key }) => key > last);
  if (fresh.length === 0) return before;
  const over = before.length + fresh.length - most;
  return over <= 0 ? [...before, ...fresh] : [...before, ...fresh].slice(over);
}

/** Earlier lines before those that are there. */
export function prepended(
  before: readonly LogEntry[],
  earlier: readonly LogEntry[],
): readonly LogEntry[] {
  const first = before[0]?.key ?? Number.POSITIVE_INFINITY;
  return [...earlier.filter(({ key }) => key < first), ...before];
}
