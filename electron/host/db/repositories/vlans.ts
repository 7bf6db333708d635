import type Sqlite from 'better-sqlite3';
import type {
  PrefixAddresses,
  PrefixRow,
  VlanMembers,
  VlanRow,
} from '../../../../shared/model/inventory.ts';
import type { StoredPrefix } from '../address.ts';
import { newId } from '../ids.ts';

export interface NewVlan {
  readonly number: number;
  readonly name: string;
  readonly purpose: string | null;
}

export interface VlanRepository {
  list(): VlanRow[];
  prefixes(): PrefixRow[];
  /** By the names of the devices. */
  members(vlanId: string, limit: number): VlanMembers;
  addressesIn(prefixId: string, limit: number): PrefixAddresses;
  idByNumber(number: number): string | undefined;
  idByName(name: string): string | undefined;
  /** The VLAN of the narrowest prefix that holds this address. */
  idByAddress(bytes: Buffer): string | undefined;
  insert(fields: NewVlan): string;
  /** `vlanId` null: it is not known which VLAN carries it. */
  insertPrefix(vlanId: string | null, prefix: StoredPrefix): void;
  hasPrefix(prefix: StoredPrefix): boolean;
}

type StoredPrefixRow = Omit<PrefixRow, 'vlan'> & {
  readonly vlanId: number | null;
  readonly vlanName: string | null;
};
type Member = VlanMembers['rows'][number] & { readonly total: number };

export function createVlanRepository(sqlite: Sqlite.Database): VlanRepository {
  const list = sqlite.prepare<[], Omit<VlanRow, 'prefixes'> & { readonly prefixes: string }>(
    `SELECT v.id, v.number AS vlanId, v.name, v.purpose,
       (SELECT json_group_array(p.prefix ORDER BY p.start_bytes) FROM prefix p
        WHERE p.vlan_id = v.id) AS prefixes,
       (SELECT count(*) FROM interface_vlan iv WHERE iv.vlan_id = v.id) AS interfaceCount
     FROM vlan v ORDER BY v.number`,
  );
  const prefixes = sqlite.prepare<[], StoredPrefixRow>(
    `SELECT p.id, p.prefix, v.number AS vlanId, v.name AS vlanName,
       (SELECT count(*) FROM ip_address a
        WHERE a.bytes BETWEEN p.start_bytes AND p.end_bytes) AS addressCount
     FROM prefix p LEFT JOIN vlan v ON v.id = p.vlan_id ORDER BY p.start_bytes, p.end_bytes`,
  );
  const members = sqlite.prepare<[string, number], Omit<Member, 'tagged'> & { tagged: number }>(
    `SELECT d.id AS deviceId, d.name AS deviceName, i.name AS interfaceName, iv.tagged,
       count(*) OVER () AS total
     FROM interface_vlan iv JOIN interface i ON i.id = iv.interface_id
     JOIN device d ON d.id = i.device_id JOIN device_derived x ON x.device_id = d.id
     WHERE iv.vlan_id = ? ORDER BY x.name_sort, d.id, i.ordinal LIMIT ?`,
  );
  const addressesIn = sqlite.prepare<
    [string, number],
    PrefixAddresses['rows'][number] & { readonly total: number }
  >(
    `SELECT d.id AS deviceId, d.name AS deviceName, i.name AS interfaceName,
       a.address || '/' || a.prefix_length AS address, count(*) OVER () AS total
     FROM prefix p JOIN ip_address a ON a.bytes BETWEEN p.start_bytes AND p.end_bytes
     JOIN interface i ON i.id = a.interface_id JOIN device d ON d.id = i.device_id
     WHERE p.id = ? ORDER BY a.bytes, d.name LIMIT ?`,
  );
  const byNumber = sqlite.prepare<[number], string>('SELECT id FROM vlan WHERE number = ?').pluck();
  const byName = sqlite.prepare<[string], string>('SELECT id FROM vlan WHERE name = ?').pluck();
  const byAddress = sqlite
    .prepare<[{ bytes: Buffer }], string>(
      `SELECT vlan_id FROM prefix WHERE start_bytes <= @bytes AND end_bytes >= @bytes
         AND vlan_id IS NOT NULL ORDER BY start_bytes DESC, end_bytes LIMIT 1`,
    )
    .pluck();
  const insert = sqlite.prepare<[NewVlan & { readonly id: string }]>(
    'INSERT INTO vlan (id, number, name, purpose) VALUES (@id, @number, @name, @purpose)',
  );
  const insertPrefix = sqlite.prepare<[StoredPrefix & { id: string; vlanId: string | null }]>(
    `INSERT INTO prefix (id, vlan_id, prefix, prefix_length, start_bytes, end_bytes)
     VALUES (@id, @vlanId, @prefix, @prefixLength, @start, @end)`,
  );
  const hasPrefix = sqlite
    .prepare<[Buffer, Buffer], number>(
      'SELECT 1 FROM prefix WHERE start_bytes = ? AND end_bytes = ?',
    )
    .pluck();
  return {
    // The array of prefix texts that the query built.
    list: () => list.all().map((v) => ({ ...v, prefixes: JSON.parse(v.prefixes) as string[] })),
    prefixes: () =>
      prefixes.all().map(({ vlanId, vlanName, ...row }) => ({
        ...row,
        vlan: vlanId === null || vlanName === null ? null : { vlanId, name: vlanName },
      })),
    members(vlanId, limit) {
      const rows = members.all(vlanId, limit);
      return {
        rows: rows.map(({ total: _, tagged, ...row }) => ({ ...row, tagged: tagged === 1 })),
        total: rows[0]?.total ?? 0,
      };
    },
    addressesIn(prefixId, limit) {
      const rows = addressesIn.all(prefixId, limit);
      return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 };
    },
    idByNumber: (number) => byNumber.get(number),
    idByName: (name) => byName.get(name),
    idByAddress: (bytes) => byAddress.get({ bytes }),
    insert(fields) {
      const id = newId();
      insert.run({ ...fields, id });
      return id;
    },
    insertPrefix: (vlanId, prefix) => void insertPrefix.run({ ...prefix, id: newId(), vlanId }),
    hasPrefix: ({ start, end }) => hasPrefix.get(start, end) !== undefined,
  };
}
