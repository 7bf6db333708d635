import type Sqlite from 'better-sqlite3';
import type { ChangeLog, ChangeRange, Image, LoggedChange } from '../change-log.ts';
import { jumpsThrough } from '../jumps-through.ts';

/** How many things of a kind there are, and what the first of them are called. */
export interface Named {
  readonly count: number;
  readonly names: readonly string[];
}

/** What hangs on some devices. */
export interface HangingOnDevices {
  readonly interfaces: number;
  readonly addresses: number;
  readonly notes: Named;
  /** Devices whose facts were read, and how many of their fields differ. */
  readonly observed: number;
  readonly differences: number;
  /** Services that run on them and nowhere else. */
  readonly orphaned: Named;
  /** Services that run on others as well. */
  readonly shared: Named;
  /** Services that need one of the orphaned. */
  readonly dependents: Named;
  /** Other devices that are reached through one of them. */
  readonly jumpers: Named;
}

/** A row that an import made, as it was then and as it is now. */
export interface ImportedRow {
  readonly table: string;
  readonly id: string;
  /** As the history has it. */
  readonly before: Image;
  /** Null: it is gone. */
  readonly now: Readonly<Record<string, unknown>> | null;
}

export interface RemovalRepository {
  hangingOn(deviceIds: readonly string[]): HangingOnDevices;
  devicesIn(rackId: string): Named;
  /** Rows that change sets of this title brought in, in the order of writing. */
  imported(title: string): ImportedRow[];
  /** Whether any device, rack, VLAN or service of such an import is still there. */
  hasImported(title: string): boolean;
  /** Names of the rows of a query over what hangs on the imported rows; see `attachments`. */
  attached(what: Attachment, importedIds: readonly string[]): Named;
  removeRow(table: ImportTable, id: string): void;
}

/** Tables that an import writes and a person speaks of, those first that hang on others. */
export const importTables = [
  'service',
  'cable',
  'ip_range',
  'ip_address',
  'device',
  'prefix',
  'vlan',
  'rack',
  'site',
] as const;
export type ImportTable = (typeof importTables)[number];

const shown = 3;

/** `@ids`: JSON array of imported ids, of all tables. What is not among them a person added. */
const added = (alias: string) => `${alias}.id NOT IN (SELECT value FROM json_each(@ids))`;
const isImported = (column: string) => `${column} IN (SELECT value FROM json_each(@ids))`;

const attachments = {
  notes: `SELECT d.name FROM note n JOIN device d ON d.id = n.subject_id
    WHERE ${isImported('n.subject_id')} AND ${added('n')}`,
  interfaces: `SELECT d.name || ' ' || i.name FROM interface i JOIN device d ON d.id = i.device_id
    WHERE ${isImported('i.device_id')} AND ${added('i')}`,
  addresses: `SELECT a.address FROM ip_address a JOIN interface i ON i.id = a.interface_id
    WHERE ${isImported('i.device_id')} AND ${added('a')}`,
  tags: `SELECT t.name FROM tagging x JOIN tag t ON t.id = x.tag_id
    WHERE ${isImported('x.subject_id')} AND ${added('x')}`,
  readings: `SELECT d.name FROM observation o JOIN device d ON d.id = o.device_id
    WHERE ${isImported('o.device_id')} AND o.key = 'facts'`,
  services: `SELECT DISTINCT s.name FROM service_runs_on r JOIN service s ON s.id = r.service_id
    WHERE ${isImported('r.device_id')} AND ${added('s')}`,
  dependents: `SELECT DISTINCT s.name FROM service_depends_on o JOIN service s ON s.id = o.service_id
    WHERE ${isImported('o.needed_id')} AND ${added('s')}`,
  hosts: `SELECT DISTINCT d.name FROM service_runs_on r JOIN device d ON d.id = r.device_id
    WHERE ${isImported('r.service_id')} AND ${added('d')}`,
  racked: `SELECT d.name FROM device d WHERE ${isImported('d.rack_id')} AND ${added('d')}`,
  members: `SELECT DISTINCT d.name FROM interface_vlan m JOIN interface i ON i.id = m.interface_id
    JOIN device d ON d.id = i.device_id WHERE ${isImported('m.vlan_id')} AND ${added('d')}`,
  prefixes: `SELECT p.prefix FROM prefix p WHERE ${isImported('p.vlan_id')} AND ${added('p')}`,
  /** Its own things at a site keep the site. */
  sites: `SELECT s.name FROM site s WHERE ${isImported('s.id')} AND (
    EXISTS (SELECT 1 FROM rack r WHERE r.site_id = s.id AND ${added('r')})
    OR EXISTS (SELECT 1 FROM device d WHERE d.site_id = s.id AND ${added('d')}))`,
} as const;
export type Attachment = keyof typeof attachments;

