import { InvalidArgumentError } from 'commander';

/** How many, of an option that asks for it. Commander tells what is thrown. */
export function parseCount(text: string): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1 && count <= 1_000_000) return count;
  throw new InvalidArgumentError('A whole number from 1.');
}

/** How long something may take. */
export function parseSeconds(text: string): number {
  const seconds = Number(text);
  if (!(seconds > 0 && seconds <= 3600)) throw new InvalidArgumentError('Seconds from 1 to 3600.');
  return seconds;
}

/** How many pods; none at all is a number as well. */
export function parseReplicas(text: string): number {
  const count = Number(text);
  if (/^\d+$/.test(text) && count <= 10_000) return count;
  throw new InvalidArgumentError('A whole number from 0 to 10000.');
}

/** How long something may take. */
export function parseMinutes(text: string): number {
  const minutes = Number(text);
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 1_440) return minutes;
  throw new InvalidArgumentError('Minutes from 1 to 1440.');
}

/** How old something may be, in seconds: `90`, `30s`, `10m`, `2h`, `1d`. */
export function parseAge(text: string): number {
  const [, number, unit = 's'] = /^(\d{1,6})([smhd])?$/.exec(text) ?? [];
  const factors: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };
  const seconds = Number(number) * (factors[unit] ?? 1);
  if (seconds >= 1 && seconds <= 31_536_000) return seconds;
  throw new InvalidArgumentError('An age as 30s, 10m, 2h or 1d, up to a year.');
}
