import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { createLargeInventory } from './large-inventory.ts';
import { type BenchResult, compared, timingOf } from './result.ts';

const rounds = 60;
const inARow = 10;

/** Edits of one field of one device among 10,000, beside the same by bare SQL with an audit row. */
export async function run(): Promise<BenchResult[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-bench-'));
  const [own, bare] = [path.join(folder, 'own'), path.join(folder, 'bare')];
  try {
    createLargeInventory(own, { devices: 10_000, interfacesPerDevice: 4 });
    cpSync(own, bare, { recursive: true });
    return measure(own, path.join(bare, 'rackhelm.sqlite'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

type Edit = (id: string, value: string) => void;

function measure(directory: string, bareFile: string): BenchResult[] {
  const db = openDatabase({ dataDirectory: directory });
  const sqlite = new Sqlite(bareFile);
  try {
    const inventory = createInventory(db);
    const ids = inventory.devices.list({ limit: 1_000 }).rows.map(({ id }) => id);
    const edit: Edit = (id, os) => void inventory.devices.update({ ids: [id], patch: { os } });
    return compareEdits(ids, edit, bareEdit(sqlite));
  } finally {
    sqlite.close();
    db.close();
  }
}

function bareEdit(sqlite: Sqlite.Database): Edit {
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL', 'cache_size = -65536']) {
    sqlite.pragma(pragma);
  }
  const triggers = sqlite.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck();
  for (const name of triggers.all()) sqlite.exec(`DROP TRIGGER "${name}"`);
  sqlite.exec(`CREATE TABLE audit (id INTEGER PRIMARY KEY, at INTEGER, who TEXT, table_name TEXT,
    row_id TEXT, field TEXT, old TEXT, new TEXT)`);
  const old = sqlite.prepare<[string]>('SELECT os FROM device WHERE id = ?').pluck();
  const update = sqlite.prepare('UPDATE device SET os = ? WHERE id = ?');
  const audit = sqlite.prepare(
    `INSERT INTO audit (at, who, table_name, row_id, field, old, new)
     VALUES (?, 'me', 'device', ?, 'os', ?, ?)`,
  );
  return sqlite.transaction((id: string, value: string) => {
    const before = old.get(id);
    update.run(value, id);
    audit.run(Date.now(), id, before, value);
  });
}

function compareEdits(ids: readonly string[], own: Edit, bare: Edit): BenchResult[] {
  const wall = { own: [] as number[], bare: [] as number[] };
  const processor = { own: [] as number[], bare: [] as number[] };
  let turn = 0;
  const row = (edit: Edit, into: number[]) => {
    const before = process.cpuUsage();
    for (let n = 0; n < inARow; n += 1) {
      turn += 1;
      const start = performance.now();
      edit(ids[(turn * 7) % ids.length] ?? '', `v${turn}`);
      into.push(performance.now() - start);
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  for (let round = -15; round < rounds; round += 1) {
    const times = { own: [] as number[], bare: [] as number[] };
    const used = { own: row(own, times.own), bare: row(bare, times.bare) };
    if (round < 0) continue;
    wall.own.push(...times.own);
    wall.bare.push(...times.bare);
    processor.own.push(used.own);
    processor.bare.push(used.bare);
  }
  const times = (of: typeof wall) => ({ subject: timingOf(of.own), baseline: timingOf(of.bare) });
  const baselineName = 'bare SQL with an audit row';
  return [
    compared('10,000 devices: edit of one field', times(wall), {
      target: 'median < 3 ms',
      baselineName,
      pass: ({ medianMs }) => medianMs < 3,
    }),
    compared('ten such edits in a row, processor time', times(processor), {
      target: '≤ 1.5×',
      baselineName,
      pass: (_own, ratio) => ratio <= 1.5,
    }),
  ];
}
