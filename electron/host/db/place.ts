import { type BigIntStats, rmSync, statSync } from 'node:fs';
import type Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { watchContent } from './place-content.ts';

/** What happened to the file below an open database. */
export type Displacement = 'missing' | 'replaced' | 'overwritten';

/**
 * Whether the files that SQLite writes to are still those that the next start would open. SQLite
 * itself goes on writing to a file that was moved or deleted, and acknowledges what is then lost.
 */
export interface DatabasePlace {
  /** What is wrong at this moment. A file that is moved back in place is in order again. */
  look(): Displacement | undefined;
  /** Throws DATA_MOVED when something is; inside a transaction it sees files, not their content. */
  check(): void;
  /** Told after each write of this connection, which may have carried the log into the file. */
  written(): void;
  /** The same for another connection that has the same files open; see OpenOptions. */
  readonly identity: string;
  /** Whether the file of this name is one that is open here. */
  isOurs(file: string): boolean;
  /**
   * Removes our log where it lies beside another database, into which the next start would carry it.
   * SQLite does not: it leaves the log alone when its file was moved. Only once all is kept elsewhere.
   */
  removeLog(): void;
  readonly file: string;
}

/** Call once SQLite has opened the file and its log. */
export function rememberPlace(sqlite: Sqlite.Database, file: string): DatabasePlace {
  const opened = new Map([file, `${file}-wal`, `${file}-shm`].map((name) => [name, stat(name)]));
  const content = watchContent(sqlite, () => stat(file));

  const isOurs = (name: string) => {
    const [then, now] = [opened.get(name), stat(name)];
    return then !== undefined && now !== undefined && then.ino === now.ino && then.dev === now.dev;
  };
  const look = (): Displacement | undefined => {
    for (const [name, then] of opened) {
      if (then === undefined || isOurs(name)) continue;
      // Without its log, too, the next start would lack what was written last.
      return stat(file) === undefined || isOurs(file) ? 'missing' : 'replaced';
    }
    return content.isForeign() ? 'overwritten' : undefined;
  };
  return {
    file,
    identity: [...opened.values()].map((one) => `${one?.dev}:${one?.ino}`).join(' '),
    look,
    isOurs,
    written: content.written,
    removeLog() {
      for (const name of [`${file}-wal`, `${file}-shm`]) if (isOurs(name)) rmSync(name);
    },
    check() {
      const what = look();
      if (what !== undefined) throw movedError(file, what);
    },
  };
}

const sentences: Readonly<Record<Displacement, string>> = {
  missing: 'was moved or deleted',
  replaced: 'was replaced by another one',
  overwritten: 'was overwritten by another program',
};

export function movedError(file: string, what: Displacement): RackhelmError {
  return new RackhelmError(
    'DATA_MOVED',
    `The database ${file} ${sentences[what]} while Rackhelm ran; this change was not written.`,
    { data: { file, what } },
  );
}

function stat(file: string): BigIntStats | undefined {
  try {
    return statSync(file, { bigint: true, throwIfNoEntry: false });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    // A part of the path is a file or a loop of links now: whatever is there is not ours.
    return undefined;
  }
}
