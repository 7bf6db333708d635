import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseFile } from './data-directory.ts';
import { type Database, type OpenOptions, openDatabase } from './index.ts';

/** For tests: a data directory of its own, with whatever is open in it closed at the end. */
export interface TemporaryData {
  readonly directory: string;
  open(options?: Omit<OpenOptions, 'dataDirectory'>): Database;
  remove(): void;
}

const newDirectory = () => mkdtempSync(join(tmpdir(), 'rackhelm-data-'));

/** An empty database, so that each test need not take every step from the first version on. */
let empty: string | undefined;

function emptyDatabase(): string {
  if (empty !== undefined) return empty;
  const directory = newDirectory();
  openDatabase({ dataDirectory: directory }).close();
  process.on('exit', () => rmSync(directory, { recursive: true, force: true }));
  empty = databaseFile(directory);
  return empty;
}

export function temporaryData(): TemporaryData {
  const directory = newDirectory();
  const opened: Database[] = [];
  return {
    directory,
    open(options = {}) {
      const file = databaseFile(directory);
      // What a test put there itself stays, and what it took away stays away.
      if (opened.length === 0 && !existsSync(file)) copyFileSync(emptyDatabase(), file);
      const database = openDatabase({ dataDirectory: directory, ...options });
      opened.push(database);
      return database;
    },
    remove() {
      for (const database of opened) database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
