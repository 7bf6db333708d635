import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Sqlite from 'better-sqlite3';
import { createCabling } from '../../electron/host/cabling/index.ts';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createPower } from '../../electron/host/power/index.ts';
import { type BenchResult, compared, timeInTurns } from './result.ts';
import { openWholeRack, wholeRackSize } from './whole-rack.ts';

const rounds = 60;

interface Case {
  readonly name: string;
  readonly own: (round: number) => unknown;
  /** What somebody would write by hand to know the same, read and thrown away. */
  readonly bare: readonly string[];
  readonly parameter?: (round: number) => string;
}

/** Traces, lists of cables and the reckoning of all power in a full rack, against the bare SQL. */
export async function run(): Promise<BenchResult[]> {
  const directory = mkdtempSync(path.join(tmpdir(), 'rackhelm-bench-'));
  try {
    openWholeRack(directory);
    const db = openDatabase({ dataDirectory: directory });
    const sqlite = new Sqlite(db.file);
    try {
      return [...cableCases(db, sqlite), ...powerCases(db)].map((one) => measured(sqlite, one));
    } finally {
      sqlite.close();
      db.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function measured(sqlite: Sqlite.Database, { name, own, bare, parameter }: Case): BenchResult {
  const statements = bare.map((sql) => sqlite.prepare<unknown[]>(sql));
  const times = timeInTurns(rounds, own, (round) => {
    for (const statement of statements) statement.all(...(parameter ? [parameter(round)] : []));
  });
  return compared(
    `${wholeRackSize.devices} devices, ${wholeRackSize.cables} cables: ${name}`,
    times,
    {
      target: 'p95 < 30 ms',
      baselineName: 'bare SQL',
      pass: ({ p95Ms }) => p95Ms < 30,
    },
  );
}

function cableCases(db: ReturnType<typeof openDatabase>, sqlite: Sqlite.Database): Case[] {
  const cabling = createCabling(db);
  const sockets = sqlite
    .prepare<[], string>(
      'SELECT coalesce(interface_id, port_id) FROM cable_end ORDER BY id LIMIT 5000',
    )
    .pluck()
    .all();
  const socketAt = (round: number) => sockets[((round + rounds) * 7919) % sockets.length] ?? '';
  const sort = { key: 'label', descending: false } as const;
  const query = { search: '', types: [], statuses: [], deviceId: null, open: false, sort };
  const page = { offset: 0, limit: 100 };
  const byNames = `SELECT c.*, d.name, coalesce(i.name, p.name) FROM cable c
    JOIN cable_end e ON e.cable_id = c.id LEFT JOIN interface i ON i.id = e.interface_id
    LEFT JOIN port p ON p.id = e.port_id LEFT JOIN device d ON d.id = coalesce(i.device_id, p.device_id)`;
  return [
    {
      name: 'trace from a port',
      own: (round) => cabling.trace(socketAt(round)),
      bare: [`${byNames} WHERE c.id IN (SELECT cable_id FROM cable_end WHERE interface_id = ?)`],
      parameter: socketAt,
    },
    {
      name: 'cables, first page by label',
      own: () => cabling.list({ ...query, ...page }),
      bare: [
        `${byNames} WHERE c.id IN (SELECT id FROM cable ORDER BY label LIMIT 100)`,
        'SELECT count(*) FROM cable',
      ],
    },
    {
      name: 'cables, by where they lead to',
      own: () => cabling.list({ ...query, ...page, sort: { key: 'b', descending: false } }),
      bare: [`${byNames} WHERE e.side = 'b' ORDER BY d.name LIMIT 100`],
    },
    {
      name: 'cables, searched by device',
      own: () => cabling.list({ ...query, ...page, search: 'device-12' }),
      bare: [`${byNames} WHERE d.name LIKE '%device-12%' LIMIT 100`],
    },
    {
      name: 'devices with free ports',
      own: () => cabling.devices({ search: '', free: true, ...page }),
      bare: [
        `SELECT i.device_id, count(*) FROM interface i WHERE NOT EXISTS
           (SELECT 1 FROM cable_end e WHERE e.interface_id = i.id) GROUP BY 1 LIMIT 100`,
      ],
    },
    {
      name: 'missing and doubtful cables',
      own: () => cabling.links({ state: 'missing', deviceId: null, search: '', ...page }),
      bare: ['SELECT * FROM neighbour LIMIT 100'],
    },
  ];
}

function powerCases(db: ReturnType<typeof openDatabase>): Case[] {
  const power = createPower(db);
  const bare = ['SELECT * FROM power_point', 'SELECT * FROM power_link'];
  const page = { search: '', offset: 0, limit: 100 };
  return [
    { name: 'power, loads and both feeds', own: () => power.overview(), bare },
    {
      name: 'power, first page of the tree',
      own: () => power.tree({ ...page, collapsed: [] }),
      bare,
    },
    { name: 'power, free outlets', own: () => power.outlets({ ...page, free: true }), bare },
  ];
}
