import type Sqlite from 'better-sqlite3';
import { type Columns, toColumn } from '../../../../shared/model/columns.ts';
import type { DeviceFields, DeviceQuery, DeviceRow } from '../../../../shared/model/inventory.ts';
import { oldAfterMs } from '../../../../shared/model/readings.ts';
import { parseFailure } from '../readings.ts';
import { matchExpression } from '../search-text.ts';
import { createDeleteRows } from './delete-rows.ts';

/** Column of each declared field. */
export const deviceColumns: Readonly<Record<keyof DeviceFields, string>> = {
  name: 'name',
  kind: 'kind',
  status: 'status',
  siteId: 'site_id',
  rackId: 'rack_id',
  position: 'position',
  heightUnits: 'height_units',
  hostname: 'hostname',
  manufacturer: 'manufacturer',
  model: 'model',
  serial: 'serial',
  os: 'os',
  kernel: 'kernel',
  architecture: 'architecture',
  cpuModel: 'cpu_model',
  cpuCores: 'cpu_cores',
  memoryBytes: 'memory_bytes',
  sshHost: 'ssh_host',
  sshPort: 'ssh_port',
  sshUser: 'ssh_user',
  sshIdentityFile: 'ssh_identity_file',
  sshJump: 'ssh_jump',
  comment: 'comment',
};

export const deviceFieldNames = Object.keys(deviceColumns) as readonly (keyof DeviceFields)[]; // the record's own keys

/** Fields that are undefined or left out stay as they are. */
type DevicePatch = { readonly [K in keyof DeviceFields]?: DeviceFields[K] | undefined };

export interface DeviceCounts {
  readonly devices: number;
  readonly neverObserved: number;
  readonly withDifferences: number;
  /** Those that the last attempt could not read. */
  readonly couldNotBeRead: number;
}

export interface DeviceRepository {
  list(query: DeviceQuery): { rows: DeviceRow[]; total: number };
  /** The same by columns, without making a row of each. */
  columns(query: DeviceQuery): { list: Columns<DeviceRow>; total: number };
  get(id: string): DeviceRow | undefined;
  exists(id: string): boolean;
  /** Id of the device of that name, in any case. */
  idByName(name: string): string | undefined;
  insert(id: string, fields: DeviceFields): void;
  /** Writes the given fields; false when there is no such device. */
  update(id: string, patch: DevicePatch): boolean;
  remove(ids: readonly string[]): void;
  /** Whether so much was seen on it or is declared of it that working with it takes long. */
  isLarge(id: string): boolean;
  counts(): DeviceCounts;
}

/** Rows of a device from which on it is large. */
const many = 1_000;

const fieldSelection = Object.entries(deviceColumns)
  .map(([field, column]) => `d.${column} AS ${field}`)
  .join(', ');

const selection = `SELECT d.id, ${fieldSelection},
  coalesce(s.name, rs.name) AS siteName, r.name AS rackName,
  x.primary_address AS primaryAddress, x.observed_at AS observedAt,
  coalesce(x.differences, 0) AS differences,
  ra.at AS attemptedAt, ra.duration_ms AS attemptMs, ra.failure,
  (SELECT json_group_array(t.name ORDER BY t.name) FROM tagging g JOIN tag t ON t.id = g.tag_id
   WHERE g.subject_id = d.id) AS tags`;

const joins = `LEFT JOIN device_derived x ON x.device_id = d.id
  LEFT JOIN reading_attempt ra ON ra.device_id = d.id
  LEFT JOIN rack r ON r.id = d.rack_id
  LEFT JOIN site s ON s.id = d.site_id
  LEFT JOIN site rs ON rs.id = r.site_id`;

type StoredRow = Omit<DeviceRow, 'tags' | 'failure'> & { tags: string; failure: string | null };

