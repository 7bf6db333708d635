import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readSync,
  statSync,
} from 'node:fs';
import Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { busyTimeoutMs } from './busy.ts';
import { quickCheck, tablesOf } from './check.ts';
import { copiesDirectory, goodCopies, hasCopies, takeCopy } from './copies.ts';
import { databaseFile, prepareDirectory } from './data-directory.ts';
import { finishExchange } from './exchange.ts';
import { missingPart } from './expected-schema.ts';
import { applicationId, migrate } from './migrate.ts';
import { type Migration, migrations } from './migrations/index.ts';
import { createOwnerOnly, makeOwnerOnly, tightenDirectory } from './owner-only.ts';
import { movedError } from './place.ts';
import { dataError, isBusy, isDamage, messageOf } from './sqlite-errors.ts';

/**
 * Opens the inventory's file, checked and migrated. Throws DATA_READ_ONLY, DATA_DISK_FULL,
 * DATA_NOT_A_DATABASE, DATA_DAMAGED (with the copies that could replace it), DATA_NEWER,
 * DATA_MIGRATION_CHANGED, DATA_IN_USE; the file is then as it was.
 */
export function openSqlite(
  dataDirectory: string,
  steps: readonly Migration[] = migrations,
): Sqlite.Database {
  prepareDirectory(dataDirectory);
  tightenCopies(dataDirectory);
  finishRecovery(dataDirectory);
  const file = databaseFile(dataDirectory);
  checkHeader(file, dataDirectory);
  checkWritable(file, dataDirectory);
  let sqlite: Sqlite.Database | undefined;
  try {
    createOwnerOnly(file);
    sqlite = new Sqlite(file, { timeout: busyTimeoutMs });
    refuseForeign(sqlite, file);
    configure(sqlite);
    makeOwnerOnly(file);
    const opened = sqlite;
    // As of one moment: another process may be taking the steps of a new version just now.
    const look = opened.transaction(() => checkAtStart(opened) ?? missingPart(opened, steps));
    const problem = look.deferred();
    if (problem !== undefined) throw new Damage(problem);
    migrate(sqlite, {
      migrations: steps,
      copyBefore: (version) => {
        takeCopy(opened, dataDirectory, `before-migration-${version}`);
      },
    });
    return sqlite;
  } catch (error) {
    sqlite?.close();
    throw asDamage(error, file, dataDirectory) ?? dataError(error, dataDirectory);
  }
}

/** Opens the inventory's file once more, which is open and in order in another thread. */
export function openBeside(dataDirectory: string): Sqlite.Database {
  const file = databaseFile(dataDirectory);
  if (!existsSync(file)) throw movedError(file, 'missing');
  try {
    const sqlite = new Sqlite(file, {
      timeout: busyTimeoutMs,
      fileMustExist: true,
    });
    configure(sqlite);
    return sqlite;
  } catch (error) {
    throw dataError(error, dataDirectory);
  }
}

/** Copies of what only the owner may read; older releases, or a restored backup, left them open. */
function tightenCopies(dataDirectory: string): void {
  try {
    tightenDirectory(copiesDirectory(dataDirectory));
  } catch (error) {
    throw dataError(error, dataDirectory);
  }
}

/** Before anything is read: what stands there may be neither the old database nor the new one. */
function finishRecovery(dataDirectory: string): void {
  try {
    finishExchange(dataDirectory);
  } catch (error) {
    throw dataError(error, dataDirectory);
  }
}

/** Going over to WAL wants a new file for itself, and does not wait for it as all else does. */
function goOverToWal(sqlite: Sqlite.Database): void {
  const until = Date.now() + busyTimeoutMs;
  const pause = new Int32Array(new SharedArrayBuffer(4));
  for (;;) {
    try {
      sqlite.pragma('journal_mode = WAL');
      return;
    } catch (error) {
      if (!isBusy(error) || Date.now() > until) throw error;
      Atomics.wait(pause, 0, 0, 10);
    }
  }
}

function configure(sqlite: Sqlite.Database): void {
  goOverToWal(sqlite);
  // FULL: what a person was told is saved survives a power cut, for one fsync per change set.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // So that a REPLACE, too, would fire the triggers of the row that it takes.
  sqlite.pragma('recursive_triggers = ON');
  // At most 64 MiB, taken as needed: a whole inventory of 10,000 devices.
  sqlite.pragma('cache_size = -65536');
  sqlite.pragma('temp_store = MEMORY');
}

