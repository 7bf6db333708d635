import { expect, it } from 'vitest';
import { movedName } from './moved-name.ts';

const address = { interface: 'eth0', address: '10.0.0.50/24', gateway: null, dns: [], set: true };
const known = (host: string, set = true) => ({
  target: { host },
  addresses: [{ ...address, set }],
});

it('names the line of the ssh configuration that is old once the machine has moved', () => {
  expect(movedName(known('pi'), '10.0.0.11')).toBe(
    'Your ssh configuration has “HostName 10.0.0.11” for pi. Change that line to “HostName 10.0.0.50” once it has moved.',
  );
});

it('says of a name that no configuration translates that it has to lead there', () => {
  expect(movedName(known('pi.lan'), 'PI.lan')).toContain('leads to 10.0.0.50');
});

it.each([
  ['an address, which the inventory follows by itself', known('10.0.0.11'), '10.0.0.11'],
  ['a machine that keeps what it has', known('pi', false), '10.0.0.11'],
  ['a configuration that says so already', known('pi'), '10.0.0.50'],
])('asks for nothing of %s', (_, params, at) => {
  expect(movedName(params, at)).toBeNull();
});