export function createDeviceRepository(
  sqlite: Sqlite.Database,
  beforeSearch: () => void,
): DeviceRepository {
  const prepared = statementCache(sqlite);
  const get = sqlite.prepare<[string], StoredRow>(
    // `+?`: SQLite prepares a join anew at each binding of a plain `?` (STAT4).
    `${selection} FROM device d ${joins} WHERE d.id = +?`,
  );
  const idByName = sqlite.prepare<[string], string>('SELECT id FROM device WHERE name = ?').pluck();
  const byIds = sqlite.prepare<[string], StoredRow>(
    `${selection} FROM json_each(?) page CROSS JOIN device d ON d.id = page.value ${joins}
     ORDER BY page.rowid`,
  );
  const arraysByIds = sqlite.prepare<[string], unknown[]>(byIds.source).raw();
  const columnNames = arraysByIds.columns().map(({ name }) => name);
  const exists = sqlite.prepare<[string], number>('SELECT 1 FROM device WHERE id = ?').pluck();
  const insert = sqlite.prepare<[Record<string, unknown>]>(
    `INSERT INTO device (id, ${Object.values(deviceColumns).join(', ')})
     VALUES (@id, ${deviceFieldNames.map((field) => `@${field}`).join(', ')})`,
  );
  const deleteRows = createDeleteRows(sqlite);
  // Counted no further than it takes to know.
  const large = sqlite
    .prepare<[{ id: string }], number>(
      `SELECT (SELECT count(*) FROM (SELECT 1 FROM observation WHERE device_id = @id LIMIT ${many})) = ${many}
         OR (SELECT count(*) FROM (SELECT 1 FROM interface i LEFT JOIN ip_address a
               ON a.interface_id = i.id WHERE i.device_id = @id LIMIT ${many})) = ${many}`,
    )
    .pluck();
  const counts = sqlite.prepare<[], DeviceCounts>(
    `SELECT count(*) AS devices, count(*) FILTER (WHERE observed_at IS NULL) AS neverObserved,
       count(*) FILTER (WHERE differences > 0) AS withDifferences,
       (SELECT count(*) FROM reading_attempt ra JOIN device d ON d.id = ra.device_id
        WHERE ra.failure IS NOT NULL) AS couldNotBeRead FROM device_derived`,
  );

  const choose = (query: DeviceQuery) => {
    if (query.search !== '') beforeSearch();
    const { page, total, values } = listStatements(query);
    const chosen = prepared<unknown[], { id: string; total: number }>(page).all(
      ...values,
      query.limit,
      query.offset,
    );
    // A page with rows knows the total; an empty one may only be beyond the last.
    const counted =
      chosen[0]?.total ?? prepared<unknown[], { total: number }>(total).get(...values)?.total ?? 0;
    return { ids: JSON.stringify(chosen.map(({ id }) => id)), total: counted };
  };

  return {
    list(query) {
      const { ids, total } = choose(query);
      return { rows: byIds.all(ids).map(readRow), total };
    },
    columns(query) {
      const { ids, total } = choose(query);
      return { list: columnsOfRows(columnNames, arraysByIds.all(ids)), total };
    },
    get(id) {
      const row = get.get(id);
      return row === undefined ? undefined : readRow(row);
    },
    exists: (id) => exists.get(id) !== undefined,
    idByName: (name) => idByName.get(name),
    insert: (id, fields) => void insert.run({ id, ...fields }),
    update(id, patch) {
      const fields = deviceFieldNames.filter((field) => patch[field] !== undefined);
      const set = fields.map((field) => `${deviceColumns[field]} = ?`).join(', ');
      if (set === '') return exists.get(id) !== undefined;
      const statement = prepared<unknown[], unknown>(`UPDATE device SET ${set} WHERE id = ?`);
      return statement.run(...fields.map((field) => patch[field]), id).changes === 1;
    },
    remove: (ids) => void deleteRows('device', ids),
    isLarge: (id) => large.get({ id }) === 1,
    counts: () =>
      counts.get() ?? { devices: 0, neverObserved: 0, withDifferences: 0, couldNotBeRead: 0 },
  };
}

/** Changes the row in place: copying 30 columns of each would take as long as reading them. */
function readRow(row: StoredRow): DeviceRow {
  // json_group_array of names
  const tags = row.tags === '[]' ? [] : (JSON.parse(row.tags) as string[]);
  return Object.assign(row as Omit<StoredRow, 'tags' | 'failure'>, {
    tags,
    failure: parseFailure(row.failure),
  });
}

/** Texts that repeat are read once: tags and failures are JSON. */
function columnsOfRows(
  names: readonly string[],
  rows: readonly (readonly unknown[])[],
): Columns<DeviceRow> {
  const columns = names.map((name, index) => {
    const column = toColumn(rows.map((row) => row[index]));
    if (name !== 'tags' && name !== 'failure') return [name, column];
    const parse = name === 'tags' ? (text: unknown) => JSON.parse(String(text)) : parseStored;
    return [name, { ...column, values: column.values.map(parse) }];
  });
  // The selection has a column for each field of a row.
  return {
    count: rows.length,
    columns: Object.fromEntries(columns) as Columns<DeviceRow>['columns'],
  };
}

const parseStored = (text: unknown) => parseFailure(text === null ? null : String(text));

