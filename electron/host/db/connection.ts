import type Sqlite from 'better-sqlite3';
import { v7 as uuid } from 'uuid';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { busyTimeoutMs } from './busy.ts';
import { createChangeSubjects } from './change-subjects.ts';
import { createDerived, type Derived } from './derived.ts';
import { undoable } from './history.ts';
import { loginName } from './login-name.ts';
import { type DatabasePlace, rememberPlace } from './place.ts';
import { createProposalState, type ProposalState } from './proposal-state.ts';
import { dataError } from './sqlite-errors.ts';
import type { WriteChangeSet } from './write-change-set.ts';
import { createPen, type Pen } from './writer-away.ts';

/** Transactions, change sets and the news of commits, over one SQLite handle. */
export interface Connection {
  readonly sqlite: Sqlite.Database;
  readonly derived: Derived;
  readonly proposals: ProposalState;
  readonly write: WriteChangeSet;
  readonly place: DatabasePlace;
  /** Another title for the change set that is being written. */
  rename(setSeq: number, title: string): void;
  /**
   * One transaction without a change set, for what stands outside history. `quiet`: it is one of many,
   * and listeners are told at the end of them.
   */
  transaction<T>(work: () => T, options?: { readonly quiet: boolean }): T;
  /**
   * One transaction without a change set, of what nobody waits for: while the pen is lent it is put
   * off until then, and a failure goes to `onProblem`.
   */
  eventually(work: () => void): void;
  /**
   * Before a search: writes the search words that edits left for later. Where another thread or
   * program writes meanwhile they wait, and the search finds what was there before.
   */
  settle(): void;
  subscribe(listener: () => void): () => void;
  /** The same for commits of the journal of jobs, which are none of the inventory. */
  subscribeJobs(listener: () => void): () => void;
  /** Lent to another thread of this process, change sets here throw WriterAway. */
  readonly pen: Pen;
  /** Stops the news; the handle itself stays open. */
  stop(): void;
}

/** How soon a commit of another program is noticed. */
const pollMs = 1_000;

export function createConnection(
  sqlite: Sqlite.Database,
  {
    file,
    directory,
    onProblem,
  }: {
    readonly file: string;
    readonly directory: string;
    readonly onProblem: (error: unknown) => void;
  },
): Connection {
  const place = rememberPlace(sqlite, file);
  const derived = createDerived(sqlite);
  const proposals = createProposalState(sqlite);
  const subjects = createChangeSubjects(sqlite);
  const news = createNews(sqlite);
  const sets = changeSetStatements(sqlite);
  const who = loginName();

  const transaction = <T>(work: () => T, { quiet } = { quiet: false }): T => {
    if (sqlite.inTransaction) throw new Error('A change set inside another change set');
    place.check();
    try {
      sqlite.exec('BEGIN IMMEDIATE');
      const result = work();
      news.mark();
      // Once more, since what follows is told to be saved.
      place.check();
      sqlite.exec('COMMIT');
      place.written();
      if (!quiet) news.tell();
      return result;
    } catch (error) {
      // SQLite rolls back by itself when the disk is full.
      if (sqlite.inTransaction) sqlite.exec('ROLLBACK');
      throw dataError(error, directory);
    }
  };

  const pen = createPen(() => {
    if (!sqlite.open) return;
    place.written();
    for (const work of pen.isAway() ? [] : putOff.splice(0)) {
      try {
        transaction(work, { quiet: true });
      } catch (error) {
        onProblem(error);
      }
    }
    news.tell();
  });
  const putOff: (() => void)[] = [];

  const write: WriteChangeSet = (begin, work) => {
    pen.check();
    return transaction(() => {
      const entry = begin();
      const changeSetId = uuid();
      const row = { ...entry, id: changeSetId, at: Date.now(), who };
      const setSeq = Number(sets.insert.run(row).lastInsertRowid);
      sets.enter.run(setSeq);
      const result = work(setSeq);
      // What it does later would belong to no change set.
      if (result instanceof Promise) throw new Error('A change set must be synchronous');
      sets.leave.run();
      if (sets.finish.run(setSeq).changes === 0) sets.discard.run(setSeq);
      else if (sets.anyRedo.get() !== undefined) sets.endRedo.run(setSeq);
      subjects.note(setSeq);
      derived.refresh();
      proposals.refresh();
      return { result, changeSetId };
    });
  };

  const settle = () => {
    if (pen.isAway() || sqlite.inTransaction || !derived.isStale()) return;
    sqlite.pragma('busy_timeout = 0');
    try {
      transaction(derived.settle, { quiet: true });
    } catch (error) {
      // The words wait on: on a full disk, say, a search still finds what was there before.
      if (!(error instanceof RackhelmError) || error.code === 'DATA_DAMAGED') throw error;
    } finally {
      sqlite.pragma(`busy_timeout = ${busyTimeoutMs}`);
    }
  };

  return {
    pen,
    settle,
    sqlite,
    derived,
    proposals,
    write,
    place,
    rename: (setSeq, title) => void sets.rename.run(title, setSeq),
    transaction,
    eventually(work) {
      if (pen.isAway()) putOff.push(work);
      else transaction(work);
    },
    subscribe: news.inventory.subscribe,
    subscribeJobs: news.jobs.subscribe,
    stop: news.stop,
  };
}

