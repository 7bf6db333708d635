import type { GoodCopy } from '../../shared/contract/system.ts';
import { RackhelmError } from '../../shared/model/errors.ts';
import { checkCopy, type Displacement, damagedError, isDamage } from './db/index.ts';

export interface Damage {
  readonly problem: string;
  readonly file: string;
  readonly copies: GoodCopy[];
}

/** How the host stands with its database. */
export type Standing<Host> =
  | { readonly database: 'ready'; readonly host: Host }
  | DamagedStanding
  /** Its file went away below it: it still reads what was saved, and refuses every change. */
  | {
      readonly database: 'displaced';
      readonly host: Host;
      readonly what: Exclude<Displacement, 'overwritten'>;
    };

interface DamagedStanding {
  readonly database: 'damaged';
  readonly error: RackhelmError;
  readonly damage: Damage;
}

export function damageStanding(
  problem: string,
  file: string,
  dataDirectory: string,
): DamagedStanding {
  const error = damagedError(problem, file, dataDirectory);
  return { database: 'damaged', error, damage: error.data as unknown as Damage }; // damagedError fills it with exactly this
}

/** Damage that a query met, which SQLite tells in its own words or `dataError` in ours. */
export function damageFound(
  error: unknown,
  file: string,
  dataDirectory: string,
): DamagedStanding | undefined {
  const cause = error instanceof RackhelmError ? error.cause : error;
  if (!isDamage(cause)) return undefined;
  const problem = cause instanceof Error ? cause.message : String(cause);
  return damageStanding(problem, file, dataDirectory);
}

/** Throws DATA_DAMAGED when this file is no whole database of ours. */
export function foundIsWhole(file: string): void {
  const found = checkCopy(file);
  if (typeof found !== 'string') return;
  throw new RackhelmError('DATA_DAMAGED', `What lies there cannot be used: ${found}.`, {
    hint: 'Put back what Rackhelm holds; the file that lies there is kept beside it.',
  });
}
