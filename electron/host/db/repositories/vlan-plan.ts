import type Sqlite from 'better-sqlite3';

export interface StoredVlan {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly traffic: string | null;
  readonly mtu: number | null;
  readonly purpose: string | null;
  /** Ports in it. */
  readonly untagged: number;
  readonly tagged: number;
}

/** What one device has in a VLAN. */
export interface VlanDevice {
  readonly vlanId: string;
  readonly deviceId: string;
  readonly deviceName: string;
  readonly deviceKind: string;
  readonly untagged: number;
  readonly tagged: number;
}

/** A service that can be reached, and where. */
export interface StoredExposure {
  readonly id: string;
  readonly serviceId: string;
  readonly serviceName: string;
  readonly protocol: string | null;
  readonly port: number | null;
  readonly hostname: string | null;
  readonly reachableFrom: string | null;
  /** Of `vlan`: from which. */
  readonly vlanId: string | null;
  readonly address: string | null;
}

export interface StoredVlanPrefix {
  readonly id: string;
  readonly vlanId: string;
  readonly prefix: string;
  readonly gateway: string | null;
}

/** An address of a device that has a leg in a VLAN. */
export interface Leg {
  readonly deviceId: string;
  readonly name: string;
  readonly address: string;
}

/** What the plan of the VLANs is drawn from. */
export interface VlanPlanRepository {
  page(offset: number, limit: number): { rows: StoredVlan[]; total: number };
  byId(id: string): StoredVlan | undefined;
  /** What switches, routers and access points have in each VLAN. */
  networkGear(): VlanDevice[];
  /** By the names of the devices; how many there are in all. */
  devicesIn(vlanId: string, limit: number): { rows: VlanDevice[]; total: number };
  /** By the names of the services; the first of them. */
  exposures(limit: number): StoredExposure[];
  /** Of these VLANs, in the order of their addresses. */
  prefixesOf(vlanIds: readonly string[]): StoredVlanPrefix[];
  /** Every address of the devices that have one in a prefix of the VLAN; the first `limit`. */
  legs(vlanId: string, limit: number): Leg[];
  /** Devices that hold a gateway of a prefix of the VLAN. */
  gatewayHolders(vlanId: string): string[];
}

const gearKinds = "('switch', 'router', 'access-point')";

const vlanSelection = `SELECT v.id, v.number, v.name, v.traffic, v.mtu, v.purpose,
    (SELECT count(*) FROM interface_vlan m WHERE m.vlan_id = v.id AND m.tagged = 0) AS untagged,
    (SELECT count(*) FROM interface_vlan m WHERE m.vlan_id = v.id AND m.tagged = 1) AS tagged
  FROM vlan v`;

export function createVlanPlanRepository(sqlite: Sqlite.Database): VlanPlanRepository {
  const page = sqlite.prepare<[number, number], StoredVlan>(
    `${vlanSelection} ORDER BY v.number LIMIT ? OFFSET ?`,
  );
  const count = sqlite.prepare<[], number>('SELECT count(*) FROM vlan').pluck();
  const byId = sqlite.prepare<[string], StoredVlan>(`${vlanSelection} WHERE v.id = ?`);
  const deviceColumns = `d.id AS deviceId, d.name AS deviceName, d.kind AS deviceKind,
    sum(m.tagged = 0) AS untagged, sum(m.tagged = 1) AS tagged`;
  const gear = sqlite.prepare<[], VlanDevice>(
    `SELECT m.vlan_id AS vlanId, ${deviceColumns}
     FROM device d CROSS JOIN interface i ON i.device_id = d.id
     CROSS JOIN interface_vlan m ON m.interface_id = i.id
     WHERE d.kind IN ${gearKinds} GROUP BY m.vlan_id, d.id`,
  );
  const devices = sqlite.prepare<[string, number], VlanDevice & { readonly total: number }>(
    `SELECT m.vlan_id AS vlanId, ${deviceColumns}, count(*) OVER () AS total
     FROM interface_vlan m JOIN interface i ON i.id = m.interface_id
     JOIN device d ON d.id = i.device_id JOIN device_derived x ON x.device_id = d.id
     WHERE m.vlan_id = ? GROUP BY d.id
     ORDER BY d.kind NOT IN ${gearKinds}, x.name_sort, d.id LIMIT ?`,
  );
  const exposures = sqlite.prepare<[number], StoredExposure>(
    `SELECT e.id, s.id AS serviceId, s.name AS serviceName, e.protocol, e.port, e.hostname,
       e.reachable_from AS reachableFrom, e.vlan_id AS vlanId, a.address
     FROM service_exposure e JOIN service s ON s.id = e.service_id
     LEFT JOIN ip_address a ON a.id = e.address_id ORDER BY s.name, e.port, e.id LIMIT ?`,
  );
  const legs = sqlite.prepare<[string, number], Leg>(
    `WITH here AS (
       SELECT DISTINCT i.device_id FROM prefix p
       JOIN ip_address a ON a.bytes BETWEEN p.start_bytes AND p.end_bytes
       JOIN interface i ON i.id = a.interface_id WHERE p.vlan_id = ?)
     SELECT d.id AS deviceId, d.name, a.address FROM here JOIN device d ON d.id = here.device_id
     JOIN interface i ON i.device_id = d.id JOIN ip_address a ON a.interface_id = i.id LIMIT ?`,
  );
  const gatewayHolders = sqlite
    .prepare<[string], string>(
      `SELECT DISTINCT i.device_id FROM prefix p JOIN ip_address a ON a.bytes = p.gateway_bytes
       JOIN interface i ON i.id = a.interface_id WHERE p.vlan_id = ?`,
    )
    .pluck();
  const prefixesOf = sqlite.prepare<[string], StoredVlanPrefix>(
    `SELECT id, vlan_id AS vlanId, prefix, gateway FROM prefix
     WHERE vlan_id IN (SELECT value FROM json_each(?)) ORDER BY start_bytes, end_bytes`,
  );
  return {
    page: (offset, limit) => ({ rows: page.all(limit, offset), total: count.get() ?? 0 }),
    byId: (id) => byId.get(id),
    networkGear: () => gear.all(),
    devicesIn(vlanId, limit) {
      const rows = devices.all(vlanId, limit);
      return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
    },
    exposures: (limit) => exposures.all(limit),
    prefixesOf: (vlanIds) => prefixesOf.all(JSON.stringify(vlanIds)),
    legs: (vlanId, limit) => legs.all(vlanId, limit),
    gatewayHolders: (vlanId) => gatewayHolders.all(vlanId),
  };
}
