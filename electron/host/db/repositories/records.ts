import type Sqlite from 'better-sqlite3';
import type { FieldValue, Kind } from '../../../../shared/model/kinds/index.ts';
import { createDeleteRows } from './delete-rows.ts';
import { nameExpression, referencesTo, type StoredField, storedField } from './record-columns.ts';
import { type RecordSelection, type SelectedRows, selectRows, takesLong } from './record-query.ts';

/** A row of any kind: every field of the kind, references as ids. */
export interface StoredRecord {
  readonly id: string;
  /** What a person calls it; see `key` of the kind. */
  readonly name: string;
  readonly values: Readonly<Record<string, FieldValue>>;
  /** What the references of this row are called, by field. */
  readonly names: Readonly<Record<string, string>>;
}

export interface RecordQuery extends RecordSelection {
  readonly offset: number;
  readonly limit: number;
}

/** Rows of a kind that hang on another row. `goes`: deleted with it; else they only lose the reference. */
export interface Dependents {
  readonly kind: Kind;
  readonly field: string;
  readonly goes: boolean;
  readonly count: number;
  /** The first few, by name. */
  readonly names: readonly string[];
}

/** Reads and writes rows by the description of their kind. Writes need a change set. */
export interface RecordRepository {
  list(kind: Kind, query: RecordQuery): { rows: StoredRecord[]; total: number };
  ids(kind: Kind, query: RecordQuery): { ids: string[]; total: number };
  /** Whether that list is better read on a thread. */
  takesLong(kind: Kind, query: RecordSelection): boolean;
  get(kind: Kind, id: string): StoredRecord | undefined;
  /** Ids of the rows whose name is this one, in any case; at most `limit`. */
  idsByName(kind: Kind, name: string, limit: number): string[];
  insert(kind: Kind, id: string, values: Readonly<Record<string, FieldValue>>): void;
  /** Writes the given fields; false when there is no such row. */
  update(kind: Kind, id: string, values: Readonly<Record<string, FieldValue>>): boolean;
  remove(kind: Kind, id: string): boolean;
  /** The same for many at once. */
  removeAll(kind: Kind, ids: readonly string[]): void;
  dependents(kind: Kind, id: string): Dependents[];
}

const dependentsNamed = 5;

export function createRecordRepository(sqlite: Sqlite.Database): RecordRepository {
  const prepared = statementCache(sqlite);
  const tables = new Map<string, RecordTable>();
  const tableOf = (kind: Kind) => {
    const known = tables.get(kind.name) ?? describe(kind);
    tables.set(kind.name, known);
    return known;
  };
  const deletesRow = createDeletionRules(sqlite);
  const deleteRows = createDeleteRows(sqlite);

  return {
    list(kind, query) {
      const table = tableOf(kind);
      const chosen = selectRows(kind, table.fields, query);
      const total = countOf(kind, chosen);
      const ids = idsOf(chosen, total, query);
      // Only those of the page are read completely.
      const rows = prepared(
        `SELECT ${table.columns} FROM json_each(?) one JOIN "${kind.table}" x ON x.id = one.value
         ORDER BY one.key`,
      ).all(JSON.stringify(ids));
      return { rows: rows.map((row) => readRow(table, row)), total };
    },
    ids(kind, query) {
      const chosen = selectRows(kind, tableOf(kind).fields, query);
      const total = countOf(kind, chosen);
      return { ids: idsOf(chosen, total, query), total };
    },
    takesLong: (kind, query) => takesLong(kind, countOf(kind, { where: '', values: [] }), query),
    get(kind, id) {
      const table = tableOf(kind);
      const row = prepared(`SELECT ${table.columns} FROM "${kind.table}" x WHERE x.id = ?`).get(id);
      return row === undefined ? undefined : readRow(table, row);
    },
    idsByName(kind, name, limit) {
      const rows = prepared(
        `SELECT x.id FROM "${kind.table}" x WHERE ${tableOf(kind).name} = ? COLLATE NOCASE LIMIT ? + 0`,
      ).all(name, limit) as { id: string }[]; // the one column selected
      return rows.map(({ id }) => id);
    },
    insert(kind, id, values) {
      const { columns, bound } = encode(tableOf(kind), values);
      const marks = ['?', ...columns.map(() => '?')].join(', ');
      prepared(
        `INSERT INTO "${kind.table}" (${['id', ...columns].join(', ')}) VALUES (${marks})`,
      ).run(id, ...bound);
    },
    update(kind, id, values) {
      const { columns, bound } = encode(tableOf(kind), values);
      const set =
        columns.length === 0 ? 'id = id' : columns.map((name) => `${name} = ?`).join(', ');
      return (
        prepared(`UPDATE "${kind.table}" SET ${set} WHERE id = ?`).run(...bound, id).changes === 1
      );
    },
    remove: (kind, id) =>
      prepared(`DELETE FROM "${kind.table}" WHERE id = ?`).run(id).changes === 1,
    removeAll: (kind, ids) => void deleteRows(kind.table, ids),
    dependents: (kind, id) =>
      referencesTo(kind.name).flatMap(({ kind: other, field, column }) => {
        const from = `FROM "${other.table}" x WHERE x.${column} = ?`;
        const { count } = prepared(`SELECT count(*) AS count ${from}`).get(id) as { count: number }; // one row
        if (count === 0) return [];
        const names = prepared(
          `SELECT ${tableOf(other).name} AS name ${from} LIMIT ${dependentsNamed}`,
        ).all(id) as { name: string }[]; // the one column selected
        const goes = deletesRow(other.table, column);
        return [{ kind: other, field, goes, count, names: names.map(({ name }) => name) }];
      }),
  };

  function countOf(kind: Kind, { where, values }: Pick<SelectedRows, 'where' | 'values'>): number {
    const counted = prepared(`SELECT count(*) AS total FROM "${kind.table}" x ${where}`);
    return (counted.get(...values) as { total: number }).total; // count(*) gives one row
  }

  /** Ids of the rows from `offset` on, through one part after the other. */
  function idsOf({ where, values, parts }: SelectedRows, total: number, page: Page): string[] {
    const ids: string[] = [];
    let { offset } = page;
    for (const [index, { from, order }] of parts.entries()) {
      const left = Math.min(page.limit, total - page.offset) - ids.length;
      if (left <= 0) break;
      const found = prepared(
        `SELECT x.id FROM ${from} ${where} ORDER BY ${order} LIMIT ? + 0 OFFSET ? + 0`,
      ).all(...values, left, offset) as { id: string }[]; // the one column selected
      ids.push(...found.map(({ id }) => id));
      if (found.length === left || index === parts.length - 1) continue;
      // How many this part has in all, so that the next one begins where it ends.
      const { count } = prepared(`SELECT count(*) AS count FROM ${from} ${where}`).get(
        ...values,
      ) as { count: number }; // count(*) gives one row
      offset = Math.max(0, offset - count);
    }
    return ids;
  }

  function statementCache(database: Sqlite.Database) {
    const known = new Map<string, Sqlite.Statement<unknown[], unknown>>();
    return (sql: string): Sqlite.Statement<unknown[], unknown> => {
      const statement = known.get(sql) ?? database.prepare<unknown[], unknown>(sql);
      known.set(sql, statement);
      return statement;
    };
  }
}

