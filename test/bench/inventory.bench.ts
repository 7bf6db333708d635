import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Database, openDatabase } from '../../electron/host/db/index.ts';
import { createInventory, type Inventory } from '../../electron/host/inventory/index.ts';
import { createLargeInventory } from './large-inventory.ts';
import { type BenchResult, compared, timeInTurns, timingOf } from './result.ts';

const devices = 10_000;
const rounds = 100;

/** The inventory at 10,000 devices with 40,000 interfaces, against the bare SQL in the same run. */
export async function run(): Promise<BenchResult[]> {
  const directory = mkdtempSync(join(tmpdir(), 'rackhelm-bench-'));
  try {
    createLargeInventory(directory, { devices, interfacesPerDevice: 4 });
    const results = [openingTime(directory)];
    const db = openDatabase({ dataDirectory: directory });
    const sqlite = new Sqlite(db.file);
    const inventory = createInventory(db);
    results.push(...reading(inventory, sqlite), ...writing(db, inventory, sqlite));
    sqlite.close();
    db.close();
    return results;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/**
 * What somebody would write by hand for one page of the list: the columns that the window shows, by
 * the plainest query that answers. `matching` selects and orders, `?` takes its one parameter.
 */
function barePage(matching: string): string {
  return `SELECT d.*, s.name AS site, r.name AS rack, x.primary_address, x.observed_at, x.differences,
      (SELECT group_concat(t.name) FROM tagging dt JOIN tag t ON t.id = dt.tag_id
       WHERE dt.subject_id = d.id) AS tags
    FROM (${matching}) page JOIN device d ON d.id = page.id
    JOIN device_derived x ON x.device_id = d.id
    LEFT JOIN rack r ON r.id = d.rack_id LEFT JOIN site s ON s.id = d.site_id`;
}

interface ReadCase {
  readonly name: string;
  readonly own: (inventory: Inventory, round: number) => number;
  /** Page and count, as the list gives both. */
  readonly bare: readonly string[];
  readonly parameter?: (round: number) => string;
}

const byName = 'FROM device_derived y ORDER BY y.name_sort LIMIT 200';
const found = `FROM device_derived y WHERE y.doc IN
  (SELECT rowid FROM search_index WHERE search_index MATCH ?)`;
const someWord = (round: number) => `node-${(((round + 50) * 37) % 900) + 100}`;

const readCases: readonly ReadCase[] = [
  {
    name: 'list, first page',
    own: (inventory) => inventory.devices.list({}).total,
    bare: [barePage(`SELECT y.device_id AS id ${byName}`), 'SELECT count(*) FROM device_derived'],
  },
  {
    name: 'list, deep page',
    own: (inventory) => inventory.devices.list({ offset: 9_700 }).total,
    bare: [
      barePage(`SELECT y.device_id AS id ${byName} OFFSET 9700`),
      'SELECT count(*) FROM device_derived',
    ],
  },
  {
    name: 'list, sorted by memory',
    own: (inventory) =>
      inventory.devices.list({ sort: { key: 'memoryBytes', descending: true } }).total,
    bare: [
      barePage(
        `SELECT e.id FROM device e JOIN device_derived y ON y.device_id = e.id
         ORDER BY e.memory_bytes DESC, y.name_sort LIMIT 200`,
      ),
      'SELECT count(*) FROM device',
    ],
  },
  {
    name: 'filter by kind and status',
    own: (inventory) => inventory.devices.list({ kinds: ['nas'], statuses: ['active'] }).total,
    bare: [
      barePage(
        `SELECT e.id FROM device e JOIN device_derived y ON y.device_id = e.id
         WHERE e.kind = 'nas' AND e.status = 'active' ORDER BY y.name_sort LIMIT 200`,
      ),
      "SELECT count(*) FROM device WHERE kind = 'nas' AND status = 'active'",
    ],
  },
  {
    name: 'filter by tag',
    own: (inventory) => inventory.devices.list({ tag: 'k3s' }).total,
    bare: [
      barePage(
        `SELECT y.device_id AS id FROM tag t JOIN tagging dt ON dt.tag_id = t.id
         JOIN device_derived y ON y.device_id = dt.subject_id
         WHERE t.name = 'k3s' ORDER BY y.name_sort LIMIT 200`,
      ),
      "SELECT count(*) FROM tagging dt JOIN tag t ON t.id = dt.tag_id WHERE t.name = 'k3s'",
    ],
  },
  {
    name: 'search by name',
    own: (inventory, round) => inventory.devices.list({ search: someWord(round) }).total,
    bare: [
      barePage(`SELECT y.device_id AS id ${found} ORDER BY y.name_sort LIMIT 200`),
      `SELECT count(*) ${found}`,
    ],
    parameter: (round) => `"${someWord(round)}" *`,
  },
  {
    name: 'search by one letter',
    own: (inventory) => inventory.devices.list({ search: 'n' }).total,
    bare: [
      barePage(`SELECT y.device_id AS id ${found} ORDER BY y.name_sort LIMIT 200`),
      `SELECT count(*) ${found}`,
    ],
    parameter: () => '"n" *',
  },
  {
    name: 'search by the beginning of an address',
    own: (inventory) => inventory.devices.list({ search: '10.20.3' }).total,
    bare: [
      barePage(`SELECT y.device_id AS id ${found} ORDER BY y.name_sort LIMIT 200`),
      `SELECT count(*) ${found}`,
    ],
    parameter: () => '("10.20.3" *) OR ("ip10x20x3" *)',
  },
  {
    name: 'palette search',
    own: (inventory, round) => inventory.search({ text: someWord(round), limit: 20 }).hits.length,
    bare: [
      `SELECT sd.kind, sd.id, coalesce(d.name, s.name, v.name, r.name, p.name) AS title,
         concat_ws(' · ', d.model, x.primary_address, dr.name, s.kind, v.number, v.purpose,
           r.height_units, rs.name, p.comment) AS subtitle
       FROM search_index JOIN search_document sd ON sd.doc = search_index.rowid
       LEFT JOIN device d ON d.id = sd.id LEFT JOIN device_derived x ON x.device_id = sd.id
       LEFT JOIN rack dr ON dr.id = d.rack_id LEFT JOIN service s ON s.id = sd.id
       LEFT JOIN vlan v ON v.id = sd.id LEFT JOIN rack r ON r.id = sd.id
       LEFT JOIN site rs ON rs.id = r.site_id LEFT JOIN site p ON p.id = sd.id
       WHERE search_index MATCH ? ORDER BY bm25(search_index, 10.0, 1.0), title LIMIT 20`,
    ],
    parameter: (round) => `"${someWord(round)}" *`,
  },
];

function reading(inventory: Inventory, sqlite: Sqlite.Database): BenchResult[] {
  return readCases.map(({ name, own, bare, parameter }) => {
    const statements = bare.map((sql) => sqlite.prepare<unknown[]>(sql));
    const times = timeInTurns(
      rounds,
      (round) => {
        if (own(inventory, round) === 0) throw new Error(`${name} found nothing`);
      },
      (round) => {
        for (const statement of statements) statement.all(...(parameter ? [parameter(round)] : []));
      },
    );
    return compared(`${devices} devices: ${name}`, times, {
      target: 'p95 < 30 ms, median ≤ 2× bare SQL',
      baselineName: 'bare SQL',
      pass: (own, ratio) => own.p95Ms < 30 && ratio <= 2,
    });
  });
}

/** Five times each: change all devices, undo it; against the same UPDATE without any history. */
function writing(db: Database, inventory: Inventory, sqlite: Sqlite.Database): BenchResult[] {
  const ids = inventory.devices.list({ limit: devices }).rows.map(({ id }) => id);
  return (['status', 'os'] as const).flatMap((field) => {
    const edits: number[] = [];
    const undos: number[] = [];
    const bares: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const patch = field === 'status' ? { status: 'spare' as const } : { os: 'Debian 14' };
      edits.push(timed(() => inventory.devices.update({ ids, patch })));
      undos.push(timed(() => db.history.undo()));
      bares.push(timed(() => bareUpdate(sqlite, field, ids)));
    }
    const baseline = timingOf(bares);
    const result = (name: string, samples: readonly number[], limitMs: number) =>
      compared(
        `${devices} row edits (${field}): ${name}`,
        { subject: timingOf(samples), baseline },
        {
          target: `median < ${limitMs} ms`,
          baselineName: 'UPDATE by id of a bare table, with its copying',
          pass: (own) => own.medianMs < limitMs,
        },
      );
    return [result('change set', edits, 1000), result('undo', undos, 2000)];
  });
}

/** On a copy of the table, which has no triggers; in one transaction, too. */
function bareUpdate(sqlite: Sqlite.Database, field: string, ids: readonly string[]): void {
  sqlite.exec('CREATE TEMP TABLE bare AS SELECT * FROM main.device');
  sqlite.exec('CREATE UNIQUE INDEX temp.bare_id ON bare (id)');
  sqlite.exec('BEGIN');
  const update = sqlite.prepare(`UPDATE temp.bare SET ${field} = 'other' WHERE id = ?`);
  for (const id of ids) update.run(id);
  sqlite.exec('COMMIT');
  sqlite.exec('DROP TABLE temp.bare');
}

/** With its check of the whole file, against SQLite opening the same file and reading one row. */
function openingTime(directory: string): BenchResult {
  const file = join(directory, 'rackhelm.sqlite');
  const times = timeInTurns(
    7,
    () => openDatabase({ dataDirectory: directory }).close(),
    () => {
      const sqlite = new Sqlite(file);
      sqlite.pragma('quick_check(1)');
      sqlite.close();
    },
  );
  return compared(`open the database of ${devices} devices`, times, {
    target: 'median < 500 ms, to leave half of the second to everything else',
    baselineName: 'SQLite with quick_check',
    pass: (own) => own.medianMs < 500,
  });
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
