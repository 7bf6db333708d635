import {
  closeSync,
  constants,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { databaseFile } from './data-directory.ts';
import { createOwnerOnly, makeOwnerOnly } from './owner-only.ts';

/**
 * Puts a copy in the place of the database so that it holds after a crash at any moment: once the
 * copy stands whole under its `.recovering` name, the exchange is decided, and whoever opens the
 * database next finishes it. Until then nothing of the database has been touched.
 */

/** Told after each step; a test stops there as a crash would. */
export type AfterStep = (step: (typeof exchangeSteps)[number]) => void;
export const exchangeSteps = ['copied', 'decided', 'log moved', 'kept', 'exchanged'] as const;

const lockTimeoutMs = 5_000;

/** Exchanges, and returns the name under which the database that was there is kept. */
export function exchangeDatabase(
  dataDirectory: string,
  source: string | ExchangeSource,
  afterStep: AfterStep = () => {},
): string {
  return withLock(dataDirectory, () => {
    if (typeof source === 'string') {
      decide(dataDirectory, (partial) => copyFileSync(source, partial), afterStep);
    } else {
      decide(dataDirectory, source.fill, afterStep);
      source.decided();
    }
    return carryOut(dataDirectory, afterStep);
  });
}

/** What comes into the place of the database, where that is no file that lies there already. */
export interface ExchangeSource {
  /** Writes it into this empty file of its owner alone. */
  fill(partial: string): void;
  /** Called once it will take the place, before what lies there is put aside. */
  decided(): void;
}

/** Finishes an exchange that a crash interrupted, or clears away one that was not decided yet. */
export function finishExchange(dataDirectory: string): void {
  const { recovering, partial } = namesIn(dataDirectory);
  if (!existsSync(recovering) && !existsSync(partial)) return;
  withLock(dataDirectory, () => {
    rmSync(partial, { force: true });
    // Another program may have finished it while we waited.
    if (existsSync(recovering)) carryOut(dataDirectory, () => {});
  });
}

function decide(
  dataDirectory: string,
  fill: (partial: string) => void,
  afterStep: AfterStep,
): void {
  const { recovering, partial } = namesIn(dataDirectory);
  try {
    rmSync(partial, { force: true });
    createOwnerOnly(partial);
    fill(partial);
    makeOwnerOnly(partial);
    // Names what is kept, so that an exchange begun twice keeps it once.
    const now = new Date();
    utimesSync(partial, now, now);
    flush(partial);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
  afterStep('copied');
  renameSync(partial, recovering);
  flushNames(dataDirectory);
  afterStep('decided');
}

function carryOut(dataDirectory: string, afterStep: AfterStep): string {
  const { database, recovering } = namesIn(dataDirectory);
  const decidedAt = Math.round(statSync(recovering).mtimeMs);
  const keptAs = join(dataDirectory, `rackhelm-damaged-${decidedAt}.sqlite`);
  // The log goes first, and for good: it must never be replayed into the copy.
  moveIfThere(`${database}-wal`, `${keptAs}-wal`);
  rmSync(`${database}-shm`, { force: true });
  afterStep('log moved');
  keepAs(database, keptAs);
  makeOwnerOnly(keptAs);
  flushNames(dataDirectory);
  afterStep('kept');
  renameSync(recovering, database);
  flushNames(dataDirectory);
  afterStep('exchanged');
  return keptAs;
}

function namesIn(dataDirectory: string) {
  const database = databaseFile(dataDirectory);
  const recovering = `${database}.recovering`;
  return { database, recovering, partial: `${recovering}.partial` };
}

/** One program at a time: a second one would take the log of the database just put in place. */
function withLock<T>(dataDirectory: string, work: () => T): T {
  const file = join(dataDirectory, 'recovery-lock.sqlite');
  createOwnerOnly(file);
  // As in lock.ts: SQLite's lock on an empty database, which ends with the process.
  const lock = new Sqlite(file, { timeout: lockTimeoutMs });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return work();
  } finally {
    lock.close();
  }
}

function keepAs(file: string, keptAs: string): void {
  if (!existsSync(file) || isSameFile(file, keptAs)) return;
  try {
    linkSync(file, keptAs);
  } catch {
    // A file system without hard links. What may be there is an unfinished copy of this file.
    copyFileSync(file, keptAs);
    flush(keptAs);
  }
}

function isSameFile(a: string, b: string): boolean {
  if (!existsSync(b)) return false;
  const [first, second] = [statSync(a, { bigint: true }), statSync(b, { bigint: true })];
  return first.dev === second.dev && first.ino === second.ino;
}

function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}

function flush(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Makes renames survive a power cut in this order. Windows has no such call and needs none. */
function flushNames(directory: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(directory, constants.O_RDONLY);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
