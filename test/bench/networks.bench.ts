import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { createNetworks, type Networks } from '../../electron/host/networks/index.ts';
import { type FilledNetworks, fillNetworks, networksSize } from './network-rows.ts';
import { type BenchResult, compared, timeInTurns } from './result.ts';

const rounds = 60;

/** The plan of the networks at 50,000 addresses in 2,000 prefixes, against the bare SQL. */
export async function run(): Promise<BenchResult[]> {
  const directory = mkdtempSync(join(tmpdir(), 'rackhelm-bench-'));
  try {
    const db = openDatabase({ dataDirectory: directory });
    createInventory(db);
    const filled = fillNetworks(db);
    const sqlite = new Sqlite(db.file);
    const results = cases(filled).map((one) => measured(createNetworks(db), sqlite, one));
    sqlite.close();
    db.close();
    return results;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

interface Case {
  readonly name: string;
  /** How many it found; none is a mistake of the measurement. */
  readonly own: (networks: Networks) => number;
  /** What somebody would write by hand for what the window shows. */
  readonly bare: readonly string[];
}

const bounds = (first: string, last: string) => {
  const bytes = (text: string) =>
    `x'00000000000000000000ffff${text
      .split('.')
      .map((octet) => Number(octet).toString(16).padStart(2, '0'))
      .join('')}'`;
  return `BETWEEN ${bytes(first)} AND ${bytes(last)}`;
};

const tree = { search: '', closed: [], free: true, limit: 100 } as const;
const barePage = (offset: number) => `SELECT p.*, v.number, v.name,
    (SELECT count(*) FROM prefix o WHERE o.start_bytes <= p.start_bytes
       AND o.end_bytes >= p.end_bytes AND o.id <> p.id) AS depth,
    (SELECT count(DISTINCT a.bytes) FROM ip_address a
       WHERE a.bytes BETWEEN p.start_bytes AND p.end_bytes) AS used
  FROM (SELECT * FROM prefix ORDER BY start_bytes, prefix_length LIMIT 100 OFFSET ${offset}) p
  LEFT JOIN vlan v ON v.id = p.vlan_id`;
const whoHas = (range: string, page: string) => `SELECT a.*, i.name, d.name FROM ip_address a
  JOIN interface i ON i.id = a.interface_id JOIN device d ON d.id = i.device_id
  WHERE a.bytes ${range} ORDER BY a.bytes ${page}`;

function cases({ switchId, vlanId }: FilledNetworks): Case[] {
  const small = bounds('10.3.7.0', '10.3.7.255');
  const large = bounds('10.3.0.0', '10.3.255.255');
  const whole = bounds('10.0.0.0', '10.255.255.255');
  const others = (range: string) => [
    `SELECT * FROM dhcp_reservation WHERE address_bytes ${range}`,
    `SELECT * FROM prefix WHERE gateway_bytes ${range}`,
    'SELECT * FROM ip_range ORDER BY range_start',
    'SELECT id, prefix, start_bytes, end_bytes FROM prefix ORDER BY start_bytes',
  ];
  return [
    {
      name: 'tree of prefixes, first page',
      own: (networks) => networks.tree({ ...tree, offset: 0 }).rows.length,
      bare: [barePage(0), 'SELECT count(*) FROM prefix'],
    },
    {
      name: 'tree of prefixes, deep page',
      own: (networks) => networks.tree({ ...tree, offset: 1_800 }).rows.length,
      bare: [barePage(1_800), 'SELECT count(*) FROM prefix'],
    },
    {
      name: 'map of a /24',
      own: (networks) => networks.map({ prefix: '10.3.7.0/24' }).use.used,
      bare: [whoHas(small, ''), ...others(small)],
    },
    {
      name: 'map of a /16 in parts',
      own: (networks) => networks.map({ prefix: '10.3.0.0/16' }).use.used,
      bare: [
        `SELECT substr(bytes, 1, 15), count(DISTINCT bytes) FROM ip_address WHERE bytes ${large} GROUP BY 1`,
        ...others(large),
      ],
    },
    {
      name: 'map of a /8 in parts',
      own: (networks) => networks.map({ prefix: '10.0.0.0/8' }).use.used,
      bare: [
        `SELECT substr(bytes, 1, 14), count(DISTINCT bytes) FROM ip_address WHERE bytes ${whole} GROUP BY 1`,
        ...others(whole),
      ],
    },
    {
      name: 'list of addresses, deep page',
      own: (networks) =>
        networks.addresses({ prefix: '10.0.0.0/8', offset: 40_000, limit: 100 }).rows.length,
      bare: [
        whoHas(whole, 'LIMIT 100 OFFSET 40000'),
        `SELECT count(DISTINCT bytes) FROM ip_address WHERE bytes ${whole}`,
      ],
    },
    {
      name: 'plan of the VLANs',
      own: (networks) => networks.vlans({ offset: 0, limit: 200 }).rows.length,
      bare: [
        `SELECT v.*, (SELECT count(*) FROM interface_vlan m WHERE m.vlan_id = v.id AND m.tagged = 0),
           (SELECT count(*) FROM interface_vlan m WHERE m.vlan_id = v.id AND m.tagged = 1)
         FROM vlan v ORDER BY v.number LIMIT 200`,
        `SELECT p.*, (SELECT count(DISTINCT a.bytes) FROM ip_address a
           WHERE a.bytes BETWEEN p.start_bytes AND p.end_bytes) FROM prefix p WHERE vlan_id IS NOT NULL`,
        `SELECT m.vlan_id, d.id, d.name, sum(m.tagged), count(*) FROM device d
         JOIN interface i ON i.device_id = d.id JOIN interface_vlan m ON m.interface_id = i.id
         WHERE d.kind IN ('switch', 'router', 'access-point') GROUP BY 1, 2`,
      ],
    },
    {
      name: 'one VLAN',
      own: (networks) => networks.vlan({ id: vlanId }).deviceCount,
      bare: [
        `SELECT d.id, d.name, sum(m.tagged), count(*) FROM interface_vlan m
         JOIN interface i ON i.id = m.interface_id JOIN device d ON d.id = i.device_id
         WHERE m.vlan_id = '${vlanId}' GROUP BY d.id ORDER BY d.name LIMIT 200`,
        `SELECT DISTINCT d.id, d.name, b.address FROM prefix p
         JOIN ip_address a ON a.bytes BETWEEN p.start_bytes AND p.end_bytes
         JOIN interface i ON i.id = a.interface_id JOIN device d ON d.id = i.device_id
         JOIN interface i2 ON i2.device_id = d.id JOIN ip_address b ON b.interface_id = i2.id
         WHERE p.vlan_id = '${vlanId}'`,
        'SELECT id, prefix, start_bytes, end_bytes, vlan_id FROM prefix ORDER BY start_bytes',
      ],
    },
    {
      name: `${networksSize.switchPorts} ports of a switch`,
      own: (networks) =>
        networks.ports({ deviceId: switchId, offset: 0, limit: 1_000 }).rows.length,
      bare: [
        `SELECT i.*, (SELECT json_group_array(json_object('number', v.number, 'name', v.name, 'tagged', m.tagged))
           FROM interface_vlan m JOIN vlan v ON v.id = m.vlan_id WHERE m.interface_id = i.id)
         FROM interface i WHERE i.device_id = '${switchId}' ORDER BY i.ordinal LIMIT 1000`,
        `SELECT e.*, o.*, oi.name, d.name FROM interface i JOIN cable_end e ON e.interface_id = i.id
         JOIN cable c ON c.id = e.cable_id
         LEFT JOIN cable_end o ON o.cable_id = e.cable_id AND o.side <> e.side
         LEFT JOIN interface oi ON oi.id = o.interface_id LEFT JOIN device d ON d.id = oi.device_id
         WHERE i.device_id = '${switchId}'`,
      ],
    },
  ];
}

function measured(networks: Networks, sqlite: Sqlite.Database, { name, own, bare }: Case) {
  const statements = bare.map((sql) => sqlite.prepare<unknown[]>(sql));
  const times = timeInTurns(
    rounds,
    () => {
      if (own(networks) === 0) throw new Error(`${name} found nothing`);
    },
    () => {
      for (const statement of statements) statement.all();
    },
  );
  return compared(`networks: ${name}`, times, {
    target: 'p95 < 30 ms, median ≤ 2× bare SQL',
    baselineName: 'bare SQL',
    pass: (timing, ratio) => timing.p95Ms < 30 && ratio <= 2,
  });
}
