import type Sqlite from 'better-sqlite3';

/** What one machine said of a port of its own, from the facts that count. */
export interface ToldLink {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly interface: string;
  readonly chassisName: string | null;
  readonly chassisId: string | null;
  readonly portId: string | null;
  readonly portDescription: string | null;
  readonly at: number;
}

export interface DeviceName {
  readonly id: string;
  readonly name: string;
}

export interface CableLinkRepository {
  /** By device and port; at most `limit`. */
  told(limit: number): ToldLink[];
  /** Devices that go by this name or host name, with or without its domain. */
  devicesNamed(name: string): DeviceName[];
  /** Interfaces with this MAC, canonical; those that a plug fits first. */
  socketsByMac(
    mac: string,
  ): { readonly id: string; readonly deviceId: string; readonly deviceName: string }[];
  /** The interface of a device by name or label, as machines and people write it: `port 5`, `Port5`, `5`. */
  socketOn(deviceId: string, name: string): string | undefined;
  /** Keys of links that a person does not want. */
  dismissed(): string[];
}

export function createCableLinkRepository(sqlite: Sqlite.Database): CableLinkRepository {
  const told = sqlite.prepare<[number], ToldLink>(
    `SELECT d.id AS deviceId, d.name AS deviceName, n.interface, n.chassis_name AS chassisName,
       n.chassis_id AS chassisId, n.port_id AS portId, n.port_description AS portDescription,
       f.collected_at AS at
     FROM neighbour n JOIN facts_document f ON f.id = n.facts_id
     JOIN observation o ON o.device_id = f.device_id AND o.key = 'facts' AND o.value = f.id
     JOIN device d ON d.id = f.device_id ORDER BY d.id, n.ordinal LIMIT ?`,
  );
  const named = sqlite.prepare<[{ name: string; first: string }], DeviceName>(
    `SELECT id, name FROM device WHERE name IN (@name, @first)
     UNION SELECT id, name FROM device WHERE hostname IN (@name, @first)`,
  );
  const byMac = sqlite.prepare<[string], { id: string; deviceId: string; deviceName: string }>(
    `SELECT i.id, d.id AS deviceId, d.name AS deviceName FROM mac m
     JOIN interface i ON i.id = m.interface_id JOIN device d ON d.id = i.device_id
     WHERE m.mac = ? ORDER BY i.kind <> 'ethernet', i.ordinal, i.id LIMIT 20`,
  );
  const onDevice = sqlite
    .prepare<[{ deviceId: string; name: string }], string>(
      `SELECT id FROM interface WHERE device_id = @deviceId AND name = @name
       UNION ALL
       SELECT id FROM interface WHERE device_id = @deviceId
         AND (name = @name COLLATE NOCASE OR label = @name COLLATE NOCASE
           OR replace(replace(lower(name), 'port', ''), ' ', '')
             = replace(replace(lower(@name), 'port', ''), ' ', ''))
       LIMIT 1`,
    )
    .pluck();
  const dismissed = sqlite
    .prepare<[], string>(`SELECT key FROM dismissal WHERE key >= 'cable/' AND key < 'cable0'`)
    .pluck();
  return {
    told: (limit) => told.all(limit),
    devicesNamed: (name) => named.all({ name, first: name.split('.')[0] ?? name }),
    socketsByMac: (mac) => byMac.all(mac),
    socketOn: (deviceId, name) => onDevice.get({ deviceId, name }),
    dismissed: () => dismissed.all(),
  };
}
