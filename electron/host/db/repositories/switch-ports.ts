import type Sqlite from 'better-sqlite3';
import { newId } from '../ids.ts';

export interface StoredSwitch {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly model: string | null;
  readonly rack: string | null;
  readonly position: number | null;
  readonly ports: number;
}

export interface StoredPort {
  readonly id: string;
  readonly name: string;
  readonly label: string | null;
  readonly kind: string;
  readonly type: string | null;
  readonly speedMbps: number | null;
  readonly mtu: number | null;
  readonly poe: string | null;
  readonly disabled: number | null;
  readonly management: number | null;
  readonly lag: string | null;
  readonly parent: string | null;
  readonly comment: string | null;
  readonly vlans: readonly PortVlan[];
}

export interface PortVlan {
  readonly id: string;
  readonly number: number;
  readonly name: string;
  readonly traffic: string | null;
  readonly tagged: boolean;
}

/** The other end of a cable on a port: an interface, a port of a panel, or nothing yet. */
export interface StoredFarEnd {
  readonly interfaceId: string;
  readonly cableId: string;
  readonly cableLabel: string;
  readonly cableStatus: string;
  readonly colour: string | null;
  readonly deviceId: string | null;
  readonly deviceName: string | null;
  readonly portName: string | null;
  /** Null: it ends in a panel. */
  readonly farInterfaceId: string | null;
}

/** A port as another machine's LLDP tells of it, or as this one's tells of another machine's. */
export interface StoredNeighbour {
  /** What is said of the port of this device: its name, or its MAC; and its description. */
  readonly portId: string | null;
  readonly portDescription: string | null;
  readonly deviceId: string | null;
  readonly deviceName: string | null;
  readonly interfaceName: string | null;
  readonly pvid: number | null;
  readonly seenAt: number;
}

export interface PortMembership {
  readonly id: string;
  readonly interfaceId: string;
  readonly vlanId: string;
  readonly tagged: number;
}

/** Ports of switches, routers and access points. Writes need a change set. */
export interface SwitchPortRepository {
  /** Those that have ports: switches first, by name; a page of them. */
  switches(
    words: readonly string[],
    offset: number,
    limit: number,
  ): { rows: StoredSwitch[]; total: number };
  byId(deviceId: string): StoredSwitch | undefined;
  /** As a person counts them: `ether2` before `ether10`. */
  ports(deviceId: string, offset: number, limit: number): StoredPort[];
  farEnds(interfaceIds: readonly string[]): StoredFarEnd[];
  /** What LLDP says of the ports of this device, on either side. */
  neighbours(deviceId: string): StoredNeighbour[];
  /** MACs of the ports of a device, which LLDP may call them by. */
  macs(deviceId: string): { readonly interfaceId: string; readonly mac: string }[];
  memberships(interfaceIds: readonly string[]): PortMembership[];
  join(interfaceId: string, vlanId: string, tagged: boolean): void;
  retag(membershipId: string, tagged: boolean): void;
  leave(membershipId: string): void;
  /** How many of these interfaces there are. */
  count(interfaceIds: readonly string[]): number;
}

const gearKinds = "('switch', 'router', 'access-point')";
/** More than a switch has ports; a machine that says more is not believed. */
const mostNeighbours = 4_000;

const switchSelection = `SELECT d.id, d.name, d.kind, d.model, r.name AS rack, d.position,
    (SELECT count(*) FROM interface i WHERE i.device_id = d.id) AS ports
  FROM device d JOIN device_derived x ON x.device_id = d.id LEFT JOIN rack r ON r.id = d.rack_id`;

const ids = 'IN (SELECT value FROM json_each(?))';

