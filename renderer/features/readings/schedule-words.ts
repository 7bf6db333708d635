const offered = [5, 15, 30, 60, 2 * 60, 6 * 60, 12 * 60, 24 * 60];

function intervalText(minutes: number): string {
  if (minutes % 1440 === 0) return minutes === 1440 ? 'Every day' : `Every ${minutes / 1440} days`;
  if (minutes % 60 === 0) return minutes === 60 ? 'Every hour' : `Every ${minutes / 60} hours`;
  return `Every ${minutes} minutes`;
}

/** What can be chosen; an interval that was set elsewhere stays one of them. */
export function intervalOptions(now: number | null): { value: string; label: string }[] {
  const all = now === null || offered.includes(now) ? offered : [...offered, now];
  const sorted = [...all].sort((a, b) => a - b);
  return [
    { value: 'off', label: 'Off' },
    ...sorted.map((minutes) => ({ value: String(minutes), label: intervalText(minutes) })),
  ];
}