/** Expression that each key sorts by; null comes last in both directions. */
const sortExpressions: Readonly<Record<DeviceQuery['sort']['key'], string>> = {
  name: 'x.name_sort',
  kind: 'd.kind',
  status: 'd.status',
  rackName: 'r.name',
  position: 'd.position',
  primaryAddress: 'x.primary_bytes',
  model: 'd.model COLLATE NOCASE',
  os: 'd.os COLLATE NOCASE',
  architecture: 'd.architecture',
  cpuCores: 'd.cpu_cores',
  memoryBytes: 'd.memory_bytes',
  observedAt: 'x.observed_at',
  differences: 'x.differences',
  reading: `CASE WHEN ra.failure IS NOT NULL THEN 0 WHEN x.differences > 0 THEN 1
    WHEN x.observed_at IS NULL THEN 2 ELSE 3 END`,
};

/**
 * A page is chosen by ids first, so that only its rows are joined and read completely. Every device
 * has its device_derived row: that one leads, for its index on the name. `? + 0` in the limit keeps
 * SQLite from preparing anew at each binding.
 */
export function listStatements(query: DeviceQuery): {
  readonly page: string;
  readonly total: string;
  readonly values: readonly unknown[];
} {
  const { conditions, values } = filters(query);
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : '';
  const { key, descending } = query.sort;
  const direction = descending ? 'DESC' : 'ASC';
  const order =
    key === 'name'
      ? `x.name_sort ${direction}, x.device_id`
      : `${sortExpressions[key]} ${direction} NULLS LAST, x.name_sort, x.device_id`;
  const rackJoin = key === 'rackName' ? 'LEFT JOIN rack r ON r.id = d.rack_id' : '';
  const attemptJoin =
    key === 'reading' ? 'LEFT JOIN reading_attempt ra ON ra.device_id = x.device_id' : '';
  const source = needsDevice(query)
    ? `device_derived x JOIN device d ON d.id = x.device_id ${rackJoin} ${attemptJoin}`
    : `device_derived x ${attemptJoin}`;
  // Counted while the filter runs, so that it runs once; all of them are counted by themselves.
  const count =
    conditions.length > 0 ? 'count(*) OVER ()' : '(SELECT count(*) FROM device_derived)';
  return {
    page: `SELECT x.device_id AS id, ${count} AS total FROM ${source} ${where}
      ORDER BY ${order} LIMIT ? + 0 OFFSET ? + 0`,
    total: `SELECT count(*) AS total FROM ${conditions.length > 0 ? source : 'device_derived x'} ${where}`,
    values,
  };
}

const derivedSorts = new Set(['name', 'primaryAddress', 'observedAt', 'differences', 'reading']);

function needsDevice(query: DeviceQuery): boolean {
  return (
    query.kinds.length > 0 ||
    query.statuses.length > 0 ||
    query.rackId !== null ||
    query.onlyWithoutRack ||
    !derivedSorts.has(query.sort.key)
  );
}

function filters(query: DeviceQuery): { conditions: string[]; values: unknown[] } {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const add = (condition: string, ...bound: readonly unknown[]) => {
    conditions.push(condition);
    values.push(...bound);
  };
  const match = matchExpression(query.search);
  if (match !== undefined) {
    add('x.doc IN (SELECT rowid FROM search_index WHERE search_index MATCH ?)', match);
  }
  if (query.kinds.length > 0) {
    add('d.kind IN (SELECT value FROM json_each(?))', JSON.stringify(query.kinds));
  }
  if (query.statuses.length > 0) {
    add('d.status IN (SELECT value FROM json_each(?))', JSON.stringify(query.statuses));
  }
  if (query.rackId !== null) add('d.rack_id = ?', query.rackId);
  if (query.tag !== null) {
    add(
      `x.device_id IN (SELECT g.subject_id FROM tag t JOIN tagging g ON g.tag_id = t.id
         WHERE t.name = ?)`,
      query.tag,
    );
  }
  if (query.onlyDifferent) add('x.differences > 0');
  if (query.onlyFailed) {
    add('x.device_id IN (SELECT device_id FROM reading_attempt WHERE failure IS NOT NULL)');
  }
  if (query.onlyOld) add('x.observed_at < ?', Date.now() - oldAfterMs);
  if (query.onlyUnobserved) add('x.observed_at IS NULL');
  if (query.onlyWithoutRack) add('d.rack_id IS NULL');
  return { conditions, values };
}

/** Statements made from a few building blocks, prepared once each. */
function statementCache(sqlite: Sqlite.Database) {
  const known = new Map<string, Sqlite.Statement<unknown[], unknown>>();
  return <P extends unknown[], R>(sql: string): Sqlite.Statement<P, R> => {
    const statement = known.get(sql) ?? sqlite.prepare<unknown[], unknown>(sql);
    known.set(sql, statement);
    return statement as unknown as Sqlite.Statement<P, R>; // the caller knows its SQL's shape
  };
}
