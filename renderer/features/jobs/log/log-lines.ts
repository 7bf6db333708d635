import type { LogLine } from '../../../../shared/jobs/job.ts';
import { formatCount } from '../../../ui/formatting.ts';
import type { LogEntry } from '../../../ui/log-view/log-view.tsx';

/** Lines that are held at once; older ones are read again when somebody wants them. */
export const mostLines = 5_000;

export function entryOf({ seq, at, stream, text }: LogLine): LogEntry {
  return { key: seq, at, stream, text };
}

/** Says that some are missing before a line; its key lies between two lines. */
function gapBefore({ seq, at }: LogLine, count: string): LogEntry {
  return { key: seq - 0.5, at, stream: 'gap', text: `${count} left out here` };
}

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

/** What one looks at: a step or all of the job, and words. */
export interface LogChoice {
  readonly stepId: string | null;
  readonly search: string;
}

/** The new lines that belong to it, with what was left out before them. */
export function chosenLines(
  { stepId, search }: LogChoice,
  lines: readonly LogLine[],
  skipped: number,
): readonly LogEntry[] {
  const words = search.trim().toLowerCase();
  const fits = (line: LogLine) =>
    (stepId === null || line.stepId === stepId) &&
    (words === '' || line.text.toLowerCase().includes(words));
  const entries = lines.filter(fits).map(entryOf);
  const [first] = lines;
  if (skipped === 0 || first === undefined) return entries;
  // Whether those left out belong to this step is not known.
  const count = formatCount(skipped, 'line');
  return [gapBefore(first, stepId === null ? count : `Up to ${count}`), ...entries];
}
