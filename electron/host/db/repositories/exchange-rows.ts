import type Sqlite from 'better-sqlite3';
import type { FieldValue, Kind } from '../../../../shared/model/kinds/index.ts';
import type { ChangeLog } from '../change-log.ts';
import { storedField } from './record-columns.ts';

/** A row of a kind without the names of what it refers to, which cost more than the row. */
export interface BareRow {
  readonly id: string;
  readonly values: Readonly<Record<string, FieldValue>>;
}

/** How a row stood before the changes after a moment; null: it was not there. */
export type RowBefore = Readonly<Record<string, unknown>> | null;

/** Whole kinds at once, and what changed since a file was written. */
export interface ExchangeRepository {
  /** In the order of files: as numbered, then by name as a person sorts it. */
  all(kind: Kind): BareRow[];
  /** Number of the newest change; 0: there is none. */
  lastChange(): number;
  /** Of each row that changed after that change, the columns that changed as they stood then. */
  changedSince(change: number): ReadonlyMap<string, RowBefore>;
  /** The newest change when a file of that revision was written; undefined: never here. */
  changeOf(revision: string): number | undefined;
  remember(revision: string, change: number): void;
}

/** Years of changes are not held at once. */
const readAtOnce = 5_000;
const revisionPrefix = 'exported:';
/** A year of weekly files; older ones are compared without knowing what was changed here since. */
const revisionsKept = 200;

export function createExchangeRepository(
  sqlite: Sqlite.Database,
  log: ChangeLog,
): ExchangeRepository {
  const last = sqlite.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM change').pluck();
  const known = sqlite.prepare<[string], string>('SELECT value FROM setting WHERE key = ?').pluck();
  const remember = sqlite.prepare<[string, string]>(
    'INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const forget = sqlite.prepare(
    `DELETE FROM setting WHERE key IN (SELECT key FROM setting WHERE key LIKE '${revisionPrefix}%'
       ORDER BY CAST(value AS INTEGER) DESC LIMIT -1 OFFSET ${revisionsKept})`,
  );
  return {
    all: (kind) => readAll(sqlite, kind),
    lastChange: () => last.get() ?? 0,
    changedSince(change) {
      const before = new Map<string, RowBefore>();
      // Newest first, so that what stays is how it stood at first.
      let lastChange = Number.MAX_SAFE_INTEGER;
      while (lastChange > change) {
        const range = { firstChange: change + 1, lastChange };
        const changes = log.walk(range, { newestFirst: true, limit: readAtOnce });
        for (const { rowId, operation, before: columns } of changes) {
          if (operation === 'insert') before.set(rowId, null);
          else if (operation === 'delete') before.set(rowId, columns);
          else before.set(rowId, { ...before.get(rowId), ...columns });
        }
        lastChange = (changes.at(-1)?.seq ?? 0) - 1;
      }
      return before;
    },
    changeOf(revision) {
      const value = known.get(revisionPrefix + revision);
      return value === undefined ? undefined : Number(value);
    },
    remember(revision, change) {
      remember.run(revisionPrefix + revision, String(change));
      forget.run();
    },
  };
}

function readAll(sqlite: Sqlite.Database, kind: Kind): BareRow[] {
  const fields = Object.entries(kind.fields).map(([name, field]) => ({
    name,
    field,
    stored: storedField(kind, name, field),
  }));
  const columns = fields.map(({ stored }) => stored.read('x'));
  // By numbers and own names; names of others would be looked up for each row.
  const order = [
    ...fields.filter(({ name }) => name === 'ordinal'),
    ...fields.filter(({ name, field }) => kind.key.includes(name) && field.type !== 'reference'),
  ].map(({ stored }) => `${stored.sort('x')} NULLS LAST`);
  const rows = sqlite
    .prepare<[], unknown[]>(
      `SELECT x.id, ${columns.join(', ')} FROM "${kind.table}" x ORDER BY ${[...order, 'x.id'].join(', ')}`,
    )
    .raw()
    .all();
  return rows.map((row) => {
    const values: Record<string, FieldValue> = {};
    fields.forEach(({ name, field }, index) => {
      const value = (row[index + 1] ?? null) as FieldValue; // what the kind's columns hold
      values[name] = field.type === 'boolean' && value !== null ? value === 1 : value;
    });
    return { id: String(row[0]), values };
  });
}

/** The values of a row as they were, from its columns that changed and how it stands now. */
export function valuesBefore(
  kind: Kind,
  columns: Readonly<Record<string, unknown>>,
  now: BareRow | undefined,
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = { ...now?.values };
  for (const [name, field] of Object.entries(kind.fields)) {
    const [column = '', length = ''] = storedField(kind, name, field).columns;
    if (field.type === 'host-address') {
      const [text, bits] = String(now?.values[name] ?? '').split('/');
      values[name] = `${columns[column] ?? text}/${columns[length] ?? bits}`;
    } else if (column in columns) {
      const value = (columns[column] ?? null) as FieldValue; // what the kind's columns hold
      values[name] = field.type === 'boolean' && value !== null ? value === 1 : value;
    }
  }
  return values;
}
