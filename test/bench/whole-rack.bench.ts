import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Database, openDatabase } from '../../electron/host/db/index.ts';
import { createInventory, type Inventory } from '../../electron/host/inventory/index.ts';
import { createRecords } from '../../electron/host/records/index.ts';
import { kindOf, kinds } from '../../shared/model/kinds/index.ts';
import { type BenchResult, compared, timeInTurns, timingOf } from './result.ts';
import { openWholeRack, wholeRackSize } from './whole-rack.ts';

const rounds = 40;

/** A full rack with a long past, against the bare SQL in the same run. */
export async function run(): Promise<BenchResult[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'rackhelm-bench-'));
  try {
    openWholeRack(directory);
    const db = openDatabase({ dataDirectory: directory });
    const sqlite = new Sqlite(db.file);
    try {
      const inventory = createInventory(db);
      const results = [
        size(db.file),
        ...lists(createRecords(db), sqlite),
        ...pages(db, inventory, sqlite),
      ];
      return [...results, ...large(db, inventory)];
    } finally {
      sqlite.close();
      db.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** A search, the page of a device, and the history, whole and of one device. */
function pages(db: Database, inventory: Inventory, sqlite: Sqlite.Database): BenchResult[] {
  const ids = inventory.devices.list({ limit: 500 }).rows.map(({ id }) => id);
  const idOf = (round: number) => ids[(round + rounds) % ids.length] ?? '';
  const bare = (sql: string) => sqlite.prepare<unknown[]>(sql);
  const match = bare(`SELECT sd.kind, sd.id FROM search_index
    JOIN search_document sd ON sd.doc = search_index.rowid
    WHERE search_index MATCH ? ORDER BY bm25(search_index, 10.0, 1.0) LIMIT 20`);
  const device = bare('SELECT * FROM device WHERE id = ?');
  const links = bare('SELECT * FROM interface WHERE device_id = ? LIMIT 100');
  const addresses = bare(`SELECT a.* FROM interface i JOIN ip_address a ON a.interface_id = i.id
    WHERE i.device_id = ?`);
  const sets = bare('SELECT * FROM change_set ORDER BY seq DESC LIMIT 50');
  const first = bare('SELECT * FROM change WHERE seq BETWEEN ? AND ? + 3');
  const bareHistory = () => {
    const found = sets.all() as { first_change: number }[]; // its columns are those of the table
    for (const set of found) first.all(set.first_change, set.first_change);
  };
  const everything = { who: null, source: null, text: '', before: null, limit: 50 };
  const word = (round: number) => `node-${((round + 50) * 37) % 900}`;
  const cases: readonly [string, (round: number) => void, (round: number) => void][] = [
    [
      'palette search',
      (n) => void inventory.search({ text: word(n), limit: 20 }),
      (n) => match.all(`"${word(n)}" *`),
    ],
    [
      'page of a device',
      (n) => [inventory.devices.details(idOf(n)), inventory.devices.interfaces({ id: idOf(n) })],
      (n) => [device.all(idOf(n)), links.all(idOf(n)), addresses.all(idOf(n))],
    ],
    ['history', () => void db.history.page({ ...everything, thing: null }), bareHistory],
    [
      'history of a device',
      (n) => void db.history.page({ ...everything, thing: idOf(n) }),
      bareHistory,
    ],
  ];
  return cases.map(([name, own, plain]) =>
    compared(`whole rack: ${name}`, timeInTurns(rounds, own, plain), {
      target: 'p95 < 30 ms, median ≤ 2× bare SQL',
      baselineName: 'bare SQL',
      pass: ({ p95Ms }, ratio) => p95Ms < 30 && ratio <= 2,
    }),
  );
}

/** What takes a moment, three times each, with the undo of it in between. */
function large(db: Database, inventory: Inventory): BenchResult[] {
  const ids = inventory.devices.list({ limit: wholeRackSize.devices }).rows.map(({ id }) => id);
  const kind = kindOf('interface');
  const some = db.tables.records.list(kind, {
    words: [],
    where: [],
    sort: { field: null, descending: false },
    offset: 0,
    limit: 10_000,
  }).rows;
  const works: readonly [string, () => unknown][] = [
    [
      'an edit of 10,000 interfaces',
      () =>
        db.change({ title: 'Changed 10,000', source: 'app' }, () => {
          for (const { id } of some) db.tables.records.update(kind, id, { label: 'all' });
        }),
    ],
    ['deleting all devices with all they own', () => inventory.devices.remove({ ids })],
  ];
  return works.map(([name, work]) => {
    const samples: { readonly own: number; readonly undo: number }[] = [];
    for (let round = 0; round < 3; round += 1) {
      const start = performance.now();
      work();
      const done = performance.now();
      db.history.undo();
      samples.push({ own: done - start, undo: performance.now() - done });
    }
    const times = {
      subject: timingOf(samples.map(({ own }) => own)),
      baseline: timingOf(samples.map(({ undo }) => undo)),
    };
    return compared(`whole rack: ${name}`, times, {
      target: 'median < 1000 ms',
      baselineName: 'its undo',
      pass: ({ medianMs }) => medianMs < 1_000,
    });
  });
}

/** In megabytes, not in milliseconds. */
function size(file: string): BenchResult {
  const megabytes = statSync(file).size / 1e6;
  const { devices, interfaces, addresses, cables } = wholeRackSize;
  return {
    name: `${devices} devices, ${interfaces} interfaces, ${addresses} addresses, ${cables} cables: MB`,
    medianMs: megabytes,
    p95Ms: megabytes,
    baselineName: 'the target',
    baselineMedianMs: 100,
    ratio: megabytes / 100,
    target: '< 100 MB',
    pass: megabytes < 100,
  };
}

const everything = {
  search: '',
  where: [],
  sort: { field: null, descending: false },
  offset: 0,
  limit: 200,
} as const;

/** The first page of each kind, by its name, as its table opens. */
function lists(records: ReturnType<typeof createRecords>, sqlite: Sqlite.Database): BenchResult[] {
  return kinds.map((kind) => {
    const page = sqlite.prepare(`SELECT * FROM "${kind.table}" LIMIT 200`);
    const count = sqlite.prepare(`SELECT count(*) FROM "${kind.table}"`);
    const times = timeInTurns(
      rounds,
      () => records.list({ ...everything, kind: kind.name }),
      () => [page.all(), count.get()],
    );
    return compared(`whole rack: list of ${kind.plural}`, times, {
      target: 'p95 < 30 ms',
      baselineName: 'bare SQL in any order',
      pass: ({ p95Ms }) => p95Ms < 30,
    });
  });
}
