import { type Database, newId, parseAddress } from '../../electron/host/db/index.ts';
import { kindOf } from '../../shared/model/kinds/index.ts';

export const networksSize = { prefixes: 1_993, addresses: 49_600, switchPorts: 1_000 } as const;

export interface FilledNetworks {
  readonly switchId: string;
  readonly vlanId: string;
}

const wide = 8;
const narrowInEach = 248;
const hostsInEach = 25;

/**
 * A /8 with eight /16 of 248 /24 each, every one with 25 addresses; a VLAN for every tenth of them, DHCP
 * ranges and gateways; and a switch whose 1,000 ports are cabled to the machines.
 */
export function fillNetworks(db: Database): FilledNetworks {
  const { records, interfaces } = db.tables;
  const insert = (kind: Parameters<typeof kindOf>[0], values: Record<string, string | number>) => {
    const id = newId();
    records.insert(kindOf(kind), id, values);
    return id;
  };
  const { result } = db.change({ title: 'Imported the networks', source: 'import' }, () => {
    const vlans = Array.from({ length: 200 }, (_, index) =>
      insert('vlan', { number: index + 2, name: `network-${index + 2}`, traffic: 'internal' }),
    );
    const device = (name: string, kind: string) =>
      insert('device', { name, kind, status: 'active', heightUnits: 1 });
    const switchId = device('core', 'switch');
    const links: string[] = [];
    for (let index = 0; index < 1_000; index += 1) {
      const host = device(`node-${index + 1}`, index % 11 === 0 ? 'router' : 'server');
      for (let port = 0; port < 20; port += 1) {
        const fields = { deviceId: host, name: `eth${port}`, kind: 'ethernet', mtu: null };
        const link = interfaces.insert({ ...fields, speedMbps: 1_000 });
        interfaces.joinVlan(link, vlans[(index + port) % vlans.length] ?? '', port > 10);
        links.push(link);
      }
      const own = insert('interface', {
        device: switchId,
        name: `ether${index + 1}`,
        kind: 'ethernet',
        ordinal: index,
      });
      interfaces.joinVlan(own, vlans[index % 7] ?? '', false);
      const cable = insert('cable', { label: `c-${index}`, status: 'connected' });
      insert('cable-end', { cable, side: 'a', lane: 1, interface: own });
      insert('cable-end', { cable, side: 'b', lane: 1, interface: links.at(-1) ?? '' });
    }
    insert('prefix', { prefix: '10.0.0.0/8' });
    let next = 0;
    for (let second = 0; second < wide; second += 1) {
      insert('prefix', { prefix: `10.${second}.0.0/16` });
      for (let third = 0; third < narrowInEach; third += 1) {
        const start = `10.${second}.${third}`;
        const carried = third % 10 === 0 ? { vlan: vlans[next % vlans.length] ?? '' } : {};
        insert('prefix', { prefix: `${start}.0/24`, gateway: `${start}.1`, ...carried });
        if (third % 25 === 0)
          insert('ip-range', { range: `${start}.100-${start}.199`, role: 'dhcp' });
        for (let host = 0; host < hostsInEach; host += 1) {
          const address = parseAddress(`${start}.${host + 1}/24`);
          const link = links[next % links.length];
          if (address && link) interfaces.addAddress(link, address, 'host');
          next += 1;
        }
      }
    }
    return { switchId, vlanId: vlans[0] ?? '' };
  });
  return result;
}
