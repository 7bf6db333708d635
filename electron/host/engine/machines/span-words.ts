/** `14 seconds`, `1 minute`, `3 hours`: about how long. */
export function spanWords(seconds: number): string {
  const [count, unit] =
    seconds < 100
      ? [Math.round(seconds), 'second']
      : seconds < 6_000
        ? [Math.round(seconds / 60), 'minute']
        : [Math.round(seconds / 3_600), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}
