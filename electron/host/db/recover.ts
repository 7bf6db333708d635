import {
  closeSync,
  constants,
  copyFileSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { checkCopy, listCopies } from './copies.ts';
import { databaseFile } from './open.ts';
import { makeOwnerOnly } from './owner-only.ts';
import { dataError } from './sqlite-errors.ts';

/**
 * Puts an automatic copy in the place of a damaged database. The damaged file and its write-ahead
 * log stay beside it under the returned name. `copyFile` must be one that the copies list names.
 * Throws NOT_FOUND for any other file, DATA_DAMAGED when the copy is not whole.
 */
export function recoverDatabase(dataDirectory: string, copyFile: string): { keptAs: string } {
  const copy = listCopies(dataDirectory).find(({ file }) => file === copyFile);
  if (copy === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This file is not one of the automatic copies.', {
      hint: 'Choose a copy from the list.',
    });
  }
  const checked = checkCopy(copy.file);
  if (typeof checked === 'string') {
    throw new RackhelmError('DATA_DAMAGED', `This copy is damaged too: ${checked}.`, {
      hint: 'Choose another copy.',
    });
  }
  try {
    return { keptAs: exchange(dataDirectory, copy.file) };
  } catch (error) {
    throw dataError(error, dataDirectory);
  }
}

function exchange(dataDirectory: string, copyFile: string): string {
  const file = databaseFile(dataDirectory);
  const fresh = `${file}.recovering`;
  const keptAs = join(dataDirectory, `rackhelm-damaged-${Date.now()}.sqlite`);
  rmSync(fresh, { force: true });
  copyFileSync(copyFile, fresh);
  makeOwnerOnly(fresh);
  flush(fresh);
  // The log goes first: it must never be replayed into the copy.
  moveIfThere(`${file}-wal`, `${keptAs}-wal`);
  rmSync(`${file}-shm`, { force: true });
  keepAs(file, keptAs);
  makeOwnerOnly(keptAs);
  // One step: at no moment is there no database, which the next start would take for a new one.
  renameSync(fresh, file);
  return keptAs;
}

function keepAs(file: string, keptAs: string): void {
  try {
    linkSync(file, keptAs);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    // A file system without hard links.
    copyFileSync(file, keptAs, constants.COPYFILE_EXCL);
  }
}

function moveIfThere(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
