import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, type OpenOptions, openDatabase } from './index.ts';

/** For tests: a data directory of its own, with whatever is open in it closed at the end. */
export interface TemporaryData {
  readonly directory: string;
  open(options?: Omit<OpenOptions, 'dataDirectory'>): Database;
  remove(): void;
}

export function temporaryData(): TemporaryData {
  const directory = mkdtempSync(join(tmpdir(), 'rackhelm-data-'));
  const opened: Database[] = [];
  return {
    directory,
    open(options = {}) {
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
