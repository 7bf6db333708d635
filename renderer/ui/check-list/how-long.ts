export const howLong = [
  { value: 'week', label: 'A week' },
  { value: 'month', label: '30 days' },
  { value: 'date', label: 'Until a day' },
  { value: 'open', label: 'Until it is taken back' },
] as const;
export type HowLong = (typeof howLong)[number]['value'];

export function parseHowLong(value: string | null): HowLong {
  return howLong.find((each) => each.value === value)?.value ?? 'month';
}

const day = 86_400_000;

/** When an acceptance ends; null: when it is taken back. `wrong`: no day, or one that is over. */
export function acceptedUntil(length: HowLong, date: string, now: number): number | null | 'wrong' {
  if (length === 'open') return null;
  if (length !== 'date') return now + (length === 'week' ? 7 : 30) * day;
  const [year, month, dayOfMonth] = date.split('-').map(Number);
  if (year === undefined || month === undefined || dayOfMonth === undefined) return 'wrong';
  // With the end of that day, as a person at this computer means it.
  const end = new Date(year, month - 1, dayOfMonth, 23, 59, 59, 999).getTime();
  return Number.isNaN(end) || end <= now ? 'wrong' : end;
}
