import type Sqlite from 'better-sqlite3';
import type { ChangeLog, Image } from './change-log.ts';
import type { SubjectsOf } from './part-owners.ts';
import { packId } from './row-id.ts';
import { evidenceTables, type HistoryTable } from './schema.ts';

/** A row as it was at a moment and as it is; null: it was, or is, not there. */
export interface PastRow {
  readonly table: string;
  readonly id: string;
  readonly was: Image | null;
  readonly now: Image | null;
}

/** A moment between two change sets: everything up to `lastChange` had been made. */
export interface Moment {
  readonly setSeq: number;
  readonly lastChange: number;
}

export interface Past {
  /** Right after that change set, or at that time. */
  moment(of: { readonly changeSet: string } | { readonly at: number }): Moment | undefined;
  /** How many changes were made since. */
  changesSince(moment: Moment): number;
  /** Every row that was touched since and differs now; evidence only of devices that are gone since. */
  all(moment: Moment): PastRow[];
  /** The thing and all that belonged to it then or belongs to it now, changed or not. */
  thing(moment: Moment, id: string): PastRow[];
  /** Ids of the thing and of all that belongs to it now. */
  belonging(id: string): string[];
}

export interface PastNeeds {
  readonly log: ChangeLog;
  readonly tables: readonly HistoryTable[];
  readonly subjectsOf: SubjectsOf;
}

interface Owning {
  readonly table: string;
  readonly column: string;
}

export function createPast(sqlite: Sqlite.Database, { log, tables, subjectsOf }: PastNeeds): Past {
  const bySet = sqlite.prepare<[string], Moment>(
    'SELECT seq AS setSeq, last_change AS lastChange FROM change_set WHERE id = ?',
  );
  const byTime = sqlite.prepare<[number], Moment>(
    `SELECT seq AS setSeq, last_change AS lastChange FROM change_set WHERE at <= ?
     ORDER BY seq DESC LIMIT 1`,
  );
  const newest = sqlite.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM change').pluck();
  const setsOf = sqlite.prepare<
    [{ readonly subject: unknown; readonly seq: number }],
    { seq: number; first: number; last: number }
  >(
    `SELECT s.seq, s.first_change AS first, s.last_change AS last FROM change_subject t
     JOIN change_set s ON s.seq = t.set_seq
     WHERE t.subject_id = @subject AND t.set_seq > @seq`,
  );
  /** The change sets since then that concern it, the newest first, each once. */
  const setsSince = (seq: number, id: string) => {
    const sets = subjectsOf(id).ids.flatMap((subject) =>
      setsOf.all({ subject: packId(subject), seq }),
    );
    return [...new Map(sets.map((set) => [set.seq, set])).values()].sort((a, b) => b.seq - a.seq);
  };
  const belongings = createBelongings(sqlite, tables);
  const standing = (table: string, id: string): Image | null =>
    log.imageAfter({ table, rowId: id, seq: Number.MAX_SAFE_INTEGER }) ?? null;

  /** Takes the changes back, the newest first, in memory. */
  const walkBack = (rows: Map<string, PastRow>, first: number, last: number) => {
    const range = { firstChange: first, lastChange: last };
    for (const { table, rowId: id, operation, before } of log.walk(range, { newestFirst: true })) {
      const known = rows.get(id);
      const now = known === undefined ? standing(table, id) : known.now;
      const later = known === undefined ? now : known.was;
      const was =
        operation === 'insert' ? null : operation === 'delete' ? before : { ...later, ...before };
      rows.set(id, { table, id, was, now });
    }
  };

  return {
    moment: (of) =>
      'changeSet' in of
        ? bySet.get(of.changeSet)
        : (byTime.get(of.at) ?? { setSeq: 0, lastChange: 0 }),
    changesSince: ({ lastChange }) => (newest.get() ?? 0) - lastChange,
    all({ lastChange }) {
      const rows = new Map<string, PastRow>();
      walkBack(rows, lastChange + 1, Number.MAX_SAFE_INTEGER);
      return withoutEvidence([...rows.values()].filter(differs));
    },
    thing({ setSeq }, id) {
      const rows = new Map<string, PastRow>();
      for (const set of setsSince(setSeq, id)) walkBack(rows, set.first, set.last);
      const found = belongings(id, rows);
      for (const { table, id: row } of found) {
        if (rows.has(row)) continue;
        const now = standing(table, row);
        rows.set(row, { table, id: row, was: now, now });
      }
      const ids = new Set(found.map(({ id: row }) => row));
      return withoutEvidence([...rows.values()].filter((row) => ids.has(row.id)));
    },
    belonging: (id) => belongings(id, new Map()).map(({ id: row }) => row),
  };
}

