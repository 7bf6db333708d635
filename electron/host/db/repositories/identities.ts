import type Sqlite from 'better-sqlite3';
import type { IdentityKind } from '../../../../shared/model/identity.ts';
import { parseAddress } from '../address.ts';
import { newId } from '../ids.ts';

export interface IdentityKey {
  readonly kind: IdentityKind;
  readonly value: string;
}

/** A key of a device. `observed`: seen there; `declared`: somebody wrote it; `name`: it is called so. */
export interface KnownKey extends IdentityKey {
  readonly origin: 'observed' | 'declared' | 'name';
}

export interface Carrier {
  readonly deviceId: string;
  readonly deviceName: string;
}

export interface IdentityRepository {
  /** Keys that were seen on this machine or are declared of it; addresses that move are left out. */
  ofDevice(deviceId: string): readonly KnownKey[];
  /**
   * Makes these the keys that were seen on it, of each kind of which something is told; one that is
   * known already is left as it is.
   */
  record(
    deviceId: string,
    keys: readonly IdentityKey[],
    told: { readonly kinds: ReadonlySet<IdentityKind>; readonly at: number },
  ): void;
  /**
   * Devices on which this key was seen or of which it is declared, in no order; `limit` at most. Who
   * is reached at an address by SSH is a matter of `bySshHost`.
   */
  carriers(key: IdentityKey, limit: number): readonly Carrier[];
  /** Devices whose SSH host is one of these, with it in lower case; one look through all of them. */
  bySshHost(hosts: readonly string[]): readonly (Carrier & { readonly host: string })[];
}

export function createIdentityRepository(sqlite: Sqlite.Database): IdentityRepository {
  const run = identityStatements(sqlite);
  return {
    ofDevice(deviceId) {
      const targets = run.declaredTarget.all({ deviceId }).map(declaredTarget);
      return [...run.ofDevice.all({ deviceId }), ...targets];
    },
    record(deviceId, keys, { kinds, at }) {
      const replaced = [...new Set([...kinds, ...keys.map(({ kind }) => kind)])];
      run.retire.run({ deviceId, keys: JSON.stringify(keys), kinds: JSON.stringify(replaced) });
      for (const { kind, value } of keys) run.add.run(newId(), deviceId, kind, value, at);
    },
    carriers({ kind, value }, limit) {
      switch (kind) {
        case 'serial':
          return run.bySerial.all({ ...spellings(value), limit });
        case 'mac':
          return run.byMac.all({ value, limit });
        case 'hostname':
          return run.byHostname.all({ value, start: `${value}.`, end: `${value}/`, limit });
        case 'address':
          return run.byAddress.all({ bytes: parseAddress(value)?.bytes ?? null, limit });
        default:
          return run.byKey.all({ kind, value, limit });
      }
    },
    bySshHost: (hosts) => run.bySshHost.all({ hosts: JSON.stringify(hosts) }),
  };
}

/** People type serial numbers in whatever case. */
function spellings(value: string) {
  return { value, upper: value.toUpperCase(), lower: value.toLowerCase() };
}

function declaredTarget(row: { host: string; port: number | null; jump: string | null }): KnownKey {
  const hops = (row.jump ?? '').split(',').flatMap((hop) => hop.trim() || []);
  const through = hops.length > 0 ? ` through ${hops.join(', ')}` : '';
  const value = `${row.host.toLowerCase()}:${row.port ?? 22}${through}`;
  return { kind: 'ssh-target', value, origin: 'declared' };
}

