import type Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type {
  Change,
  ChangeSet,
  HistoryFilter,
  HistoryPage,
  HistoryState,
} from '../../../shared/model/history.ts';
import {
  type ChangeLog,
  type ChangeRange,
  evidenceLayouts,
  type LoggedChange,
} from './change-log.ts';
import { createHistoryPages, type HistoryPages } from './history-pages.ts';
import type { InverseApplier } from './inverse.ts';
import { createSubjectsOf } from './part-owners.ts';
import { createPast } from './past.ts';
import { createRestorer } from './restore.ts';
import { createRestores, type Restores } from './restores.ts';
import { createIsReverted, type IsReverted } from './reverts.ts';
import { createRowNames } from './row-names.ts';
import type { HistoryTable } from './schema.ts';
import type { WriteChangeSet } from './write-change-set.ts';

export interface History extends Pick<HistoryPages, 'people' | 'thing'>, Restores {
  /** Keeps why a change was made; null or nothing takes it away. */
  setReason(input: { readonly id: string; readonly reason: string | null }): ChangeSet;
  /** Newest first; `before` is the id of the last one of the page before. */
  list(input: { readonly before: string | null; readonly limit: number }): ChangeSet[];
  /** The same for people: narrowed, with the first changes of each and the names in them. */
  page(
    input: HistoryFilter & { readonly before: string | null; readonly limit: number },
  ): HistoryPage;
  changes(input: { readonly id: string; readonly limit: number }): {
    changeSet: ChangeSet;
    changes: Change[];
    /** Of the rows in these changes and of those that they refer to, by id. */
    names: Record<string, string>;
    total: number;
  };
  state(): HistoryState;
  /** Takes the newest change set back. Throws NOTHING_TO_UNDO, UNDO_CONFLICT or CHANGED_SINCE. */
  undo(shown?: Shown): ChangeSet;
  /** Brings back what was taken back last. Throws as undo does. */
  redo(shown?: Shown): ChangeSet;
  /**
   * Takes back one change set, wherever it stands, as a new edit. Throws NOTHING_TO_UNDO for what is
   * no edit that still holds, and UNDO_CONFLICT with what stands on it.
   */
  revert(id: string): ChangeSet;
}

/** The change set that the person saw as the next one; another one is then refused. */
export interface Shown {
  readonly expect?: string | undefined;
}

/** `seq` orders change sets; their ids are only names. */
interface ChangeSetRow extends ChangeSet, ChangeRange {
  readonly seq: number;
}

const columns = `seq, first_change AS firstChange, last_change AS lastChange, id, at, who, title,
  source, last_change - first_change + 1 AS changeCount, undoes, state, reason`;
/** What undo and redo move along: edits of people. Evidence alone is none, whoever brought it. */
export const undoable = `source IN ('app', 'cli', 'import') AND EXISTS (
  SELECT 1 FROM change c WHERE c.seq BETWEEN first_change AND last_change
    AND c.layout NOT IN ${evidenceLayouts})`;

interface HistoryNeeds {
  readonly inverse: InverseApplier;
  readonly write: WriteChangeSet;
  readonly tables: readonly HistoryTable[];
  /** One transaction without a change set. */
  readonly eventually: (work: () => void) => void;
}

export function createHistory(
  sqlite: Sqlite.Database,
  log: ChangeLog,
  { inverse, write, tables, eventually }: HistoryNeeds,
): History {
  const find = historyQueries(sqlite);
  const rowNames = createRowNames(sqlite);
  const isReverted = createIsReverted(sqlite);
  const subjectsOf = createSubjectsOf(sqlite, log);
  const past = createPast(sqlite, { log, tables, subjectsOf });
  const pages = createHistoryPages(sqlite, log, { rowNames, edits: undoable, subjectsOf, past });
  const belowOf = (before: string | null) =>
    before === null ? Number.MAX_SAFE_INTEGER : known(find.byId.get(before)).seq;

  const move = (verb: 'undo' | 'redo', expected: string | undefined): ChangeSet => {
    let target: ChangeSetRow | undefined;
    let applied: ChangeRange | undefined;
    const { changeSetId } = write(
      () => {
        target = movable(find[verb].get(), verb);
        if (expected !== undefined && expected !== target.id) throw notShown(target, expected);
        applied = find.lastApplied.get(target.id) ?? target;
        const title = `${verb === 'undo' ? 'Undid' : 'Redid'}: ${target.title}`;
        return { title, source: verb, undoes: target.id };
      },
      (setSeq) => {
        const { seq, title } = known(target);
        inverse.apply({ title, verb, applied: known(applied), setSeq });
        find.setState.run(verb === 'undo' ? 'undone' : 'done', verb === 'undo' ? 1 : 0, seq);
      },
    );
    return withoutSeq(known(find.byId.get(changeSetId), changeSetId));
  };

  const changeSetOf = (id: string) => withoutSeq(known(find.byId.get(id), id));
  const setReason = (id: string, reason: string | null) => {
    known(find.byId.get(id), id);
    eventually(() => void find.setReason.run(reason === '' ? null : reason, id));
  };
  const restores = createRestores(sqlite, {
    past,
    nameOf: (id) => pages.thing(id)?.name ?? null,
    restorer: createRestorer(sqlite, tables),
    rowNames,
    write,
    changeSet: changeSetOf,
    setReason,
  });

  return {
    ...restores,
    setReason({ id, reason }) {
      setReason(id, reason);
      return changeSetOf(id);
    },
    list({ before, limit }) {
      return find.page.all(belowOf(before), limit).map(withoutSeq);
    },
    page: ({ before, ...rest }) => pages.page({ ...rest, below: belowOf(before) }),
    people: pages.people,
    thing: pages.thing,
    changes({ id, limit }) {
      const row = known(find.byId.get(id), id);
      const changes = log.read(row, { limit }).map(withoutPlace);
      return {
        changeSet: withoutSeq(row),
        changes,
        names: rowNames(changes),
        total: row.changeCount,
      };
    },
    state() {
      const [undo, redo] = [find.undo.get(), find.redo.get()];
      return { undo: undo ? withoutSeq(undo) : null, redo: redo ? withoutSeq(redo) : null };
    },
    undo: (shown) => move('undo', shown?.expect),
    redo: (shown) => move('redo', shown?.expect),
    revert(id) {
      let target: ChangeSetRow | undefined;
      const { changeSetId } = write(
        () => {
          target = revertible(find, isReverted, id);
          return { title: `Reverted: ${target.title}`, source: 'app', undoes: target.id };
        },
        (setSeq) => {
          const { title, ...rest } = known(target);
          const applied = find.lastApplied.get(rest.id) ?? rest;
          inverse.apply({ title, verb: 'revert', applied, setSeq });
        },
      );
      return withoutSeq(known(find.byId.get(changeSetId), changeSetId));
    },
  };
}

