import type { LogLine } from '../../../../shared/jobs/job.ts';
import { formatCount } from '../../../ui/formatting.ts';
import type { LogEntry } from '../../../ui/log-view/log-entries.ts';

export function entryOf({ seq, at, stream, text }: LogLine): LogEntry {
  return { key: seq, at, stream, text };
}

/** Says that some are missing before a line; its key lies between two lines. */
function gapBefore({ seq, at }: LogLine, count: string): LogEntry {
  return { key: seq - 0.5, at, stream: 'gap', text: `${count} left out here` };
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
