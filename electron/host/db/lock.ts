import { statSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { prepareDirectory } from './data-directory.ts';
import { dataError, isDamage } from './sqlite-errors.ts';

export interface DataLock {
  /** Claims it again where the directory was deleted meanwhile, and the lock with it. Throws as the claim does. */
  renew(): void;
  release(): void;
}

/**
 * Claims the data directory for one app. The lock is SQLite's own file lock on an empty database,
 * which the operating system frees when the process ends in whatever way; so there is no stale lock.
 * Throws DATA_IN_USE when another app has it, INVALID_INPUT when something else lies there, and what
 * prepareDirectory throws.
 */
export function lockDataDirectory(dataDirectory: string): DataLock {
  const file = join(dataDirectory, 'lock.sqlite');
  let held = claim(dataDirectory, file);
  let place = statSync(file, { throwIfNoEntry: false })?.ino;
  return {
    renew() {
      if (place !== undefined && statSync(file, { throwIfNoEntry: false })?.ino === place) return;
      const renewed = claim(dataDirectory, file);
      held.close();
      held = renewed;
      place = statSync(file, { throwIfNoEntry: false })?.ino;
    },
    release: () => void held.close(),
  };
}

function claim(dataDirectory: string, file: string): Sqlite.Database {
  prepareDirectory(dataDirectory);
  let lock: Sqlite.Database | undefined;
  try {
    lock = new Sqlite(file, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    throw notClaimed(dataError(error, dataDirectory), file, dataDirectory);
  }
}

function notClaimed(error: unknown, file: string, dataDirectory: string): unknown {
  if (error instanceof RackhelmError && error.code === 'DATA_IN_USE') {
    return new RackhelmError(
      'DATA_IN_USE',
      `Rackhelm already runs with the data in ${dataDirectory}.`,
      { cause: error.cause, data: { directory: dataDirectory } },
    );
  }
  const told = error instanceof RackhelmError && error.code === 'DATA_DISK_FULL';
  const cause = error instanceof RackhelmError ? error.cause : error;
  return !told && (isDamage(cause) || isUnusable(cause)) ? inTheWay(file, cause) : error;
}

/** A directory of that name, or a file that we may not open. */
function isUnusable(error: unknown): boolean {
  return error instanceof Sqlite.SqliteError && /^SQLITE_(CANTOPEN|READONLY)/.test(error.code);
}

function inTheWay(file: string, cause: unknown): RackhelmError {
  return new RackhelmError(
    'INVALID_INPUT',
    `${file} is in the way: it is not a lock that this Rackhelm can use.`,
    { cause, hint: 'Move it away, or choose another --data directory.' },
  );
}