export function differs({ was, now }: PastRow): boolean {
  if (was === null || now === null) return was !== now;
  return Object.keys({ ...now, ...was }).some((column) => was[column] !== now[column]);
}

/** Evidence comes back with its device alone. */
function withoutEvidence(rows: readonly PastRow[]): PastRow[] {
  const returning = new Set(
    rows.flatMap((row) => (row.table === 'device' && row.now === null ? [row.id] : [])),
  );
  return rows.filter(
    ({ table, was }) => !evidenceTables.has(table) || returning.has(String(was?.device_id)),
  );
}

/** What is deleted with a thing belongs to it: rows by cascading keys, and what is noted of any of them. */
function createBelongings(sqlite: Sqlite.Database, tables: readonly HistoryTable[]) {
  const owned = new Map<string, Owning[]>();
  const keys = sqlite.prepare<[string], { from: string; table: string; on_delete: string }>(
    'SELECT "from", "table", on_delete FROM pragma_foreign_key_list(?)',
  );
  for (const { name, columns } of tables) {
    for (const key of keys.all(name)) {
      if (key.on_delete !== 'CASCADE') continue;
      owned.set(key.table, [...(owned.get(key.table) ?? []), { table: name, column: key.from }]);
    }
    if (!columns.some((column) => column.name === 'subject_id')) continue;
    owned.set('', [...(owned.get('') ?? []), { table: name, column: 'subject_id' }]);
  }
  const owners = new Map<string, ReadonlySet<string>>();
  for (const each of [...owned.values()].flat()) {
    owners.set(each.table, new Set([...(owners.get(each.table) ?? []), each.column]));
  }
  const statements = new Map<string, Sqlite.Statement<[string], string>>();
  const rowsOf = ({ table, column }: Owning, id: string): string[] => {
    const sql = `SELECT id FROM "${table}" WHERE "${column}" = ?`;
    const statement = statements.get(sql) ?? sqlite.prepare<[string], string>(sql).pluck();
    statements.set(sql, statement);
    return statement.all(id);
  };
  const tableOf = tableFinder(sqlite, tables);

  return (id: string, changed: ReadonlyMap<string, PastRow>) => {
    const found = new Map<string, string>([[id, changed.get(id)?.table ?? tableOf(id) ?? '']]);
    const was = thenBelonging(changed, owners);
    const waiting = [...found];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const [owner, ownerTable] = next;
      const ways = [...(owned.get(ownerTable) ?? []), ...(owned.get('') ?? [])];
      const now = ways.flatMap((way) => rowsOf(way, owner).map((row) => [row, way.table] as const));
      for (const [row, table] of [...now, ...(was.get(owner) ?? [])]) {
        if (found.has(row)) continue;
        found.set(row, table);
        waiting.push([row, table]);
      }
    }
    return [...found].map(([row, table]) => ({ id: row, table }));
  };
}

/** Rows of before, by the id of what they belonged to. */
function thenBelonging(
  changed: ReadonlyMap<string, PastRow>,
  owners: ReadonlyMap<string, ReadonlySet<string>>,
): ReadonlyMap<string, (readonly [id: string, table: string])[]> {
  const found = new Map<string, (readonly [string, string])[]>();
  for (const { id, table, was } of changed.values()) {
    for (const column of owners.get(table) ?? []) {
      const owner = was?.[column];
      if (typeof owner !== 'string') continue;
      found.set(owner, [...(found.get(owner) ?? []), [id, table]]);
    }
  }
  return found;
}

function tableFinder(sqlite: Sqlite.Database, tables: readonly HistoryTable[]) {
  const sql = tables
    .map(({ name }) => `SELECT '${name}' FROM "${name}" WHERE id = @id`)
    .join(' UNION ALL ');
  const find = sqlite.prepare<[{ readonly id: string }], string>(`${sql} LIMIT 1`).pluck();
  return (id: string) => find.get({ id });
}
