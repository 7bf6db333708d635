import { copyFileSync, rmSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { type BegunCopy, beginCopy, checkCopy, finishCopy } from './copies.ts';
import { exchangeDatabase } from './exchange.ts';
import type { OpenFile } from './put-back.ts';
import { dataError, isDamage } from './sqlite-errors.ts';

/**
 * Closes a database whose file another program wrote over, as `cp` of a backup does. SQLite would
 * carry its log into what lies there now, and make one of neither. So what was found is copied
 * first, and put back once SQLite has let go; the mixture is kept under the name of a damaged file.
 */
export function setFoundAside({ place, dataDirectory, close }: OpenFile): void {
  try {
    const found = beginCopy(dataDirectory, 'found');
    if (keepWhole(found, place.file, close)) {
      finishCopy(dataDirectory, found);
      exchangeDatabase(dataDirectory, found.file);
    } else {
      rmSync(found.partial, { force: true });
    }
  } catch (error) {
    close();
    throw dataError(error, dataDirectory);
  }
}

function keepWhole({ partial }: BegunCopy, file: string, close: () => void): boolean {
  // It drops the locks that SQLite has on this file, which no longer matters.
  copyFileSync(file, partial);
  close();
  try {
    const sqlite = new Sqlite(partial);
    // Copies use no log, which would leave files beside them.
    sqlite.pragma('journal_mode = DELETE');
    sqlite.close();
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  }
  return typeof checkCopy(partial) !== 'string';
}