type Page = Pick<RecordQuery, 'offset' | 'limit'>;

interface RecordTable {
  readonly kind: Kind;
  readonly fields: ReadonlyMap<string, StoredField>;
  readonly references: readonly string[];
  /** SQL, `x` standing for the row. */
  readonly name: string;
  readonly columns: string;
}

function describe(kind: Kind): RecordTable {
  const entries = Object.entries(kind.fields);
  const fields = new Map(entries.map(([name, field]) => [name, storedField(kind, name, field)]));
  const name = nameExpression(kind);
  const references = entries.flatMap(([field, { type }]) => (type === 'reference' ? [field] : []));
  const read = [...fields].map(([field, stored]) => `${stored.read('x')} AS "${field}"`);
  const called = entries.flatMap(([field, description]) =>
    description.type === 'reference' ? [`${referenceName(kind, field)} AS "${field}:name"`] : [],
  );
  return {
    kind,
    fields,
    references,
    name,
    columns: ['x.id AS "id"', `${name} AS ":name"`, ...read, ...called].join(', '),
  };
}

function referenceName(kind: Kind, field: string): string {
  return nameExpression({ ...kind, key: [field] });
}

function encode(table: RecordTable, values: Readonly<Record<string, FieldValue>>) {
  const columns: string[] = [];
  const bound: unknown[] = [];
  for (const [name, value] of Object.entries(values)) {
    const field = table.fields.get(name);
    if (field === undefined) throw new Error(`${table.kind.name} has no field ${name}`);
    columns.push(...field.columns);
    bound.push(...field.encode(value));
  }
  return { columns, bound };
}

function readRow(table: RecordTable, row: unknown): StoredRecord {
  const columns = row as Record<string, FieldValue>; // the columns that describe() names
  const values: Record<string, FieldValue> = {};
  const names: Record<string, string> = {};
  for (const [name, description] of Object.entries(table.kind.fields)) {
    const value = columns[name] ?? null;
    values[name] = description.type === 'boolean' && value !== null ? value === 1 : value;
  }
  for (const name of table.references) {
    const called = columns[`${name}:name`];
    if (typeof called === 'string' && values[name] !== null) names[name] = called;
  }
  return { id: String(columns.id), name: String(columns[':name'] ?? ''), values, names };
}

/** Whether deleting what a column refers to takes its row along, by the live schema. */
function createDeletionRules(sqlite: Sqlite.Database) {
  const rules = sqlite.prepare<[string], { from: string; on_delete: string }>(
    'SELECT "from", on_delete FROM pragma_foreign_key_list(?)',
  );
  return (table: string, column: string): boolean =>
    rules.all(table).some((rule) => rule.from === column && rule.on_delete === 'CASCADE');
}
