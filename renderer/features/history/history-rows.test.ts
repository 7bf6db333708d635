import { expect, it } from 'vitest';
import type { HistoryEntry } from '../../../shared/model/history.ts';
import { byDay } from './history-rows.ts';

const now = new Date(2026, 10, 30, 1, 30).getTime();
const entry = (at: Date) => ({ id: String(at), at: at.getTime() }) as HistoryEntry; // all that is read

it('puts each entry under its day of the calendar, and each day once', () => {
  const times = [
    new Date(2026, 10, 30, 1, 0),
    new Date(2026, 10, 30, 0, 5),
    new Date(2026, 10, 29, 23, 55),
    new Date(2026, 10, 28, 12, 0),
    new Date(2025, 10, 28, 12, 0),
  ];
  const lines = byDay(times.map(entry), now);
  expect(lines.map((line) => (line.kind === 'day' ? line.label : '·'))).toEqual([
    'Today',
    '·',
    '·',
    'Yesterday',
    '·',
    'Saturday, 28 November',
    '·',
    '28 November 2025',
    '·',
  ]);
});
