import type Sqlite from 'better-sqlite3';
import type { VlanRow } from '../../../../shared/model/inventory.ts';
import type { StoredPrefix } from '../address.ts';
import { newId } from '../ids.ts';

export interface NewVlan {
  readonly number: number;
  readonly name: string;
  readonly purpose: string | null;
}

export interface VlanRepository {
  list(): VlanRow[];
  idByNumber(number: number): string | undefined;
  idByName(name: string): string | undefined;
  /** The VLAN of the narrowest prefix that holds this address. */
  idByAddress(bytes: Buffer): string | undefined;
  insert(fields: NewVlan): string;
  /** `vlanId` null: it is not known which VLAN carries it. */
  insertPrefix(vlanId: string | null, prefix: StoredPrefix): void;
  hasPrefix(prefix: StoredPrefix): boolean;
}

export function createVlanRepository(sqlite: Sqlite.Database): VlanRepository {
  const list = sqlite.prepare<[], Omit<VlanRow, 'prefixes'> & { readonly prefixes: string }>(
    `SELECT v.id, v.number AS vlanId, v.name, v.purpose,
       (SELECT json_group_array(p.prefix ORDER BY p.start_bytes) FROM prefix p
        WHERE p.vlan_id = v.id) AS prefixes,
       (SELECT count(*) FROM interface_vlan iv WHERE iv.vlan_id = v.id) AS interfaceCount
     FROM vlan v ORDER BY v.number`,
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
