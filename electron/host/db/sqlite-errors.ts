import { statfsSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { type ErrorDetails, RackhelmError } from '../../../shared/model/errors.ts';

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
  if (code === 'SQLITE_READONLY_DBMOVED') {
    return new RackhelmError(
      'DATA_MOVED',
      `The database in ${directory} was moved or deleted while Rackhelm ran; this change was not written.`,
      options,
    );
  }
  if (readOnlyCodes.has(code) || code.startsWith('SQLITE_READONLY')) {
    return new RackhelmError('DATA_READ_ONLY', `Rackhelm may not write to ${directory}.`, options);
  }
  if (isBusy(error)) {
    return new RackhelmError(
      'DATA_IN_USE',
      'Another Rackhelm kept the database busy for too long; nothing was written.',
      { ...options, hint: 'Try again when the other one has finished.' },
    );
  }
  if (isDamage(error)) {
    return new RackhelmError(
      'DATA_DAMAGED',
      `The database in ${directory} is damaged: ${messageOf(error)}.`,
      { ...options, hint: 'Start Rackhelm again; it then offers the newest good copy.' },
    );
  }
  return pathError(code, directory, options) ?? error;
}

/** A sentence for a person, whatever odd thing the path of the data is. */
function pathError(code: string, directory: string, options: ErrorDetails) {
  const sentence = pathSentences[code];
  if (sentence === undefined) return undefined;
  const hint = 'Choose another --data directory.';
  return new RackhelmError('INVALID_INPUT', `${shortened(directory)} ${sentence}.`, {
    ...options,
    hint,
  });
}

const pathSentences: Readonly<Record<string, string>> = {
  ELOOP: 'is a loop of links',
  ENAMETOOLONG: 'is too long for a path',
  ENOTDIR: 'is not a directory',
  EINVAL: 'is no path that this system can use',
  ERR_INVALID_ARG_VALUE: 'is no path that this system can use',
};

/** Nobody reads four thousand letters. */
function shortened(path: string): string {
  return path.length > 200 ? `${path.slice(0, 100)}…${path.slice(-40)}` : path;
}

/** Another connection holds what this one needs. */
export function isBusy(error: unknown): boolean {
  return /^SQLITE_(?:BUSY|LOCKED)/.test(errorCode(error) ?? '');
}

export function isConstraint(error: unknown): boolean {
  return errorCode(error)?.startsWith('SQLITE_CONSTRAINT') ?? false;
}

export function isDamage(error: unknown): boolean {
  const code = errorCode(error);
  if (code === undefined) return false;
  if (damagedCodes.some((prefix) => code.startsWith(prefix))) return true;
  // Our statements fit the schema that was checked at the start: what they miss was lost since.
  return code.startsWith('SQLITE_ERROR') && lostPart.test(messageOf(error));
}

const lostPart = /^no such (table|column|index)|^vtable constructor failed|malformed|^fts5: /;

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

/** What a table refused and of which columns; undefined for any other error. */
export interface Constraint {
  readonly type: 'unique' | 'reference' | 'missing' | 'check';
  readonly columns: readonly string[];
}

export function constraintOf(error: unknown): Constraint | undefined {
  if (!isConstraint(error)) return undefined;
  const code = errorCode(error) ?? '';
  const [, list = ''] = /constraint failed: (.*)$/.exec(messageOf(error)) ?? [];
  // `cable.label, cable.type`, or the name of an index over an expression, which begins with its table.
  const columns = list.split(', ').map(
    (name) =>
      name
        .replace(/^index '|'$/g, '')
        .split('.')
        .at(-1) ?? '',
  );
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY') {
    return { type: 'unique', columns };
  }
  // The trigger of annotations says so where no foreign key can; see annotation-triggers.ts.
  const isGone = messageOf(error).endsWith('refers to is gone');
  if (code === 'SQLITE_CONSTRAINT_FOREIGNKEY' || isGone) return { type: 'reference', columns: [] };
  if (code === 'SQLITE_CONSTRAINT_NOTNULL') return { type: 'missing', columns };
  return { type: 'check', columns: [] };
}