/** Before anything of the file is changed, even its journal mode. */
function refuseForeign(sqlite: Sqlite.Database, file: string): void {
  const tables = sqlite.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get();
  const foreign = sqlite.pragma('application_id', { simple: true }) !== applicationId;
  if (tables === undefined || !foreign) return;
  // Our tables under another mark: the mark is what was lost.
  const ours = sqlite.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'change_set'").get();
  if (ours !== undefined) throw new Damage('it no longer bears the mark of Rackhelm');
  throw new RackhelmError('DATA_NOT_A_DATABASE', `${file} is a database of another program.`);
}

/**
 * Everything, as long as that takes a fraction of a second. In a database with years of history the
 * changes are left out: the daily copy checks them (daily-copy.ts), and an undo would notice.
 */
function checkAtStart(sqlite: Sqlite.Database): string | undefined {
  const pages = Number(sqlite.pragma('page_count', { simple: true }));
  if (pages * Number(sqlite.pragma('page_size', { simple: true })) <= checkedWhole) {
    return quickCheck(sqlite);
  }
  for (const name of tablesOf(sqlite)) {
    if (name === 'change') continue;
    const problem = quickCheck(sqlite, name);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

const checkedWhole = 192 * 1024 * 1024;

/** Found by quick_check; openSqlite adds the copies. */
class Damage extends Error {}

/** A file that does not begin as SQLite files do: damaged if we have copies of it, else foreign. */
function checkHeader(file: string, dataDirectory: string): void {
  let header: Buffer;
  try {
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat === undefined || (stat.isFile() && stat.size === 0)) {
      // A new one; but not where there are copies of an older one.
      if (!hasCopies(dataDirectory)) return;
      const problem = stat === undefined ? 'it is missing' : 'it is empty';
      throw damagedError(problem, file, dataDirectory);
    }
    header = stat.isFile() ? readStart(file) : Buffer.alloc(0);
  } catch (error) {
    throw dataError(error, dataDirectory);
  }
  const begins = header.toString('latin1', 0, 16) === 'SQLite format 3\0';
  // Versions of the format, of which there are two: with another one SQLite would call it read-only.
  const formats = [...header.subarray(18, 20)].every((format) => format === 1 || format === 2);
  if (begins && formats) return;
  if (begins || hasCopies(dataDirectory)) {
    throw damagedError('it does not begin as a database does', file, dataDirectory);
  }
  throw new RackhelmError('DATA_NOT_A_DATABASE', `${file} is not a Rackhelm database.`, {
    data: { file },
  });
}

/** SQLite would open it all the same, and the first change would fail. */
function checkWritable(file: string, dataDirectory: string): void {
  try {
    if (existsSync(file)) accessSync(file, constants.R_OK | constants.W_OK);
  } catch (error) {
    throw new RackhelmError('DATA_READ_ONLY', `Rackhelm may not write to ${file}.`, {
      cause: error,
      data: { directory: dataDirectory },
    });
  }
}

function readStart(file: string): Buffer {
  const descriptor = openSync(file, 'r');
  try {
    const start = Buffer.alloc(20);
    return start.subarray(0, readSync(descriptor, start, 0, start.length, 0));
  } finally {
    closeSync(descriptor);
  }
}

/** What opening found out about the file itself, as an error with the copies; or undefined. */
function asDamage(error: unknown, file: string, dataDirectory: string): RackhelmError | undefined {
  const found = error instanceof Damage || isDamage(error) || isOddHeader(error);
  return found ? damagedError(messageOf(error), file, dataDirectory) : undefined;
}

/** Bytes of the header that are checked at first use: text encoding, page size, format of tables. */
function isOddHeader(error: unknown): boolean {
  return /unsupported file format|unknown encoding|attached databases must use/.test(
    messageOf(error),
  );
}

/** DATA_DAMAGED with the copies that could replace the file. Reads each of them completely. */
export function damagedError(problem: string, file: string, dataDirectory: string): RackhelmError {
  const copies = goodCopies(dataDirectory);
  return new RackhelmError('DATA_DAMAGED', `The database ${file} is damaged: ${problem}.`, {
    data: { problem, file, copies },
    hint:
      copies.length > 0
        ? 'Restore the newest good copy; the damaged file is kept beside it.'
        : 'There is no good copy; move the file away to start anew.',
  });
}