const lastChange = '(SELECT coalesce(max(seq), 0) FROM change)';

function changeSetStatements(sqlite: Sqlite.Database) {
  return {
    insert: sqlite.prepare<[Record<string, unknown>]>(
      `INSERT INTO change_set (id, at, who, title, source, undoes, state, first_change, last_change)
       VALUES (@id, @at, @who, @title, @source, @undoes, 'done', ${lastChange} + 1, ${lastChange})`,
    ),
    enter: sqlite.prepare<[number]>('INSERT INTO current_change_set (only, set_seq) VALUES (1, ?)'),
    leave: sqlite.prepare('DELETE FROM current_change_set'),
    rename: sqlite.prepare<[string, number]>('UPDATE change_set SET title = ? WHERE seq = ?'),
    discard: sqlite.prepare<[number]>('DELETE FROM change_set WHERE seq = ?'),
    /** Changes no row when the set changed none. */
    finish: sqlite.prepare<[number]>(
      `UPDATE change_set SET last_change = ${lastChange}
       WHERE seq = ? AND last_change < ${lastChange}`,
    ),
    anyRedo: sqlite.prepare('SELECT 1 FROM change_set WHERE redoable = 1 LIMIT 1'),
    /** A new edit ends what could be redone; evidence and moves along the history do not. */
    endRedo: sqlite.prepare<[number]>(
      `UPDATE change_set SET redoable = 0 WHERE redoable = 1
       AND EXISTS (SELECT 1 FROM change_set WHERE seq = ? AND ${undoable})`,
    ),
  };
}

/**
 * Tells listeners of commits: of our own at once, of other programs' by asking now and then. The
 * journal of jobs is written many times a second and changes nothing that a list shows, so it is told
 * apart: every other commit leaves a mark in the file.
 */
function createNews(sqlite: Sqlite.Database) {
  const inventory = createListeners(() => watch());
  const jobs = createListeners(() => watch());
  let timer: NodeJS.Timeout | undefined;
  let [seen, seenMark] = [0, 0];

  // The number changes when another connection commits, never for our own commits.
  const version = () => Number(sqlite.pragma('data_version', { simple: true }));
  const readMark = () => Number(sqlite.pragma('user_version', { simple: true }));
  const poll = () => {
    if (!sqlite.open || sqlite.inTransaction) return;
    const now = version();
    if (now === seen) return;
    seen = now;
    const mark = readMark();
    if (mark !== seenMark) inventory.tell();
    seenMark = mark;
    jobs.tell();
  };
  const watch = () => {
    const wanted = inventory.size() + jobs.size() > 0;
    if (!wanted) {
      clearInterval(timer);
      timer = undefined;
    } else if (timer === undefined) {
      [seen, seenMark] = [version(), readMark()];
      timer = setInterval(poll, pollMs).unref();
    }
  };
  return {
    inventory,
    jobs,
    tell: inventory.tell,
    /** Inside each transaction that is not the journal's. */
    mark: () => void sqlite.pragma(`user_version = ${(readMark() + 1) % 0x7fffffff}`),
    stop() {
      clearInterval(timer);
      timer = undefined;
      inventory.clear();
      jobs.clear();
    },
  };
}

function createListeners(onChange: () => void) {
  const listeners = new Set<() => void>();
  return {
    size: () => listeners.size,
    clear: () => listeners.clear(),
    tell() {
      for (const listener of [...listeners]) listener();
    },
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      onChange();
      return () => {
        listeners.delete(listener);
        onChange();
      };
    },
  };
}
