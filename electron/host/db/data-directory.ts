import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { dataError } from './sqlite-errors.ts';

/**
 * Makes the data directory, for its owner only, and checks that it can be written to.
 * Throws DATA_READ_ONLY, DATA_DISK_FULL, or INVALID_INPUT when the path is something else.
 */
export function prepareDirectory(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw notADirectory(directory, error);
    // On a read-only disk Node's recursive mkdir says ENOENT; the nearest parent tells the truth.
    if (code === 'ENOENT') checkWritable(nearestExisting(resolve(directory)), directory);
    throw dataError(error, directory);
  }
  if (!statSync(directory).isDirectory()) throw notADirectory(directory);
  checkWritable(directory, directory);
}

function checkWritable(place: string, directory: string): void {
  try {
    accessSync(place, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw dataError(error, directory);
  }
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

function notADirectory(directory: string, cause?: unknown): RackhelmError {
  return new RackhelmError('INVALID_INPUT', `${directory} is not a directory.`, {
    cause,
    hint: 'Choose another --data directory.',
  });
}
