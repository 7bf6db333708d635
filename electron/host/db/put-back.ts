import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { exchangeDatabase } from './exchange.ts';
import type { DatabasePlace } from './place.ts';
import { dataError } from './sqlite-errors.ts';

export interface OpenFile {
  readonly sqlite: Sqlite.Database;
  readonly place: DatabasePlace;
  readonly dataDirectory: string;
  /** Ends all use of the file. */
  close(): void;
}

/**
 * Writes a database that is open, but whose file was moved or deleted, out to its old place and
 * closes it. What lies there now stays beside it under the returned name; null when nothing did.
 * Throws what `dataError` makes of a full or read-only disk; it is then as open as before.
 */
export function putBack(open: OpenFile): { keptAs: string | null } {
  const { sqlite, place, dataDirectory } = open;
  let keptAs: string | null = null;
  try {
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    const exchanged = exchangeDatabase(dataDirectory, {
      fill: (partial) => void sqlite.prepare('VACUUM INTO ?').run(partial),
      decided() {
        keptAs = setAside(place, dataDirectory);
        open.close();
        place.removeLog();
      },
    });
    return { keptAs: keptAs ?? (existsSync(exchanged) ? exchanged : null) };
  } catch (error) {
    throw dataError(error, dataDirectory);
  }
}

/** Gives another database that lies there another name, with its log and never with ours. */
function setAside(place: DatabasePlace, dataDirectory: string): string | null {
  const { file } = place;
  let keptAs: string | null = null;
  if (existsSync(file) && !place.isOurs(file)) {
    keptAs = join(dataDirectory, `rackhelm-replaced-${Date.now()}.sqlite`);
    renameSync(file, keptAs);
  }
  const log = `${file}-wal`;
  if (existsSync(log) && !place.isOurs(log)) {
    if (keptAs === null) rmSync(log);
    else renameSync(log, `${keptAs}-wal`);
  }
  if (!place.isOurs(`${file}-shm`)) rmSync(`${file}-shm`, { force: true });
  return keptAs;
}
