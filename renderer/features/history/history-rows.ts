import type { HistoryEntry } from '../../../shared/model/history.ts';
import { formatDay } from '../../ui/formatting.ts';

/** A line of the history: the heading of a day, or something that was changed on it. */
export type HistoryLine =
  | { readonly kind: 'day'; readonly label: string; readonly at: number }
  | { readonly kind: 'entry'; readonly entry: HistoryEntry };

/** Entries newest first under the days on which they were made, as this computer counts days. */
export function byDay(entries: readonly HistoryEntry[], now: number): HistoryLine[] {
  let last = '';
  return entries.flatMap((entry): HistoryLine[] => {
    const label = formatDay(entry.at, now);
    const heading: HistoryLine[] = label === last ? [] : [{ kind: 'day', label, at: entry.at }];
    last = label;
    return [...heading, { kind: 'entry', entry }];
  });
}
