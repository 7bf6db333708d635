import type Sqlite from 'better-sqlite3';
import { newId } from '../ids.ts';

export type IdentityKind = 'machine-id' | 'serial' | 'mac';

export interface IdentityKey {
  readonly kind: IdentityKind;
  readonly value: string;
}

/** A device on which one of the searched keys was found, declared or observed. */
export interface KeyHit {
  readonly deviceId: string;
  readonly deviceName: string;
  readonly kind: IdentityKind | 'hostname' | 'address';
  readonly value: string;
}

export interface IdentityRepository {
  /** Keys that were seen on this machine or are declared of it. */
  ofDevice(deviceId: string): readonly IdentityKey[];
  /**
   * Makes these the keys that were seen on it; one that is known already is left as it is. Of a kind
   * that is not among them the machine told nothing: what was known of it stays.
   */
  record(deviceId: string, keys: readonly IdentityKey[], at: number): void;
  byIdentity(key: IdentityKey): readonly KeyHit[];
  byHostname(hostname: string): readonly KeyHit[];
  /** Declared addresses, or the SSH host as it is written; virtual ones do not count. */
  byAddress(bytes: Buffer | null, text: string): readonly KeyHit[];
}

export function createIdentityRepository(sqlite: Sqlite.Database): IdentityRepository {
  const run = identityStatements(sqlite);
  return {
    ofDevice: (deviceId) => run.ofDevice.all({ deviceId }),
    record(deviceId, keys, at) {
      run.retire.run({ deviceId, keys: JSON.stringify(keys) });
      for (const { kind, value } of keys) run.add.run(newId(), deviceId, kind, value, at);
    },
    byIdentity: (key) => run.byIdentity.all(key),
    byHostname: (hostname) => run.byHostname.all({ hostname }),
    byAddress: (bytes, text) => run.byAddress.all({ bytes, text }),
  };
}

function identityStatements(sqlite: Sqlite.Database) {
  return {
    ofDevice: sqlite.prepare<[{ deviceId: string }], IdentityKey>(
      `SELECT kind, value FROM identity WHERE device_id = @deviceId
       UNION SELECT 'serial', serial FROM device WHERE id = @deviceId AND serial IS NOT NULL
       UNION SELECT 'mac', m.mac FROM interface i JOIN mac m ON m.interface_id = i.id
         WHERE i.device_id = @deviceId`,
    ),
    add: sqlite.prepare<[string, string, string, string, number]>(
      `INSERT INTO identity (id, device_id, kind, value, seen_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    ),
    // A board or a card that was taken out may come back in another machine.
    retire: sqlite.prepare<[{ deviceId: string; keys: string }]>(
      `WITH seen AS (SELECT value ->> 'kind' AS kind, value ->> 'value' AS value FROM json_each(@keys))
       DELETE FROM identity WHERE device_id = @deviceId AND kind IN (SELECT kind FROM seen)
         AND (kind, value) NOT IN (SELECT kind, value FROM seen)`,
    ),
    byIdentity: sqlite.prepare<[IdentityKey], KeyHit>(
      `SELECT d.id AS deviceId, d.name AS deviceName, @kind AS kind, @value AS value FROM (
         SELECT device_id FROM identity WHERE kind = @kind AND value = @value
         UNION SELECT id FROM device WHERE @kind = 'serial' AND serial = @value
         UNION SELECT i.device_id FROM mac m JOIN interface i ON i.id = m.interface_id
           WHERE @kind = 'mac' AND m.mac = @value
       ) k JOIN device d ON d.id = k.device_id`,
    ),
    byHostname: sqlite.prepare<[{ hostname: string }], KeyHit>(
      `SELECT id AS deviceId, name AS deviceName, 'hostname' AS kind, @hostname AS value
       FROM device WHERE hostname = @hostname OR name = @hostname`,
    ),
    byAddress: sqlite.prepare<[{ bytes: Buffer | null; text: string }], KeyHit>(
      `SELECT d.id AS deviceId, d.name AS deviceName, 'address' AS kind, @text AS value FROM (
         SELECT i.device_id FROM ip_address a JOIN interface i ON i.id = a.interface_id
           WHERE a.bytes = @bytes AND a.role <> 'virtual'
         UNION SELECT id FROM device WHERE ssh_host = @text
       ) k JOIN device d ON d.id = k.device_id`,
    ),
  };
}
