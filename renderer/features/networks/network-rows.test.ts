import { expect, it } from 'vitest';
import { networkRows, rowOfThing, thingOf } from './network-rows.ts';

const vlan = {
  id: 'v20',
  vlanId: 20,
  name: 'storage',
  purpose: null,
  prefixes: ['10.0.20.0/24'],
  interfaceCount: 3,
};
const inVlan = {
  id: 'p20',
  prefix: '10.0.20.0/24',
  vlan: { vlanId: 20, name: 'storage' },
  addressCount: 3,
};
const alone = { id: 'p9', prefix: 'fd00:9::/64', vlan: null, addressCount: 1 };
const rows = networkRows([vlan], [inVlan, alone]);

it('lists VLANs with their prefixes, and prefixes of no VLAN by themselves', () => {
  expect(rows.map(({ name, prefixes }) => [name, ...prefixes])).toEqual([
    ['storage', '10.0.20.0/24'],
    ['No VLAN', 'fd00:9::/64'],
  ]);
});

it('finds again what an address names', () => {
  for (const row of rows) expect(rowOfThing(thingOf(row), rows, [inVlan, alone])).toBe(row);
  expect(rowOfThing('prefix/10.0.20.0/24', rows, [inVlan, alone])).toMatchObject({
    kind: 'prefix',
    id: 'p20',
  });
  expect(rowOfThing('vlan/30', rows, [])).toBeNull();
});
