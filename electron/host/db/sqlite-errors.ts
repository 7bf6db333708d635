import { statfsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';

const fullCodes = new Set(['ENOSPC', 'EDQUOT', 'SQLITE_FULL']);
const readOnlyCodes = new Set(['EROFS', 'EACCES', 'EPERM', 'SQLITE_PERM', 'SQLITE_AUTH']);
const damagedCodes = ['SQLITE_CORRUPT', 'SQLITE_NOTADB'];

/** Less than this is not enough for SQLite's shared-memory file and one commit. */
const hardlyAnySpace = 256 * 1024;

/**
 * Turns what SQLite or the file system says of the data directory into a sentence for a person.
 * Anything else (a constraint, our own errors) comes back as it is.
 */
export function dataError(error: unknown, directory: string): unknown {
  const code = errorCode(error);
  if (code === undefined || error instanceof RackhelmError) return error;
  const options = { cause: error, data: { directory } };
  if (fullCodes.has(code) || (isInputOutput(code) && hasNoSpace(directory))) {
    return new RackhelmError(
      'DATA_DISK_FULL',
      `The disk that holds ${directory} is full; nothing was written.`,
      options,
    );
  }
  if (readOnlyCodes.has(code) || code.startsWith('SQLITE_READONLY')) {
    return new RackhelmError('DATA_READ_ONLY', `Rackhelm may not write to ${directory}.`, options);
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return new RackhelmError(
      'DATA_IN_USE',
      'Another Rackhelm kept the database busy for too long; nothing was written.',
      { ...options, hint: 'Try again when the other one has finished.' },
    );
  }
  if (damagedCodes.some((prefix) => code.startsWith(prefix))) {
    return new RackhelmError(
      'DATA_DAMAGED',
      `The database in ${directory} is damaged: ${messageOf(error)}.`,
      { ...options, hint: 'Start Rackhelm again; it then offers the newest good copy.' },
    );
  }
  return error;
}

export function isConstraint(error: unknown): boolean {
  return errorCode(error)?.startsWith('SQLITE_CONSTRAINT') ?? false;
}

export function isDamage(error: unknown): boolean {
  const code = errorCode(error);
  return code !== undefined && damagedCodes.some((prefix) => code.startsWith(prefix));
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function errorCode(error: unknown): string | undefined {
  if (error instanceof Sqlite.SqliteError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return undefined;
}

/** A full disk also shows as a plain I/O error, e.g. when the shared-memory file cannot grow. */
function isInputOutput(code: string): boolean {
  return code.startsWith('SQLITE_IOERR') || code.startsWith('SQLITE_CANTOPEN');
}

function hasNoSpace(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize < hardlyAnySpace;
  } catch {
    // The directory is gone or unreadable: then space is not what is wrong.
    return false;
  }
}
