import type Sqlite from 'better-sqlite3';
import type { StoredPrefix } from '../address.ts';
import { newId } from '../ids.ts';

export interface NewVlan {
  readonly number: number;
  readonly name: string;
  readonly purpose: string | null;
}

export interface VlanRepository {
  count(): number;
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
  const count = sqlite.prepare<[], number>('SELECT count(*) FROM vlan').pluck();
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
    count: () => count.get() ?? 0,
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
