import type Sqlite from 'better-sqlite3';
import type {
  PowerDevice,
  PowerInventory,
  PowerPoint,
} from '../../../../shared/topology/power-graph.ts';

export type NamedPoint = PowerPoint & { readonly name: string };
export type NamedDevice = PowerDevice & { readonly name: string; readonly kind: string };

export interface UndocumentedRow {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly hasSupply: number;
}

export interface PowerRepository {
  /** Everything that has to do with power; devices are those that have points. */
  inventory(): {
    readonly points: readonly NamedPoint[];
    readonly links: PowerInventory['links'];
    readonly devices: readonly NamedDevice[];
  };
  undocumented(page: {
    readonly words: readonly string[];
    readonly offset: number;
    readonly limit: number;
  }): { rows: UndocumentedRow[]; total: number };
  undocumentedCount(): number;
  /** Of a device, or of the house. */
  pointNames(deviceId: string | null): string[];
  inputIdsOf(deviceId: string): string[];
  /** Ids of the links that begin, or end, at a point. */
  linkIdsOf(side: 'source' | 'input', pointId: string): string[];
}

/**
 * What takes power by a plug of its own: no virtual machine and no patch panel, nothing that is fed
 * over the network cable or by its chassis, and nothing that is only planned or gone.
 */
const withoutPower = `d.kind <> 'vm' AND d.parent_id IS NULL
  AND d.status NOT IN ('planned', 'spare', 'retired')
  AND NOT EXISTS (SELECT 1 FROM port p WHERE p.device_id = d.id AND p.role IN ('front', 'rear'))
  AND NOT EXISTS (SELECT 1 FROM power_point p JOIN power_link l ON l.input_id = p.id
                  WHERE p.device_id = d.id)
  AND NOT EXISTS (SELECT 1 FROM interface i WHERE i.device_id = d.id AND i.poe LIKE 'pd%')`;

export function createPowerRepository(sqlite: Sqlite.Database): PowerRepository {
  const points = sqlite.prepare<[], NamedPoint>(
    `SELECT id, device_id AS deviceId, name, role, feed, phase, volts, amperes, nameplate, measured,
       fed_by_id AS fedBy
     FROM power_point ORDER BY device_id, ordinal NULLS LAST, id`,
  );
  const links = sqlite.prepare<[], { source: string; input: string }>(
    'SELECT source_id AS source, input_id AS input FROM power_link',
  );
  const devices = sqlite.prepare<[], NamedDevice>(
    `SELECT id, name, kind, nameplate, measured, battery FROM device
     WHERE id IN (SELECT device_id FROM power_point) ORDER BY name`,
  );
  const inputs = sqlite
    .prepare<[string], string>(
      `SELECT id FROM power_point WHERE device_id = ? AND role = 'input'
       ORDER BY ordinal NULLS LAST, natural_key(name), id`,
    )
    .pluck();
  const linksBy = (column: string) =>
    sqlite.prepare<[string], string>(`SELECT id FROM power_link WHERE ${column} = ?`).pluck();
  const linkIds = { source: linksBy('source_id'), input: linksBy('input_id') };
  const undocumentedCount = sqlite
    .prepare<[], number>(`SELECT count(*) FROM device d WHERE ${withoutPower}`)
    .pluck();
  const names = sqlite
    .prepare<[string | null], string>('SELECT name FROM power_point WHERE device_id IS ?')
    .pluck();
  return {
    inventory: () => ({ points: points.all(), links: links.all(), devices: devices.all() }),
    undocumented({ words, offset, limit }) {
      const conditions = words.map(() => 'instr(lower(d.name), ?) > 0');
      const where = [withoutPower, ...conditions].join(' AND ');
      const values = words.map((word) => word.toLowerCase());
      const rows = sqlite
        .prepare<unknown[], UndocumentedRow>(
          `SELECT d.id, d.name, d.kind, EXISTS (SELECT 1 FROM power_point p
             WHERE p.device_id = d.id AND p.role = 'input') AS hasSupply
           FROM device d WHERE ${where} ORDER BY natural_key(d.name), d.id LIMIT ? OFFSET ?`,
        )
        .all(...values, limit, offset);
      const total = sqlite
        .prepare<unknown[], number>(`SELECT count(*) FROM device d WHERE ${where}`)
        .pluck();
      return { rows, total: total.get(...values) ?? 0 };
    },
    undocumentedCount: () => undocumentedCount.get() ?? 0,
    pointNames: (deviceId) => names.all(deviceId),
    inputIdsOf: (deviceId) => inputs.all(deviceId),
    linkIdsOf: (side, pointId) => linkIds[side].all(pointId),
  };
}
