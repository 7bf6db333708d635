import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import Sqlite from 'better-sqlite3';
import type { GoodCopy } from '../../../shared/contract/system.ts';
import { quickCheck } from './check.ts';
import { applicationId } from './migrate.ts';
import { createOwnerOnly } from './owner-only.ts';
import { messageOf } from './sqlite-errors.ts';

/** How many automatic copies are kept, and how old the newest may grow. */
export const keptCopies = 10;
export const copyInterval = 24 * 60 * 60 * 1000;

const namePattern = /^rackhelm-(\d{13})-[a-z0-9-]+\.sqlite$/;
/** With what SQLite may keep beside it. */
const partialPattern = /^rackhelm-\d{13}-[a-z0-9-]+\.sqlite\.partial(-[a-z]+)?$/;
const abandonedAfter = 60 * 60 * 1000;

export interface CopyFile {
  readonly file: string;
  readonly takenAt: number;
}

export function copiesDirectory(dataDirectory: string): string {
  return join(dataDirectory, 'copies');
}

/** Newest first; unfinished copies carry another name and are not among them. */
export function listCopies(dataDirectory: string): readonly CopyFile[] {
  return namesIn(copiesDirectory(dataDirectory))
    .flatMap((name) => {
      const takenAt = namePattern.exec(name)?.[1];
      if (takenAt === undefined) return [];
      return [{ file: join(copiesDirectory(dataDirectory), name), takenAt: Number(takenAt) }];
    })
    .sort((a, b) => b.takenAt - a.takenAt);
}

/** Whether there was an inventory before; something else in the place of the copies says nothing. */
export function hasCopies(dataDirectory: string): boolean {
  const directory = statSync(copiesDirectory(dataDirectory), { throwIfNoEntry: false });
  return directory?.isDirectory() === true && listCopies(dataDirectory).length > 0;
}

/**
 * Whether the daily copy is due. A copy dated far ahead, from a day when the clock was wrong, does
 * not count: it would stop all others until its day comes.
 */
export function isCopyDue(dataDirectory: string, now = Date.now()): boolean {
  return !listCopies(dataDirectory).some(({ takenAt }) => Math.abs(now - takenAt) < copyInterval);
}

export interface BegunCopy {
  readonly file: string;
  /** What is filled and then becomes `file`; it is there and empty. */
  readonly partial: string;
}

/** Names a copy and makes its unfinished form; `why` is `daily` or `before-migration-2`. */
export function beginCopy(dataDirectory: string, why: string): BegunCopy {
  const directory = copiesDirectory(dataDirectory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  removeAbandoned(directory);
  const file = join(directory, `rackhelm-${Date.now()}-${why}.sqlite`);
  const partial = `${file}.partial`;
  createOwnerOnly(partial);
  return { file, partial };
}

/** What a program that was killed left half done. A copy under way was written to just now. */
function removeAbandoned(directory: string): void {
  for (const name of namesIn(directory).filter((name) => partialPattern.test(name))) {
    const file = join(directory, name);
    const stat = statSync(file, { throwIfNoEntry: false });
    if (stat !== undefined && Date.now() - stat.mtimeMs > abandonedAfter) {
      rmSync(file, { force: true });
    }
  }
}

/** Copies the database as it stands; throws when it cannot, and leaves no half copy behind. */
export function takeCopy(sqlite: Sqlite.Database, dataDirectory: string, why: string): string {
  const copy = beginCopy(dataDirectory, why);
  try {
    sqlite.prepare('VACUUM INTO ?').run(copy.partial);
    finishCopy(dataDirectory, copy);
  } catch (error) {
    rmSync(copy.partial, { force: true });
    throw error;
  }
  return copy.file;
}

/** Gives a copy its name, and removes the oldest ones beyond those that are kept. */
export function finishCopy(dataDirectory: string, { partial, file }: BegunCopy): void {
  renameSync(partial, file);
  const isAhead = ({ takenAt }: CopyFile) => takenAt > Date.now() + copyInterval;
  const copies = listCopies(dataDirectory);
  // Those dated ahead go first; nobody knows how old they are, and they would never be the oldest.
  const byWorth = [...copies.filter((copy) => !isAhead(copy)), ...copies.filter(isAhead)];
  for (const old of byWorth.slice(keptCopies)) rmSync(old.file, { force: true });
}

/** The copies that are whole and ours, newest first. Reads each of them completely. */
export function goodCopies(dataDirectory: string): GoodCopy[] {
  return listCopies(dataDirectory).flatMap((copy) => {
    const checked = checkCopy(copy.file);
    if (typeof checked === 'string') return [];
    return [{ ...copy, sizeBytes: statSync(copy.file).size, devices: checked.devices }];
  });
}

/** What the copy holds, or what is wrong with it. */
export function checkCopy(file: string): { readonly devices: number | null } | string {
  let sqlite: Sqlite.Database | undefined;
  try {
    sqlite = new Sqlite(file, { readonly: true, fileMustExist: true });
    if (sqlite.pragma('application_id', { simple: true }) !== applicationId) return 'not ours';
    const problem = quickCheck(sqlite);
    if (problem !== undefined) return problem;
    const row = sqlite.prepare<[], { devices: number }>('SELECT count(*) AS devices FROM device');
    return { devices: row.get()?.devices ?? null };
  } catch (error) {
    return `${basename(file)}: ${messageOf(error)}`;
  } finally {
    sqlite?.close();
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}
