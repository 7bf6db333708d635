import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { newId } from '../ids.ts';
import { createOwnerOnly } from '../owner-only.ts';
import { dataError, isBusy } from '../sqlite-errors.ts';

/**
 * Who runs a job, told by a lock on a file that the operating system frees when its process ends in
 * whatever way: neither a number of a process nor a clock can then be mistaken for a living owner.
 */
export interface Runner {
  /** Written into the jobs that this process runs. */
  readonly id: string;
  release(): void;
}

const nameOf = (databaseFile: string, id: string) =>
  join(dirname(databaseFile), 'runners', `${id}.sqlite`);

/** Throws DATA_* where the directory cannot be written to. */
export function becomeRunner(databaseFile: string): Runner {
  const directory = dirname(databaseFile);
  try {
    mkdirSync(join(directory, 'runners'), { recursive: true, mode: 0o700 });
    for (;;) {
      const id = newId();
      const file = nameOf(databaseFile, id);
      const lock = hold(file);
      if (lock === undefined) continue;
      return {
        id,
        release() {
          rmSync(file, { force: true });
          lock.close();
        },
      };
    }
  } catch (error) {
    throw dataError(error, directory);
  }
}

/** Undefined: somebody else looked at it in between and took it for a dead one's. */
function hold(file: string): Sqlite.Database | undefined {
  createOwnerOnly(file);
  const made = statSync(file).ino;
  const lock = take(file);
  if (lock !== undefined && statSync(file, { throwIfNoEntry: false })?.ino === made) return lock;
  lock?.close();
  return undefined;
}

/** Whether that process is still there. What a dead one left is tidied away. */
export function isRunning(databaseFile: string, id: string): boolean {
  const file = nameOf(databaseFile, id);
  if (statSync(file, { throwIfNoEntry: false }) === undefined) return false;
  const lock = take(file);
  if (lock === undefined) return true;
  rmSync(file, { force: true });
  lock.close();
  return false;
}

function take(file: string): Sqlite.Database | undefined {
  let lock: Sqlite.Database | undefined;
  try {
    lock = new Sqlite(file, { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (isBusy(error)) return undefined;
    throw error;
  }
}