export function createSwitchPortRepository(sqlite: Sqlite.Database): SwitchPortRepository {
  const listed = `d.kind IN ${gearKinds} AND EXISTS (SELECT 1 FROM interface i WHERE i.device_id = d.id)
    AND NOT EXISTS (SELECT 1 FROM json_each(@words) w
      WHERE instr(lower(concat_ws(' ', d.name, d.model, d.kind)), w.value) = 0)`;
  const switches = sqlite.prepare<[{ words: string; offset: number; limit: number }], StoredSwitch>(
    `${switchSelection} WHERE ${listed}
     ORDER BY d.kind <> 'switch', d.kind, x.name_sort, d.id LIMIT @limit OFFSET @offset`,
  );
  const total = sqlite
    .prepare<[{ words: string }], number>(`SELECT count(*) FROM device d WHERE ${listed}`)
    .pluck();
  const byId = sqlite.prepare<[string], StoredSwitch>(`${switchSelection} WHERE d.id = ?`);
  const ports = sqlite.prepare<
    [string, number, number],
    Omit<StoredPort, 'vlans'> & { readonly vlans: string }
  >(
    `SELECT i.id, i.name, i.label, i.kind, i.type, i.speed_mbps AS speedMbps, i.mtu, i.poe, i.disabled,
       i.management, l.name AS lag, p.name AS parent, i.comment,
       (SELECT json_group_array(json_object('id', v.id, 'number', v.number, 'name', v.name,
          'traffic', v.traffic, 'tagged', json(iif(m.tagged, 'true', 'false'))) ORDER BY v.number)
        FROM interface_vlan m JOIN vlan v ON v.id = m.vlan_id WHERE m.interface_id = i.id) AS vlans
     FROM interface i LEFT JOIN interface l ON l.id = i.lag_id
     LEFT JOIN interface p ON p.id = i.parent_id
     WHERE i.device_id = ? ORDER BY natural_key(i.name), i.id LIMIT ? OFFSET ?`,
  );
  const farEnds = sqlite.prepare<[string], StoredFarEnd>(
    `SELECT e.interface_id AS interfaceId, c.id AS cableId, c.label AS cableLabel,
       c.status AS cableStatus, c.colour, d.id AS deviceId, d.name AS deviceName,
       coalesce(i.name, p.name) AS portName, i.id AS farInterfaceId
     FROM cable_end e JOIN cable c ON c.id = e.cable_id
     LEFT JOIN cable_end o ON o.cable_id = e.cable_id AND o.side <> e.side
     LEFT JOIN interface i ON i.id = o.interface_id LEFT JOIN port p ON p.id = o.port_id
     LEFT JOIN device d ON d.id = coalesce(i.device_id, p.device_id)
     WHERE e.interface_id ${ids} ORDER BY c.label, o.lane`,
  );
  const macs = sqlite.prepare<[string], { interfaceId: string; mac: string }>(
    `SELECT m.interface_id AS interfaceId, m.mac FROM interface i JOIN mac m ON m.interface_id = i.id
     WHERE i.device_id = ?`,
  );
  const current = `JOIN facts_document f ON f.id = n.facts_id
    JOIN observation o ON o.device_id = f.device_id AND o.key = 'facts' AND o.value = f.id`;
  const toldByOthers = sqlite.prepare<[string, number], StoredNeighbour>(
    `WITH own AS (SELECT id, name, hostname FROM device WHERE id = ?),
       called AS (
         SELECT facts_id, ordinal FROM neighbour
         WHERE chassis_name IN (SELECT name FROM own UNION SELECT hostname FROM own)
         UNION SELECT facts_id, ordinal FROM neighbour WHERE chassis_id IN (
           SELECT m.mac FROM own JOIN interface i ON i.device_id = own.id
           JOIN mac m ON m.interface_id = i.id))
     SELECT n.port_id AS portId, n.port_description AS portDescription, d.id AS deviceId,
       d.name AS deviceName, n.interface AS interfaceName, n.pvid, f.collected_at AS seenAt
     FROM called JOIN neighbour n ON n.facts_id = called.facts_id AND n.ordinal = called.ordinal
     ${current} JOIN device d ON d.id = f.device_id ORDER BY f.collected_at DESC LIMIT ?`,
  );
  const toldHere = sqlite.prepare<[string, number], StoredNeighbour>(
    `SELECT n.interface AS portId, NULL AS portDescription,
       (SELECT min(d.id) FROM device d WHERE d.name = n.chassis_name OR d.hostname = n.chassis_name) AS deviceId,
       coalesce(n.chassis_name, n.chassis_id) AS deviceName,
       coalesce(n.port_description, n.port_id) AS interfaceName, NULL AS pvid, f.collected_at AS seenAt
     FROM facts_document f JOIN neighbour n ON n.facts_id = f.id
     JOIN observation o ON o.device_id = f.device_id AND o.key = 'facts' AND o.value = f.id
     WHERE f.device_id = ? LIMIT ?`,
  );
  const memberships = sqlite.prepare<[string], PortMembership>(
    `SELECT id, interface_id AS interfaceId, vlan_id AS vlanId, tagged FROM interface_vlan
     WHERE interface_id ${ids}`,
  );
  const join = sqlite.prepare<[string, string, string, number]>(
    'INSERT INTO interface_vlan (id, interface_id, vlan_id, tagged) VALUES (?, ?, ?, ?)',
  );
  const retag = sqlite.prepare<[number, string]>(
    'UPDATE interface_vlan SET tagged = ? WHERE id = ?',
  );
  const leave = sqlite.prepare<[string]>('DELETE FROM interface_vlan WHERE id = ?');
  const count = sqlite
    .prepare<[string], number>(`SELECT count(*) FROM interface WHERE id ${ids}`)
    .pluck();
  return {
    switches(words, offset, limit) {
      const wanted = JSON.stringify(words.map((word) => word.toLowerCase()));
      return {
        rows: switches.all({ words: wanted, offset, limit }),
        total: total.get({ words: wanted }) ?? 0,
      };
    },
    byId: (deviceId) => byId.get(deviceId),
    ports: (deviceId, offset, limit) =>
      // The array of VLANs was built by the query in just this shape.
      ports
        .all(deviceId, limit, offset)
        .map((row) => ({ ...row, vlans: JSON.parse(row.vlans) as PortVlan[] })),
    farEnds: (interfaceIds) => farEnds.all(JSON.stringify(interfaceIds)),
    neighbours: (deviceId) => [
      ...toldHere.all(deviceId, mostNeighbours),
      ...toldByOthers.all(deviceId, mostNeighbours),
    ],
    macs: (deviceId) => macs.all(deviceId),
    memberships: (interfaceIds) => memberships.all(JSON.stringify(interfaceIds)),
    join: (interfaceId, vlanId, tagged) =>
      void join.run(newId(), interfaceId, vlanId, tagged ? 1 : 0),
    retag: (id, tagged) => void retag.run(tagged ? 1 : 0, id),
    leave: (id) => void leave.run(id),
    count: (interfaceIds) => count.get(JSON.stringify(interfaceIds)) ?? 0,
  };
}
