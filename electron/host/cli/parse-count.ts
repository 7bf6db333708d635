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
