import type Sqlite from 'better-sqlite3';
import { columnOf, type Kind, kindOf, kinds } from '../../../../shared/model/kinds/index.ts';
import type { ChangeLog, ChangeRange, Image, LoggedChange } from '../change-log.ts';
import { jumpsThrough } from '../jumps-through.ts';
import { nameExpression, referencesTo } from './record-columns.ts';

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

export interface OtherRows extends Named {
  readonly kind: Kind;
  readonly field: string;
  /** They are deleted along; otherwise they lose the reference. */
  readonly goes: boolean;
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
  /** Rows of others that refer to imported ones, as far as `attached` does not tell of them. */
  others(importedIds: readonly string[]): OtherRows[];
  /** Ids of imported places and types that others refer to, and of what belongs to these. */
  needed(importedIds: readonly string[]): ReadonlySet<string>;
  removeRow(table: string, id: string): void;
}

/** Tables of everything that a person declares, those first that hang on others. */
export const importTables: readonly string[] = kinds.map(({ table }) => table).toReversed();

/** What stays although it was imported, once others refer to it: places, and the types of devices. */
const staying: readonly Kind[] = [kindOf('site'), kindOf('room'), kindOf('device-type')];

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
} as const;
export type Attachment = keyof typeof attachments;

/** By `TABLE COLUMN`: what `attachments` tell of, in words of their own. */
const toldApart: ReadonlySet<string> = new Set([
  'interface device_id',
  'ip_address interface_id',
  'service_runs_on device_id',
  'service_runs_on service_id',
  'service_depends_on needed_id',
  'device rack_id',
  'interface_vlan vlan_id',
  'prefix vlan_id',
]);

/** Every field of every kind that refers to another thing. */
const allReferences = (kinds as readonly Kind[]).flatMap((kind) =>
  Object.entries(kind.fields).flatMap(([field, description]) =>
    description.type === 'reference'
      ? [{ kind, field, to: description.to, column: columnOf(field, description) }]
      : [],
  ),
);

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
  const rules = sqlite.prepare<[string], { from: string; on_delete: string }>(
    'SELECT "from", on_delete FROM pragma_foreign_key_list(?)',
  );
  const goesAlong = (table: string, column: string) =>
    rules.all(table).some((rule) => rule.from === column && rule.on_delete === 'CASCADE');
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
    others(ids) {
      const values = { ids: JSON.stringify(ids) };
      return allReferences.flatMap(({ kind, field, to, column }): OtherRows[] => {
        // What refers to a place or a type keeps it.
        const isKept = staying.some(({ name }) => name === to);
        if (isKept || toldApart.has(`${kind.table} ${column}`)) return [];
        const found = named(
          `SELECT ${nameExpression(kind)} FROM "${kind.table}" x WHERE ${isImported(`x.${column}`)} AND ${added('x')}`,
          values,
        );
        return found.count === 0
          ? []
          : [{ kind, field, goes: goesAlong(kind.table, column), ...found }];
      });
    },
    needed(ids) {
      const of = (sql: string, known: readonly string[]) =>
        sqlite
          .prepare<unknown[], string>(sql)
          .pluck()
          .all({ ids: JSON.stringify(ids), known: JSON.stringify(known) });
      const needed = staying.flatMap(({ name }) =>
        referencesTo(name).flatMap(({ kind: { table }, column }) =>
          of(
            `SELECT x.${column} FROM "${table}" x WHERE ${isImported(`x.${column}`)} AND ${added('x')}`,
            [],
          ),
        ),
      );
      const belonging = [
        ...of(`SELECT site_id FROM room WHERE id IN (SELECT value FROM json_each(@known))`, needed),
        ...of(
          `SELECT id FROM port_template WHERE device_type_id IN (SELECT value FROM json_each(@known))`,
          needed,
        ),
      ];
      return new Set([...needed, ...belonging]);
    },
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
