import type Sqlite from 'better-sqlite3';
import type { InterfaceRow, ListedInterface } from '../../../../shared/model/inventory.ts';
import type { StoredAddress } from '../address.ts';
import { newId } from '../ids.ts';

export interface NewInterface {
  readonly deviceId: string;
  readonly name: string;
  readonly kind: string;
  readonly mtu: number | null;
  readonly speedMbps: number | null;
}

export interface InterfaceRepository {
  /** In the order that they were declared in. */
  ofDevice(deviceId: string): InterfaceRow[];
  /** A page of them, each with its first addresses only; a router may have thousands on one. */
  page(deviceId: string, offset: number, limit: number): ListedInterface[];
  count(deviceId: string): number;
  /** The new interface's id; it comes last on its device. */
  insert(fields: NewInterface): string;
  setMtu(id: string, mtu: number | null): void;
  /** Makes these, canonical, the interface's MACs. */
  setMacs(id: string, macs: readonly string[]): void;
  addAddress(id: string, address: StoredAddress, role: string): void;
  /** Nothing happens when the interface is in that VLAN already. */
  joinVlan(id: string, vlanId: string, tagged: boolean): void;
}

interface StoredInterface {
  readonly id: string;
  readonly deviceId: string;
  readonly name: string;
  readonly kind: string;
  readonly mtu: number | null;
  readonly speedMbps: number | null;
  /** JSON arrays in the shapes of InterfaceRow. */
  readonly macs: string;
  readonly addresses: string;
  readonly vlans: string;
}

const listedAddresses = 20;

function selection(which: string, fewAddresses: string): string {
  return `SELECT i.id, i.device_id AS deviceId, i.name, i.kind, i.mtu, i.speed_mbps AS speedMbps,
      (SELECT json_group_array(m.mac ORDER BY m.id) FROM mac m WHERE m.interface_id = i.id) AS macs,
      (SELECT json_group_array(json_object('id', a.id, 'address', a.address || '/' || a.prefix_length,
         'role', a.role) ORDER BY a.id)
       FROM (SELECT * FROM ip_address WHERE interface_id = i.id ORDER BY id ${fewAddresses}) a) AS addresses,
      (SELECT count(*) FROM ip_address a WHERE a.interface_id = i.id) AS addressCount,
      (SELECT json_group_array(json_object('vlanId', v.number, 'name', v.name,
         'tagged', json(iif(iv.tagged, 'true', 'false'))) ORDER BY v.number)
       FROM interface_vlan iv JOIN vlan v ON v.id = iv.vlan_id WHERE iv.interface_id = i.id) AS vlans
    FROM interface i WHERE ${which} ORDER BY i.ordinal, i.id`;
}

export function createInterfaceRepository(sqlite: Sqlite.Database): InterfaceRepository {
  const ofDevice = sqlite.prepare<[string], StoredInterface>(selection('i.device_id = ?', ''));
  const page = sqlite.prepare<[string, number, number], StoredInterface & { addressCount: number }>(
    // Chosen first, so that what hangs on them is read of these alone.
    selection(
      'i.id IN (SELECT id FROM interface WHERE device_id = ? ORDER BY ordinal, id LIMIT ? OFFSET ?)',
      `LIMIT ${listedAddresses}`,
    ),
  );
  const count = sqlite
    .prepare<[string], number>('SELECT count(*) FROM interface WHERE device_id = ?')
    .pluck();
  const nextOrdinal = createNextOrdinal(sqlite);
  const insert = sqlite.prepare<[NewInterface & { readonly id: string; ordinal: number }]>(
    `INSERT INTO interface (id, device_id, name, kind, mtu, speed_mbps, ordinal)
     VALUES (@id, @deviceId, @name, @kind, @mtu, @speedMbps, @ordinal)`,
  );
  const setMtu = sqlite.prepare<[number | null, string]>(
    'UPDATE interface SET mtu = ? WHERE id = ?',
  );
  const dropMacs = sqlite.prepare<[string, string]>(
    'DELETE FROM mac WHERE interface_id = ? AND mac NOT IN (SELECT value FROM json_each(?))',
  );
  const addMac = sqlite.prepare<[string, string, string]>(
    'INSERT INTO mac (id, interface_id, mac) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const addAddress = sqlite.prepare<[string, string, string, number, Buffer, string]>(
    `INSERT INTO ip_address (id, interface_id, address, prefix_length, bytes, role)
     VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (interface_id, bytes) DO UPDATE SET prefix_length = excluded.prefix_length`,
  );
  const joinVlan = sqlite.prepare<[string, string, string, number]>(
    `INSERT INTO interface_vlan (id, interface_id, vlan_id, tagged) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  return {
    ofDevice: (deviceId) => ofDevice.all(deviceId).map(readInterface),
    page: (deviceId, offset, limit) => page.all(deviceId, limit, offset).map(readInterface),
    count: (deviceId) => count.get(deviceId) ?? 0,
    insert(fields) {
      const id = newId();
      insert.run({ ...fields, id, ordinal: nextOrdinal(fields.deviceId) });
      return id;
    },
    setMtu: (id, mtu) => void setMtu.run(mtu, id),
    setMacs(id, macs) {
      dropMacs.run(id, JSON.stringify(macs));
      for (const mac of macs) addMac.run(newId(), id, mac);
    },
    addAddress: (id, { address, prefixLength, bytes }, role) =>
      void addAddress.run(newId(), id, address, prefixLength, bytes, role),
    joinVlan: (id, vlanId, tagged) => void joinVlan.run(newId(), id, vlanId, tagged ? 1 : 0),
  };
}

/**
 * Asked of the table once for each device in a change set, and counted on from there: a machine with
 * thousands of interfaces would be read through for each of them.
 */
function createNextOrdinal(sqlite: Sqlite.Database): (deviceId: string) => number {
  const set = sqlite.prepare<[], number>('SELECT set_seq FROM current_change_set').pluck();
  // Apart from the insert: as its subquery it takes six times as long.
  const last = sqlite
    .prepare<[string], number | null>('SELECT max(ordinal) FROM interface WHERE device_id = ?')
    .pluck();
  let known = { set: 0, deviceId: '', ordinal: 0 };
  return (deviceId) => {
    const now = set.get() ?? 0;
    const continued = known.set === now && known.deviceId === deviceId;
    const ordinal = (continued ? known.ordinal : (last.get(deviceId) ?? 0)) + 1;
    known = { set: now, deviceId, ordinal };
    return ordinal;
  };
}

function readInterface<R extends StoredInterface>(row: R) {
  // The three were built by the query above in just these shapes.
  return {
    ...row,
    macs: JSON.parse(row.macs) as string[],
    addresses: JSON.parse(row.addresses) as InterfaceRow['addresses'],
    vlans: JSON.parse(row.vlans) as InterfaceRow['vlans'],
  };
}