function historyQueries(sqlite: Sqlite.Database) {
  const row = (rest: string) => `SELECT ${columns} FROM change_set ${rest}`;
  return {
    byId: sqlite.prepare<[string], ChangeSetRow>(row('WHERE id = ?')),
    page: sqlite.prepare<[number, number], ChangeSetRow>(
      row('WHERE seq < ? ORDER BY seq DESC LIMIT ?'),
    ),
    undo: sqlite.prepare<[], ChangeSetRow>(
      row(`WHERE state = 'done' AND ${undoable} ORDER BY seq DESC LIMIT 1`),
    ),
    redo: sqlite.prepare<[], ChangeSetRow>(
      row(`WHERE redoable = 1 AND ${undoable} ORDER BY seq LIMIT 1`),
    ),
    /** The set that brought the target into its present state: its newest undo or redo. */
    lastApplied: sqlite.prepare<[string], ChangeSetRow>(
      row("WHERE undoes = ? AND source IN ('undo', 'redo') ORDER BY seq DESC LIMIT 1"),
    ),
    edit: sqlite.prepare<[string], ChangeSetRow>(row(`WHERE id = ? AND ${undoable}`)),
    setReason: sqlite.prepare<[string | null, string]>(
      'UPDATE change_set SET reason = ? WHERE id = ?',
    ),
    setState: sqlite.prepare<[string, number, number]>(
      'UPDATE change_set SET state = ?, redoable = ? WHERE seq = ?',
    ),
  };
}

function known<T>(row: T | undefined, id = ''): T {
  if (row !== undefined) return row;
  throw new RackhelmError('NOT_FOUND', 'This entry of the history does not exist.', {
    data: { id },
  });
}

function movable(row: ChangeSetRow | undefined, verb: 'undo' | 'redo'): ChangeSetRow {
  if (row !== undefined) return row;
  throw new RackhelmError('NOTHING_TO_UNDO', `There is nothing to ${verb}.`, {
    hint: 'Nothing was changed.',
  });
}

/** An edit of a person that still holds; what is none of that says so. */
function revertible(
  find: ReturnType<typeof historyQueries>,
  isReverted: IsReverted,
  id: string,
): ChangeSetRow {
  const { title, state } = known(find.byId.get(id), id);
  const edit = find.edit.get(id);
  if (edit === undefined) {
    throw new RackhelmError('NOTHING_TO_UNDO', `“${title}” is no edit that could be reverted.`, {
      hint: 'Readings of facts follow the machine; Undo and Redo take each other back.',
    });
  }
  if (state === 'undone' || isReverted(id)) {
    throw new RackhelmError('NOTHING_TO_UNDO', `“${title}” was taken back already.`, {
      hint: 'Nothing was changed.',
    });
  }
  return edit;
}

function notShown(next: ChangeSetRow, expected: string): RackhelmError {
  return new RackhelmError(
    'CHANGED_SINCE',
    `The history has gone on: “${next.title}” is next by now. Nothing was changed.`,
    { data: { expected, next: next.id } },
  );
}

function withoutPlace({ seq: _seq, ...change }: LoggedChange): Change {
  return change;
}

function withoutSeq(row: ChangeSetRow): ChangeSet {
  const { seq: _seq, firstChange: _first, lastChange: _last, ...changeSet } = row;
  return changeSet;
}
