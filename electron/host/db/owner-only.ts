import { chmodSync, closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const ownerOnly = 0o600;

/** Makes an empty file for its owner only, which SQLite then fills; leaves alone what is there. */
export function createOwnerOnly(file: string): void {
  closeSync(openSync(file, 'a', ownerOnly));
}

/** Takes everybody else's rights to a database and to the files that SQLite keeps beside it. */
export function makeOwnerOnly(database: string): void {
  for (const file of [database, `${database}-wal`, `${database}-shm`]) restrict(file, ownerOnly);
}

/** The same for a directory and the files in it; nothing happens where there is none. */
export function tightenDirectory(directory: string): void {
  for (const name of namesIn(directory)) restrict(join(directory, name), ownerOnly);
  restrict(directory, 0o700);
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  } catch (error) {
    // Not there; or not to be read by us, and whoever needs it will say so.
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes(String(codeOf(error)))) return [];
    throw error;
  }
}

function restrict(path: string, mode: number): void {
  try {
    if ((statSync(path).mode & 0o777) !== mode) chmodSync(path, mode);
  } catch (error) {
    const code = codeOf(error);
    // Not there; or somebody else's, who lets us write to it and decides who else may.
    if (!['ENOENT', 'ENOTDIR', 'EPERM', 'EACCES'].includes(String(code))) throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
