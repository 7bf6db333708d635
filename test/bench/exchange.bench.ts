import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { type Database, newId, openDatabase } from '../../electron/host/db/index.ts';
import { createExchange, createExchangeDesk } from '../../electron/host/exchange/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { pieceBytes } from '../../shared/contract/exchange.ts';
import { type KindName, kindOf } from '../../shared/model/kinds/index.ts';
import { type BenchResult, timingOf } from './result.ts';

const devices = 1_000;
const interfacesEach = 20;
const addresses = 50_000;
const cables = 5_000;

/** Moving a whole inventory out and a large table in. */
export async function run(): Promise<BenchResult[]> {
  const directory = mkdtempSync(join(tmpdir(), 'rackhelm-bench-'));
  try {
    const table = fill(directory);
    return [...exporting(directory), ...(await importing(directory, table))];
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
type Insert = (
  kind: KindName,
  values: Parameters<Database['tables']['records']['insert']>[2],
) => string;

function inserter({ tables }: Database): Insert {
  return (kind, values) => {
    const id = newId();
    tables.records.insert(kindOf(kind), id, values);
    return id;
  };
}

/** Everything but the addresses goes in; they come back as a table, and go in as well. */
function fill(directory: string): string {
  const db = openDatabase({ dataDirectory: directory });
  createInventory(db);
  const insert = inserter(db);
  const ports: string[] = [];
  db.change({ title: 'Filled', source: 'import' }, () => {
    for (let index = 0; index < devices; index += 1) ports.push(...insertDevice(insert, index));
    for (let index = 0; index < cables; index += 1) {
      const cable = insert('cable', { label: `C${index}`, status: 'connected', type: 'cat6' });
      const end = (side: string, at: number) =>
        insert('cable-end', { cable, side, lane: 1, interface: ports[at] ?? null });
      end('a', index * 2);
      end('b', index * 2 + 1);
    }
    for (let index = 0; index < addresses; index += 1) {
      const port = ports[index % ports.length] ?? null;
      insert('address', { interface: port, address: addressOf(10, index), role: 'host' });
    }
  });
  db.close();
  const rows = Array.from({ length: addresses }, (_, index) => {
    const [device, port] = [index % devices, Math.floor(index / devices) % interfacesEach];
    return `${addressOf(11, index)},node-${device},eth${port},host-${index}.example`;
  });
  return `Address,Device,Interface,DNS name\n${rows.join('\n')}\n`;
}

const addressOf = (net: number, index: number) =>
  `${net}.${index >> 16}.${(index >> 8) & 255}.${index & 255}/16`;

function insertDevice(insert: Insert, index: number): string[] {
  const device = insert('device', {
    name: `node-${index}`,
    kind: 'server',
    status: 'active',
    heightUnits: 1,
    model: 'NUC',
    serial: `SN${index}`,
    memoryBytes: 2 ** 34,
  });
  return Array.from({ length: interfacesEach }, (_, port) =>
    insert('interface', {
      device,
      name: `eth${port}`,
      kind: 'ethernet',
      speedMbps: 1_000,
      mtu: 1_500,
      ordinal: port,
    }),
  );
}

/** As a window does it, with how long the host did not answer meanwhile. */
async function importing(directory: string, table: string): Promise<BenchResult[]> {
  const db = openDatabase({ dataDirectory: directory });
  createInventory(db);
  const desk = createExchangeDesk(db, directory);
  const stalls = watchLoop();
  const start = performance.now();
  const bytes = Buffer.from(table);
  const { file } = await desk.open({ name: 'addresses.csv', size: bytes.length });
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    await desk.send({ file, piece: bytes.subarray(at, at + pieceBytes).toString('base64') });
  }
  const { total } = await desk.compare({ file, kind: null, map: [] });
  const compared = performance.now() - start;
  const applied = await desk.apply({ file, deletions: false, prefer: null });
  const took = performance.now() - start;
  const longest = stalls.end();
  await desk.end();
  const bare = bareInsert(db, table);
  db.close();
  if (total !== addresses || applied.added !== addresses) throw new Error(`Only ${applied.added}`);
  const one = (name: string, ms: number, target: number): BenchResult => ({
    name,
    ...timingOf([ms]),
    baselineName: 'INSERT into a bare table with its index',
    baselineMedianMs: bare,
    ratio: ms / bare,
    target: `< ${target} ms`,
    pass: ms < target,
  });
  return [
    one(`${addresses} addresses from CSV: compared`, compared, 5_000),
    one(`${addresses} addresses from CSV: compared and written`, took, 5_000),
    one(`${addresses} addresses from CSV: longest stall of the event loop`, longest, 100),
  ];
}

function watchLoop() {
  let longest = 0;
  let going = true;
  const watch = async () => {
    while (going) {
      const start = performance.now();
      await pause(5);
      longest = Math.max(longest, performance.now() - start - 5);
    }
  };
  void watch();
  return {
    end() {
      going = false;
      return longest;
    },
  };
}

function bareInsert(db: Database, table: string): number {
  const sqlite = new Sqlite(db.file);
  const start = performance.now();
  sqlite.exec('CREATE TEMP TABLE bare (id TEXT PRIMARY KEY, address TEXT UNIQUE, dns TEXT) STRICT');
  const insert = sqlite.prepare('INSERT INTO temp.bare VALUES (?, ?, ?)');
  sqlite.transaction(() => {
    for (const line of table.trim().split('\n').slice(1)) {
      const [address, , , dns] = line.split(',');
      insert.run(newId(), address, dns);
    }
  })();
  const took = performance.now() - start;
  sqlite.close();
  return took;
}

function exporting(directory: string): BenchResult[] {
  const db = openDatabase({ dataDirectory: directory });
  createInventory(db);
  const exchange = createExchange(db);
  const sqlite = new Sqlite(db.file);
  const own: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    let start = performance.now();
    exchange.write('yaml', null);
    own.push(performance.now() - start);
    start = performance.now();
    for (const table of ['device', 'interface', 'ip_address', 'cable', 'cable_end']) {
      JSON.stringify(sqlite.prepare(`SELECT * FROM ${table}`).all());
    }
    bare.push(performance.now() - start);
  }
  sqlite.close();
  db.close();
  const [subject, baseline] = [timingOf(own), timingOf(bare)];
  return [
    {
      name: `whole export: ${devices} devices, ${devices * interfacesEach} interfaces, ${addresses} addresses, ${cables} cables`,
      ...subject,
      baselineName: 'SELECT * of the tables as JSON',
      baselineMedianMs: baseline.medianMs,
      ratio: subject.medianMs / baseline.medianMs,
      target: 'median < 2000 ms',
      pass: subject.medianMs < 2_000,
    },
  ];
}
