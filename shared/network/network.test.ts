import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Address, compareAddresses, formatAddress, parseAddress } from './address.ts';
import {
  formatPrefix,
  type Prefix,
  parseHostAddress,
  parsePrefix,
  prefixOf,
  usableRange,
} from './prefix.ts';
import {
  type AddressRange,
  containsAddress,
  containsRange,
  countOf,
  formatRange,
  freeRanges,
  mergeRanges,
  nextFree,
  overlap,
  parseRange,
  utilisation,
} from './range.ts';

const address: fc.Arbitrary<Address> = fc.oneof(
  fc.record({ family: fc.constant(4 as const), value: fc.bigInt(0n, 2n ** 32n - 1n) }),
  // Mapped ones (::ffff:0:0/96) read back as IPv4.
  fc.record({ family: fc.constant(6 as const), value: fc.bigInt(2n ** 64n, 2n ** 128n - 1n) }),
);
const prefix = fc
  .tuple(address, fc.nat(128))
  .map(([of, length]) => prefixOf(of, length % (of.family === 4 ? 33 : 129)));
/** Few bits, so that every address can be looked at one by one. */
const small: fc.Arbitrary<AddressRange> = fc
  .tuple(fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 63 }))
  .map(([a, b]) => ({
    family: 4 as const,
    first: BigInt(Math.min(a, b)),
    last: BigInt(Math.max(a, b)),
  }));
const at = (value: number): Address => ({ family: 4, value: BigInt(value) });

describe('an address', () => {
  it('reads back what it was written as', () => {
    fc.assert(
      fc.property(address, (a) => {
        expect(parseAddress(formatAddress(a))).toEqual(a);
      }),
    );
  });

  it.each([
    ['::ffff:10.0.0.1', '10.0.0.1'],
    ['FD00:0:0::0002', 'fd00::2'],
    [' 10.0.0.1 ', '10.0.0.1'],
  ])('%s means %s', (text, canonical) => {
    expect(formatAddress(parseAddress(text) ?? at(0))).toBe(canonical);
  });

  it.each(['', '10.0.0', '010.0.0.1', '0x7f.1', '10.0.0.256', 'fe80::1%eth0', '10.0.0.1/24', ':'])(
    '"%s" is none',
    (text) => expect(parseAddress(text)).toBeUndefined(),
  );

  it('sorts IPv4 before IPv6 and by number, not by letter', () => {
    const sorted = ['fd00::2', '10.0.0.10', '10.0.0.9', 'fd00::10']
      .flatMap((text) => parseAddress(text) ?? [])
      .sort(compareAddresses);
    expect(sorted.map(formatAddress)).toEqual(['10.0.0.9', '10.0.0.10', 'fd00::2', 'fd00::10']);
  });
});

describe('a prefix', () => {
  it('reads back what it was written as, and contains what it was made of', () => {
    fc.assert(
      fc.property(prefix, address, fc.nat(128), (p, a, length) => {
        expect(parsePrefix(formatPrefix(p))).toEqual(p);
        const own = prefixOf(a, length % (a.family === 4 ? 33 : 129));
        expect(containsAddress(own, a)).toBe(true);
      }),
    );
  });

  it('contains another or has nothing in common with it', () => {
    fc.assert(
      fc.property(prefix, prefix, (a, b) => {
        expect(overlap(a, b)).toBe(containsRange(a, b) || containsRange(b, a));
      }),
    );
  });

  it.each([
    ['10.0.0.0/24', '10.0.0.1-10.0.0.254'],
    ['10.0.0.0/31', '10.0.0.0-10.0.0.1'],
    ['10.0.0.7/32', '10.0.0.7'],
    ['fd00::/64', 'fd00::1-fd00::ffff:ffff:ffff:ffff'],
    ['fd00::/127', 'fd00::-fd00::1'],
    ['0.0.0.0/0', '0.0.0.1-255.255.255.254'],
  ])('%s gives hosts %s', (text, hosts) => {
    expect(formatRange(usableRange(parsePrefix(text) as Prefix))).toBe(hosts); // undefined would throw
  });

  it('refuses bits of a host, or clears them where asked to', () => {
    expect(parsePrefix('10.0.10.7/24')).toBeUndefined();
    const cleared = parsePrefix('10.0.10.7/24', { hostBits: 'clear' });
    expect(cleared && formatPrefix(cleared)).toBe('10.0.10.0/24');
  });

  it.each([
    ['10.0.0.1/255.255.255.0', 24],
    ['10.0.0.1/255.255.255.255', 32],
    ['10.0.0.1/0.0.0.0', 0],
    ['10.0.0.1/255.0.255.0', undefined],
    ['10.0.0.1/33', undefined],
    ['fd00::1/129', undefined],
    ['fd00::1/64', 64],
    ['10.0.0.1', 32],
    ['10.0.0.1/', undefined],
    ['10.0.0.1/24/24', undefined],
  ])('%s has the length %s', (text, length) => {
    expect(parseHostAddress(text)?.length).toBe(length);
  });
});

describe('ranges', () => {
  it.each([
    ['10.0.0.10-10.0.0.99', '10.0.0.10-10.0.0.99'],
    ['10.0.0.10 – 99', '10.0.0.10-10.0.0.99'],
    ['10.0.0.10', '10.0.0.10'],
    ['fd00::10-fd00::1f', 'fd00::10-fd00::1f'],
  ])('%s means %s', (text, canonical) => {
    expect(formatRange(parseRange(text) as AddressRange)).toBe(canonical); // undefined would throw
  });

  it.each(['10.0.0.99-10.0.0.10', '10.0.0.1-fd00::1', '10.0.0.1-300', '-', 'a-b', '1-2-3'])(
    '"%s" is none',
    (text) => expect(parseRange(text)).toBeUndefined(),
  );

  it('are free where nothing else is, whatever overlaps', () => {
    fc.assert(
      fc.property(small, fc.array(small, { maxLength: 8 }), (within, taken) => {
        const free = freeRanges(within, taken);
        for (let value = 0; value < 64; value += 1) {
          const covered = taken.some((range) => containsAddress(range, at(value)));
          const isFree = containsAddress(within, at(value)) && !covered;
          expect(free.some((range) => containsAddress(range, at(value)))).toBe(isFree);
        }
        expect(nextFree(within, taken)?.value).toBe(free[0]?.first);
        const count = free.reduce((sum, range) => sum + Number(countOf(range)), 0);
        expect(utilisation(within, taken)).toBeCloseTo(1 - count / Number(countOf(within)), 5);
      }),
    );
  });

  it('merge into the same addresses, apart and in order', () => {
    fc.assert(
      fc.property(fc.array(small, { maxLength: 8 }), (ranges) => {
        const merged = mergeRanges(ranges);
        for (let value = 0; value < 64; value += 1) {
          const inside = (all: AddressRange[]) =>
            all.some((range) => containsAddress(range, at(value)));
          expect(inside(merged)).toBe(inside(ranges));
        }
        for (const [index, range] of merged.entries()) {
          const next = merged[index + 1];
          if (next !== undefined) expect(next.first).toBeGreaterThan(range.last + 1n);
        }
      }),
    );
  });

  it('tell of a network of 2^64 addresses without counting them', () => {
    const wide = parsePrefix('fd00::/64') as Prefix; // undefined would throw
    expect(
      utilisation(wide, [{ family: 6, first: wide.first, last: wide.last / 2n }]),
    ).toBeLessThan(1);
    expect(utilisation(wide, [wide])).toBe(1);
    expect(nextFree(wide, [wide])).toBeUndefined();
  });
});
