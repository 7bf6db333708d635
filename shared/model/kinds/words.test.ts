import { expect, it } from 'vitest';
import { kindOf } from './index.ts';
import { countOf, oneOf } from './words.ts';

it.each([
  ['vlan', 'a VLAN', '1 VLAN'],
  ['address', 'an address', '1 address'],
  ['mac', 'a MAC address', '1 MAC address'],
  ['exposure', 'an exposure', '1 exposure'],
])('says %s within a sentence', (name, one, count) => {
  expect(oneOf(kindOf(name))).toBe(one);
  expect(countOf(kindOf(name), 1)).toBe(count);
});

it('counts with the plural of the kind', () => {
  expect(countOf(kindOf('address'), 50_000)).toBe('50,000 addresses');
  expect(countOf(kindOf('storage-use'), 2)).toBe('2 uses of storage');
});