export function createRemovalRepository(
  sqlite: Sqlite.Database,
  log: ChangeLog,
): RemovalRepository {
  sqlite.function('jumps_through', { deterministic: true, varargs: true }, (jumps, ...hosts) =>
    jumpsThrough(String(jumps), ...hosts.map((host) => (host === null ? null : String(host)))),
  );
  const named = (sql: string, values: Readonly<Record<string, unknown>>): Named => {
    const names = sqlite.prepare<unknown[], string>(`${sql} LIMIT ${shown}`).pluck().all(values);
    if (names.length < shown) return { count: names.length, names };
    const count = sqlite.prepare<unknown[], number>(`SELECT count(*) FROM (${sql})`).pluck();
    return { count: count.get(values) ?? names.length, names };
  };
  const imports = sqlite.prepare<[string], ChangeRange>(
    `SELECT first_change AS firstChange, last_change AS lastChange FROM change_set
     WHERE source = 'import' AND title = ? ORDER BY seq`,
  );
  const isInsert = ({ operation }: LoggedChange) => operation === 'insert';
  const rowOf = (table: string, id: string) =>
    sqlite
      .prepare<[string], Record<string, unknown>>(`SELECT * FROM "${table}" WHERE id = ?`)
      .get(id);

  return {
    hangingOn: (deviceIds) => hangingOn(sqlite, named, JSON.stringify(deviceIds)),
    devicesIn: (rackId) =>
      named('SELECT name FROM device WHERE rack_id = @rackId ORDER BY position DESC', { rackId }),
    imported: (title) =>
      imports.all(title).flatMap((range) =>
        log
          .read(range)
          .filter(isInsert)
          .map(({ table, rowId, after }) => ({
            table,
            id: rowId,
            before: after ?? {},
            now: rowOf(table, rowId) ?? null,
          })),
      ),
    hasImported: (title) =>
      imports
        .all(title)
        .some((range) =>
          log
            .walk(range)
            .some((one) => isInsert(one) && isLeading(one.table) && rowOf(one.table, one.rowId)),
        ),
    attached: (what, ids) => named(attachments[what], { ids: JSON.stringify(ids) }),
    removeRow: (table, id) => void sqlite.prepare(`DELETE FROM "${table}" WHERE id = ?`).run(id),
  };
}

/** A site that stays for what the person has there does not make it the sample. */
const isLeading = (table: string) => ['device', 'rack', 'vlan', 'service'].includes(table);

type ReadNamed = (sql: string, values: Readonly<Record<string, unknown>>) => Named;

const chosen = '(SELECT value FROM json_each(@ids))';

function hangingOn(sqlite: Sqlite.Database, named: ReadNamed, ids: string): HangingOnDevices {
  const count = (sql: string) => sqlite.prepare<unknown[], number>(sql).pluck().get({ ids }) ?? 0;
  const elsewhere = `EXISTS (SELECT 1 FROM service_runs_on o
    WHERE o.service_id = s.id AND o.device_id NOT IN ${chosen})`;
  const here = `SELECT DISTINCT r.service_id FROM service_runs_on r WHERE r.device_id IN ${chosen}`;
  const orphaned = `SELECT s.id FROM service s WHERE s.id IN (${here}) AND NOT ${elsewhere}`;
  return {
    interfaces: count(`SELECT count(*) FROM interface WHERE device_id IN ${chosen}`),
    addresses: count(`SELECT count(*) FROM interface i JOIN ip_address a ON a.interface_id = i.id
      WHERE i.device_id IN ${chosen}`),
    notes: named(`SELECT text FROM note WHERE subject_id IN ${chosen} ORDER BY at DESC`, { ids }),
    observed: count(`SELECT count(*) FROM device_derived
      WHERE device_id IN ${chosen} AND observed_at IS NOT NULL`),
    differences: count(`SELECT coalesce(sum(differences), 0) FROM device_derived
      WHERE device_id IN ${chosen}`),
    orphaned: named(`SELECT s.name FROM service s WHERE s.id IN (${orphaned}) ORDER BY s.name`, {
      ids,
    }),
    shared: named(
      `SELECT s.name FROM service s WHERE s.id IN (${here}) AND ${elsewhere} ORDER BY s.name`,
      { ids },
    ),
    dependents: named(
      `SELECT DISTINCT s.name FROM service_depends_on o JOIN service s ON s.id = o.service_id
       WHERE o.needed_id IN (${orphaned}) AND s.id NOT IN (${orphaned}) ORDER BY s.name`,
      { ids },
    ),
    jumpers: named(
      `SELECT d.name FROM device d WHERE d.ssh_jump IS NOT NULL AND d.id NOT IN ${chosen}
       AND EXISTS (SELECT 1 FROM json_each(@ids) c JOIN device j ON j.id = c.value
         WHERE jumps_through(d.ssh_jump, j.name, j.hostname, j.ssh_host))`,
      { ids },
    ),
  };
}