function identityStatements(sqlite: Sqlite.Database) {
  /** `k` has the ids of devices, each perhaps more than once. */
  const devices = (k: string) =>
    `SELECT DISTINCT d.id AS deviceId, d.name AS deviceName FROM (${k}) k
     JOIN device d ON d.id = k.device_id LIMIT @limit`;
  const seen = (kind: string, value = '@value') =>
    `SELECT device_id FROM identity WHERE kind = ${kind} AND value IN (${value})`;
  return {
    ofDevice: sqlite.prepare<[{ deviceId: string }], KnownKey>(
      `SELECT kind, value, 'observed' AS origin FROM identity
         WHERE device_id = @deviceId AND kind <> 'address'
       UNION ALL SELECT 'serial', serial, 'declared' FROM device
         WHERE id = @deviceId AND serial IS NOT NULL
       UNION ALL SELECT 'hostname', hostname, 'declared' FROM device
         WHERE id = @deviceId AND hostname IS NOT NULL
       UNION ALL SELECT 'hostname', name, 'name' FROM device WHERE id = @deviceId
       UNION ALL SELECT 'mac', m.mac, 'declared' FROM interface i JOIN mac m ON m.interface_id = i.id
         WHERE i.device_id = @deviceId
       UNION ALL SELECT 'address', a.address, 'declared'
         FROM interface i JOIN ip_address a ON a.interface_id = i.id
         WHERE i.device_id = @deviceId AND a.role <> 'virtual'
       UNION ALL SELECT 'address', ssh_host, 'declared' FROM device
         WHERE id = @deviceId AND ssh_host IS NOT NULL`,
    ),
    declaredTarget: sqlite.prepare<
      [{ deviceId: string }],
      { host: string; port: number | null; jump: string | null }
    >(
      `SELECT ssh_host AS host, ssh_port AS port, ssh_jump AS jump FROM device
       WHERE id = @deviceId AND ssh_host IS NOT NULL`,
    ),
    add: sqlite.prepare<[string, string, string, string, number]>(
      `INSERT INTO identity (id, device_id, kind, value, seen_at) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT DO NOTHING`,
    ),
    // A board or a card that was taken out may come back in another machine.
    retire: sqlite.prepare<[{ deviceId: string; keys: string; kinds: string }]>(
      `WITH seen AS (SELECT value ->> 'kind' AS kind, value ->> 'value' AS value FROM json_each(@keys))
       DELETE FROM identity WHERE device_id = @deviceId
         AND kind IN (SELECT value FROM json_each(@kinds))
         AND (kind, value) NOT IN (SELECT kind, value FROM seen)`,
    ),
    byKey: sqlite.prepare<[IdentityKey & { limit: number }], Carrier>(devices(seen('@kind'))),
    bySerial: sqlite.prepare<
      [{ value: string; upper: string; lower: string; limit: number }],
      Carrier
    >(
      devices(
        `${seen("'serial'", '@value, @upper, @lower')}
         UNION ALL SELECT id FROM device WHERE serial IN (@value, @upper, @lower)`,
      ),
    ),
    byMac: sqlite.prepare<[{ value: string; limit: number }], Carrier>(
      devices(
        `${seen("'mac'")} UNION ALL SELECT i.device_id FROM mac m
         JOIN interface i ON i.id = m.interface_id WHERE m.mac = @value`,
      ),
    ),
    // Short, or with any domain: from `pi-1.` to before the character that follows the point.
    byHostname: sqlite.prepare<
      [{ value: string; start: string; end: string; limit: number }],
      Carrier
    >(
      devices(
        `${seen("'hostname'")}
         UNION ALL SELECT id FROM device WHERE hostname = @value
         UNION ALL SELECT id FROM device WHERE hostname > @start AND hostname < @end
         UNION ALL SELECT id FROM device WHERE name = @value`,
      ),
    ),
    byAddress: sqlite.prepare<[{ bytes: Buffer | null; limit: number }], Carrier>(
      devices(
        `SELECT i.device_id FROM ip_address a JOIN interface i ON i.id = a.interface_id
           WHERE a.bytes = @bytes AND a.role <> 'virtual'`,
      ),
    ),
    bySshHost: sqlite.prepare<[{ hosts: string }], Carrier & { host: string }>(
      `SELECT id AS deviceId, name AS deviceName, lower(ssh_host) AS host FROM device
       WHERE ssh_host IS NOT NULL AND lower(ssh_host) IN (SELECT value FROM json_each(@hosts))`,
    ),
  };
}
