import type { Evidence } from '../../../shared/checks/check.ts';
import { visibleText } from '../../../shared/visible-text.ts';
import { formatClock, formatDate, formatDuration } from '../formatting.ts';

const words: Readonly<Record<string, string>> = {
  late: 'did not end in time',
  'too-large': 'said too much',
};

/** Else it is a query, which no shell takes. */
export const isProgram = ({ exit }: Evidence) => exit !== null;

/** `exit 0`, `did not end in time`, `ended by SIGKILL`; null: it is no program. */
export function exitText(exit: Evidence['exit']): string | null {
  if (exit === null) return null;
  if (typeof exit === 'number') return `exit ${exit}`;
  return words[exit] ?? `ended by ${visibleText(exit)}`;
}

/** Where, as whom, when, how long and how it ended, in this order. */
export function circumstances(evidence: Evidence): readonly string[] {
  const { where, as, at, durationMs, exit } = evidence;
  const ended = exitText(exit);
  return [
    `on ${visibleText(where)}`,
    ...(as === null ? [] : [`as ${visibleText(as)}`]),
    `${formatDate(at)}, ${formatClock(at)}`,
    ...(durationMs === null ? [] : [`took ${formatDuration(durationMs)}`]),
    ...(ended === null ? [] : [ended]),
  ];
}

export const cutText = 'The rest was cut.';
export const silentText = 'It said nothing.';

/** All of it as text, to paste into a ticket. */
export function evidenceText(evidence: Evidence): string {
  const said = visibleText(evidence.said).replace(/\n+$/, '');
  return [
    `${isProgram(evidence) ? '$ ' : ''}${visibleText(evidence.ran)}`,
    `(${circumstances(evidence).join(', ')})`,
    said === '' ? silentText : said,
    ...(evidence.cut ? [`[${cutText}]`] : []),
  ].join('\n');
}
