import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createRecords } from '../../electron/host/records/index.ts';
import { kinds } from '../../shared/model/kinds/index.ts';
import { type BenchResult, compared, timeInTurns } from './result.ts';
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
      return [size(db.file), ...lists(createRecords(db), sqlite)];
    } finally {
      sqlite.close();
      db.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
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
