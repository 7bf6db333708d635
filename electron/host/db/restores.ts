import type Sqlite from 'better-sqlite3';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Change, Moment, PastThing, Restored } from '../../../shared/model/history.ts';
import type { Image } from './change-log.ts';
import { differs, type Past, type PastRow } from './past.ts';
import type { Restorer } from './restore.ts';
import type { RowNames } from './row-names.ts';
import type { WriteChangeSet } from './write-change-set.ts';

export interface RestoreInput {
  readonly to: Moment;
  /** Null: the whole inventory. */
  readonly thing: string | null;
  readonly dryRun: boolean;
  readonly reason: string | null;
  /** `newest` of the preview that was shown; CHANGED_SINCE where another is newest by now. */
  readonly expect?: string | undefined;
}

export interface Restores {
  thingAt(input: { readonly id: string; readonly at: Moment }): PastThing;
  restore(input: RestoreInput, source?: 'app' | 'cli'): Restored;
  /** How many changes were made since, for whoever decides where to do it. */
  changesSince(to: Moment): number;
}

interface Needs {
  readonly past: Past;
  readonly restorer: Restorer;
  readonly rowNames: RowNames;
  readonly write: WriteChangeSet;
  readonly changeSet: (id: string) => Restored['changeSet'];
  readonly setReason: (id: string, reason: string | null) => void;
  /** What a thing is called, or was; null where nothing tells. */
  readonly nameOf: (id: string) => string | null;
}

/** As many as a person looks through. */
const shown = 200;
const namedParts = 20;
/** Of each table, where many differ. */
const shownOfEach = 8;

/** Thrown to end the transaction of a preview. */
class Preview extends Error {}

export function createRestores(sqlite: Sqlite.Database, needs: Needs): Restores {
  const { past, restorer, rowNames, write } = needs;
  const newest = sqlite
    .prepare<[], string>('SELECT id FROM change_set ORDER BY seq DESC LIMIT 1')
    .pluck();
  const momentOf = (of: Moment) => {
    const found = past.moment(of);
    if (found !== undefined) return found;
    throw new RackhelmError('NOT_FOUND', 'This entry of the history does not exist.');
  };
  const titleOf = ({ to, thing }: RestoreInput) => {
    const at = 'at' in to ? to.at : needs.changeSet(to.changeSet)?.at;
    const name = thing === null ? 'the whole inventory' : (needs.nameOf(thing) ?? 'one thing');
    return `Restored ${name}${at === undefined ? '' : ` to ${dayAndTime(at)}`}`;
  };
  const rowsOf = ({ to, thing }: Pick<RestoreInput, 'to' | 'thing'>) => {
    const moment = momentOf(to);
    return thing === null ? past.all(moment) : past.thing(moment, thing).filter(differs);
  };

  return {
    changesSince: (to) => past.changesSince(momentOf(to)),
    thingAt({ id, at }) {
      const rows = past.thing(momentOf(at), id);
      const own = rows.find((row) => row.id === id);
      if (own === undefined || (own.was === null && own.now === null)) {
        throw new RackhelmError('NOT_FOUND', 'The history knows nothing of this thing.');
      }
      const changes = rows.filter(differs).map((row) => step(row, row.was, row.now));
      const there = rows.filter((row) => row.was !== null && row.id !== id);
      const asThen = there.map((row) => step(row, null, row.was));
      const names = rowNames([...asThen, step(own, own.was, own.now), ...changes.slice(0, shown)]);
      return {
        there: own.was !== null,
        name: nameIn(own.was) ?? names[id] ?? '',
        row: own.was,
        parts: partsOf(there, names),
        changes: changes.slice(0, shown),
        total: changes.length,
        names,
      };
    },
    restore(input, source = 'app') {
      let result: Omit<Restored, 'changeSet'> | undefined;
      let changeSetId: string | null = null;
      try {
        const written = write(
          () => {
            const last = newest.get() ?? null;
            if (input.expect !== undefined && input.expect !== last) throw changedSince();
            return { title: titleOf(input), source, undoes: null };
          },
          () => {
            const last = newestBefore(sqlite);
            const rows = rowsOf(input);
            // Rows refer to each other both ways; all of them stand at the end.
            sqlite.pragma('defer_foreign_keys = ON');
            const conflicts = restorer(rows);
            const refused = new Set(conflicts.map(({ rowId }) => rowId));
            const changes = rows
              .filter((row) => !refused.has(row.id))
              .map((row) => step(row, row.now, row.was));
            const told = toTell(changes);
            result = {
              changes: told,
              total: changes.length,
              counts: countsOf(changes),
              names: rowNames(told),
              conflicts: conflicts.slice(0, shown),
              newest: last,
            };
            const broken = sqlite.pragma('foreign_key_check');
            if (Array.isArray(broken) && broken.length > 0) throw needsOthers();
            if (input.dryRun) throw new Preview();
          },
        );
        changeSetId = written.changeSetId;
      } catch (error) {
        if (!(error instanceof Preview)) throw error;
      }
      if (result === undefined) throw new Error('A restore without a result');
      // Where nothing differed no change set was kept.
      if (changeSetId === null || result.total === 0) return { ...result, changeSet: null };
      if (input.reason) needs.setReason(changeSetId, input.reason);
      return { ...result, changeSet: needs.changeSet(changeSetId) };
    },
  };
}

