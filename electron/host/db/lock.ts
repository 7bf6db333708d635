import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { prepareDirectory } from './data-directory.ts';
import { dataError } from './sqlite-errors.ts';

/**
 * Claims the data directory for one app. The lock is SQLite's own file lock on an empty database,
 * which the operating system frees when the process ends in whatever way; so there is no stale lock.
 * Throws DATA_IN_USE when another app has it, and what prepareDirectory throws.
 */
export function lockDataDirectory(dataDirectory: string): { release(): void } {
  prepareDirectory(dataDirectory);
  let lock: Sqlite.Database | undefined;
  try {
    lock = new Sqlite(join(dataDirectory, 'lock.sqlite'), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    const translated = dataError(error, dataDirectory);
    if (!(translated instanceof RackhelmError && translated.code === 'DATA_IN_USE')) {
      throw translated;
    }
    throw new RackhelmError(
      'DATA_IN_USE',
      `Rackhelm already runs with the data in ${dataDirectory}.`,
      { cause: error, data: { directory: dataDirectory } },
    );
  }
  const held = lock;
  return { release: () => held.close() };
}
