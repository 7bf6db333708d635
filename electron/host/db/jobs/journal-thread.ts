import { dirname } from 'node:path';
import type Sqlite from 'better-sqlite3';
import { serveThread } from '../../worker/index.ts';
import { openBeside } from '../open.ts';
import { type DatabasePlace, movedError, rememberPlace } from '../place.ts';
import { dataError, isBusy } from '../sqlite-errors.ts';
import { createJournalWriter, type JournalAnswer, type JournalEntry } from './journal-writes.ts';
import { keptLines } from './log-writes.ts';

/** What the thread of the journal is asked. */
export type JournalAsks = {
  write: { input: JournalAsk; output: JournalAnswer; part: never };
  close: { input: null; output: null; part: never };
};

export interface JournalAsk {
  readonly file: string;
  /** Of the database that the host has open. */
  readonly identity: string;
  readonly entries: readonly JournalEntry[];
  /** Whether it has to survive a power cut before it is answered. */
  readonly durable: boolean;
}

interface Open {
  readonly sqlite: Sqlite.Database;
  readonly place: DatabasePlace;
  readonly write: (entry: JournalEntry) => boolean;
  readonly identity: string;
}

/** A large import, or another program, may write for long; here nobody's event loop waits. */
const patienceMs = 120_000;
/** In between the thread can be ended. */
const turnMs = 500;

let open: Open | undefined;

function openFile({ file, identity }: JournalAsk): Open {
  if (open?.identity === identity) return open;
  open?.sqlite.close();
  open = undefined;
  const sqlite = openBeside(dirname(file));
  try {
    sqlite.pragma(`busy_timeout = ${turnMs}`);
    // Rows are written and hardly ever read again.
    sqlite.pragma('cache_size = -8192');
    const place = rememberPlace(sqlite, file);
    if (place.identity !== identity) throw movedError(file, 'replaced');
    open = { sqlite, place, identity, write: createJournalWriter(sqlite, keptLines) };
    return open;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

/** One transaction, however many entries: what came while the last one was written goes together. */
async function write(ask: JournalAsk): Promise<JournalAnswer> {
  const { sqlite, place, write: writeEntry } = openFile(ask);
  await begin(sqlite);
  try {
    place.check();
    const answer = ask.entries.map(writeEntry);
    place.check();
    sqlite.exec('COMMIT');
    return answer;
  } catch (error) {
    // SQLite rolls back by itself when the disk is full.
    if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
    throw error;
  }

  async function begin(connection: Sqlite.Database): Promise<void> {
    // Without a sync what is committed still survives a crash of the process; the next one that is
    // durable carries it along.
    connection.pragma(`synchronous = ${ask.durable ? 'FULL' : 'NORMAL'}`);
    const until = Date.now() + patienceMs;
    for (;;) {
      try {
        connection.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isBusy(error) || Date.now() > until) throw error;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }
}

serveThread<JournalAsks>({
  async write(ask) {
    try {
      return await write(ask);
    } catch (error) {
      throw dataError(error, dirname(ask.file));
    }
  },
  close() {
    open?.sqlite.close();
    open = undefined;
    return null;
  },
});