/** The restore's own change set is the newest while it is written. */
function newestBefore(sqlite: Sqlite.Database): string | null {
  const ids = sqlite
    .prepare<[], string>('SELECT id FROM change_set ORDER BY seq DESC LIMIT 1 OFFSET 1')
    .pluck();
  return ids.get() ?? null;
}

function step({ table, id }: PastRow, before: Image | null, after: Image | null): Change {
  const operation = before === null ? 'insert' : after === null ? 'delete' : 'update';
  if (before === null || after === null) {
    return {
      table,
      rowId: id,
      operation,
      before: before && { ...before },
      after: after && { ...after },
    };
  }
  const columns = Object.keys({ ...before, ...after }).filter(
    (name) => before[name] !== after[name],
  );
  const only = (image: Image) => Object.fromEntries(columns.map((name) => [name, image[name]]));
  return { table, rowId: id, operation, before: only(before), after: only(after) };
}

function nameIn(row: Image | null): string | undefined {
  const name = row?.name ?? row?.label;
  return typeof name === 'string' ? name : undefined;
}

/** How many there were of each sort, and what the first are called. */
function partsOf(rows: readonly PastRow[], names: Readonly<Record<string, string>>) {
  const tables = new Map<string, PastRow[]>();
  for (const row of rows) tables.set(row.table, [...(tables.get(row.table) ?? []), row]);
  return [...tables].map(([table, all]) => ({
    table,
    count: all.length,
    names: all.slice(0, namedParts).map(({ id, was }) => {
      const text =
        nameIn(was) ??
        was?.address ??
        was?.mac ??
        was?.text ??
        names[id] ??
        names[String(was?.tag_id)];
      return String(text ?? '').slice(0, 200);
    }),
  }));
}

/** `30 Nov 2026, 11:20`, by the clock of this computer. */
function dayAndTime(at: number): string {
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' }).format(at);
}

/** All where they are few; else the first of each table, so that no table hides the others. */
function toTell(changes: readonly Change[]): Change[] {
  if (changes.length <= shown) return [...changes];
  const told = new Map<string, number>();
  const first = changes.filter(({ table }) => {
    const count = (told.get(table) ?? 0) + 1;
    told.set(table, count);
    return count <= shownOfEach;
  });
  return first.slice(0, shown);
}

function countsOf(changes: readonly Change[]): Restored['counts'] {
  const counts = new Map<string, { insert: number; update: number; delete: number }>();
  for (const { table, operation } of changes) {
    const count = counts.get(table) ?? { insert: 0, update: 0, delete: 0 };
    count[operation] += 1;
    counts.set(table, count);
  }
  return [...counts].map(([table, count]) => ({ table, ...count }));
}

function changedSince(): RackhelmError {
  return new RackhelmError(
    'CHANGED_SINCE',
    'Something was changed since this was shown. Nothing was restored.',
  );
}

function needsOthers(): RackhelmError {
  return new RackhelmError(
    'UNDO_CONFLICT',
    'What it belonged to is gone, so that it cannot be restored alone. Nothing was changed.',
    { hint: 'Restore that first, or the whole inventory.' },
  );
}
