import { describe, expect, it } from 'vitest';
import type { AddressMap, AddressUse, TakenAddress } from '../../../shared/model/networks.ts';
import { cellsOf, cellText, stepFrom } from './address-cells.ts';

const owned = (id: string, extra: Partial<Extract<AddressUse, { type: 'address' }>> = {}) =>
  ({
    type: 'address',
    id,
    length: 24,
    role: 'host',
    sharing: null,
    dnsName: null,
    interfaceId: id,
    interfaceName: 'eth0',
    deviceId: id,
    deviceName: `machine ${id}`,
    holders: 0,
    ...extra,
  }) as const;
const taken = (address: string, ...uses: AddressUse[]): TakenAddress => ({
  address,
  uses,
  useCount: uses.length,
});
const mapOf = (
  prefix: string,
  count: number,
  list: TakenAddress[],
  ranges: AddressMap['ranges'] = [],
): AddressMap => ({
  prefix,
  declared: null,
  around: [],
  inner: [],
  innerCount: 0,
  use: { size: count, used: list.length, ranged: 0 },
  ranges,
  next: null,
  drawn: { form: 'cells', count, taken: list },
});
const dhcp = (first: string, last: string) => ({
  ...{ id: 'r', role: 'dhcp', first, last, size: 2, server: null, comment: null },
});

describe('the cells of a map', () => {
  it('know the ends of an IPv4 network, who has an address, and which are free', () => {
    const cells = cellsOf(
      mapOf('10.0.0.0/29', 8, [
        taken('10.0.0.1', { type: 'gateway', id: 'p', prefix: '10.0.0.0/29' }, owned('r')),
        taken('10.0.0.2', owned('a')),
        taken('10.0.0.3', owned('v', { role: 'virtual', deviceName: null, sharing: 'vrrp' })),
      ]),
    );
    expect(cells.map(({ state }) => state)).toEqual([
      'network',
      'gateway',
      'used',
      'virtual',
      'free',
      'free',
      'free',
      'broadcast',
    ]);
    expect(cells.map(({ who }) => who)).toEqual([
      null,
      'machine r',
      'machine a',
      'vrrp',
      ...[null, null, null, null],
    ]);
    expect(cells.map(cellText)[2]).toMatch(/^10\.0\.0\.2, in use: .*machine a/);
  });

  it('tell where a range begins, also when it began before the network', () => {
    const cells = cellsOf(
      mapOf(
        '10.0.0.0/29',
        8,
        [],
        [dhcp('9.255.255.250', '10.0.0.1'), { ...dhcp('10.0.0.4', '10.0.0.5'), id: 's' }],
      ),
    );
    const begins = cells.flatMap(({ end, range }) => (range?.begins ? [end] : []));
    expect(begins).toEqual(['0', '4']);
    expect(cells.filter(({ range }) => range !== null)).toHaveLength(4);
  });

  it('warn where several machines have an address that none of them shares', () => {
    const twice = (uses: AddressUse[]) =>
      cellsOf(mapOf('10.0.0.0/32', 1, [taken('10.0.0.0', ...uses)]))[0]?.twice;
    expect(twice([owned('a'), owned('b')])).toBe(true);
    expect(twice([owned('a', { role: 'anycast' }), owned('b', { role: 'anycast' })])).toBe(false);
    expect(twice([owned('a')])).toBe(false);
  });

  it('are called by the last group in IPv6', () => {
    expect(cellsOf(mapOf('fd00::ff00/120', 256, []))[17]?.end).toBe('ff11');
  });
});

it('the arrow keys stay on the map', () => {
  const on = { count: 64, columns: 16 };
  expect(stepFrom('ArrowDown', { at: 3, ...on })).toBe(19);
  expect(stepFrom('ArrowUp', { at: 3, ...on })).toBe(3);
  expect(stepFrom('ArrowRight', { at: 63, ...on })).toBe(63);
  expect(stepFrom('End', { at: 3, ...on })).toBe(63);
  expect(stepFrom('a', { at: 3, ...on })).toBeNull();
});
