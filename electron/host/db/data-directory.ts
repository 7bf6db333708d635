import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { dataError } from './sqlite-errors.ts';

export function databaseFile(dataDirectory: string): string {
  return join(dataDirectory, 'rackhelm.sqlite');
}

/** Whether an inventory was ever made there; nothing is opened. */
export function hasDatabase(dataDirectory: string): boolean {
  return existsSync(databaseFile(dataDirectory));
}

/**
 * Makes the data directory, for its owner only, and checks that it can be written to.
 * Throws DATA_READ_ONLY, DATA_DISK_FULL, or INVALID_INPUT when the path is something else.
 */
export function prepareDirectory(directory: string): void {
  try {
    makeMissing(resolve(directory));
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOTDIR') throw notADirectory(directory, error);
    // The parent was there a moment ago, so this is a place where nothing can be made: /proc, a
    // drive that is not plugged in.
    if (code === 'ENOENT') throw readOnly(directory, error);
    throw dataError(error, directory);
  }
  try {
    if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
      throw notADirectory(directory);
    }
    accessSync(directory, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw dataError(error, directory);
  }
}

/** One by one from the top: Node's own recursive mkdir never ends below /proc. */
function makeMissing(directory: string): void {
  if (existsSync(directory)) return;
  const parent = dirname(directory);
  if (parent !== directory) makeMissing(parent);
  try {
    mkdirSync(directory, { mode: 0o700 });
  } catch (error) {
    // Another program made it in between, or a link points nowhere; the caller looks.
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

function readOnly(directory: string, cause: unknown): RackhelmError {
  return new RackhelmError('DATA_READ_ONLY', `Rackhelm may not write to ${directory}.`, {
    cause,
    data: { directory },
  });
}

function notADirectory(directory: string, cause?: unknown): RackhelmError {
  return new RackhelmError('INVALID_INPUT', `${directory} is not a directory.`, {
    cause,
    hint: 'Choose another --data directory.',
  });
}
