import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mapForm, partsOf, placeInPrefix } from './address-map.ts';
import { freePrefixes, prefixesIn, widestIn } from './free-prefixes.ts';
import { formatPrefix, type Prefix, parsePrefix, prefixOf } from './prefix.ts';
import {
  nestPrefixes,
  type PlacedPrefix,
  prefixesAround,
  shareOfChildren,
  treeLines,
} from './prefix-tree.ts';
import { containsAddress, containsRange, formatRange, overlap } from './range.ts';

const of = (text: string): Prefix => {
  const prefix = parsePrefix(text);
  if (prefix === undefined) throw new Error(`${text} is no prefix`);
  return prefix;
};
/** Few bits, so that they nest often and every address can be looked at. */
const small = fc
  .tuple(fc.constantFrom(4 as const, 6 as const), fc.nat(255), fc.integer({ min: 0, max: 8 }))
  .map(([family, value, length]) =>
    prefixOf({ family, value: BigInt(value) }, (family === 4 ? 24 : 120) + length),
  );
const different = fc.uniqueArray(small, {
  maxLength: 60,
  selector: (prefix) => `${prefix.family} ${formatPrefix(prefix)}`,
});
const all = <T extends Prefix>(nodes: readonly PlacedPrefix<T>[]): PlacedPrefix<T>[] =>
  nodes.flatMap((node) => [node, ...all(node.children)]);

describe('the tree of prefixes', () => {
  it('holds each prefix once, in the narrowest one around it', () => {
    fc.assert(
      fc.property(different, (prefixes) => {
        const placed = all(nestPrefixes(prefixes));
        expect(new Set(placed.map(({ prefix }) => prefix))).toEqual(new Set(prefixes));
        for (const { prefix, parent, depth } of placed) {
          const around = prefixes.filter(
            (other) => other !== prefix && containsRange(other, prefix),
          );
          const narrowest = around.toSorted((a, b) => b.length - a.length)[0];
          expect(parent?.prefix).toBe(narrowest);
          expect(depth).toBe(around.length);
        }
      }),
    );
  });

  it('is the same, whatever the order that the prefixes came in', () => {
    fc.assert(
      fc.property(different, fc.infiniteStream(fc.nat()), (prefixes, keys) => {
        const shuffled = prefixes
          .map((prefix) => ({ prefix, key: keys.next().value }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ prefix }) => prefix);
        const texts = (list: readonly Prefix[]) =>
          all(nestPrefixes(list)).map(({ prefix, depth }) => `${depth} ${formatPrefix(prefix)}`);
        expect(texts(shuffled)).toEqual(texts(prefixes));
      }),
    );
  });

  it('draws every address of an open prefix once: in a prefix in it, or as free', () => {
    fc.assert(
      fc.property(different, (prefixes) => {
        const lines = [...treeLines(nestPrefixes(prefixes), { isOpen: () => true, free: true })];
        for (const node of all(nestPrefixes(prefixes))) {
          if (node.children.length === 0) continue;
          const inside = lines.flatMap((line) => {
            if (line.type === 'free') {
              return line.within.prefix === node.prefix ? [line.range] : [];
            }
            return line.placed.parent?.prefix === node.prefix ? [line.placed.prefix] : [];
          });
          let next = node.prefix.first;
          for (const { first, last } of inside) {
            expect(first).toBe(next);
            next = last + 1n;
          }
          expect(next).toBe(node.prefix.last + 1n);
        }
      }),
    );
  });

  it('shows nothing of a closed prefix but itself', () => {
    const roots = nestPrefixes(['10.0.0.0/8', '10.1.0.0/16', '192.168.0.0/16'].map(of));
    const lines = [...treeLines(roots, { isOpen: ({ length }) => length !== 8, free: true })];
    expect(lines.map((line) => line.type === 'prefix' && formatPrefix(line.placed.prefix))).toEqual(
      ['10.0.0.0/8', '192.168.0.0/16'],
    );
    expect(roots[0] && shareOfChildren(roots[0])).toBe(1 / 256);
  });

  it('finds all prefixes around an address, the widest first', () => {
    fc.assert(
      fc.property(
        different,
        fc.nat(255),
        fc.constantFrom(4 as const, 6 as const),
        (all, at, family) => {
          const address = { family, value: BigInt(at) };
          const wanted = all
            .filter((prefix) => containsAddress(prefix, address))
            .toSorted((a, b) => a.length - b.length);
          expect(prefixesAround(nestPrefixes(all), address)).toEqual(wanted);
        },
      ),
    );
  });

  it('places 10,000 prefixes in one go', () => {
    const many = [of('10.0.0.0/8')];
    for (const prefix of prefixesIn(of('10.0.0.0/8'), 24)) {
      if (many.length === 10_000) break;
      many.push(prefix);
    }
    const [root] = nestPrefixes(many);
    expect(root?.children).toHaveLength(9_999);
  });
});

describe('free prefixes', () => {
  it('are of that length, inside, and touch nothing that is taken; none is passed over', () => {
    fc.assert(
      fc.property(fc.array(small), fc.integer({ min: 24, max: 32 }), (taken, length) => {
        const within = of('0.0.0.0/24');
        const found = freePrefixes(within, taken, { length, count: 1_000 });
        const wanted = [...prefixesIn(within, length)].filter(
          (prefix) => !taken.some((other) => overlap(other, prefix)),
        );
        expect(found).toEqual(wanted);
      }),
    );
  });

  it('come lowest first, as many as are asked for', () => {
    const taken = ['10.0.0.0/24', '10.0.2.0/23'].map(of);
    const next = freePrefixes(of('10.0.0.0/16'), taken, { length: 24, count: 2 });
    expect(next.map(formatPrefix)).toEqual(['10.0.1.0/24', '10.0.4.0/24']);
    expect(freePrefixes(of('10.0.0.0/30'), [], { length: 24, count: 1 })).toEqual([]);
  });

  it('of a gap the widest is the one that fits', () => {
    expect(formatPrefix(widestIn({ family: 4, first: 256n, last: 1_023n }))).toBe('0.0.2.0/23');
    expect(formatPrefix(widestIn({ family: 4, first: 7n, last: 7n }))).toBe('0.0.0.7/32');
    const all4 = { family: 4 as const, first: 0n, last: 2n ** 32n - 1n };
    expect(formatRange(widestIn(all4))).toBe('0.0.0.0-255.255.255.255');
  });
});

describe('the map of a prefix', () => {
  it.each([
    ['10.0.0.0/22', { form: 'cells', count: 1_024 }],
    ['10.0.0.1/32', { form: 'cells', count: 1 }],
    ['10.0.0.0/21', { form: 'parts', length: 24, count: 8 }],
    ['10.0.0.0/16', { form: 'parts', length: 24, count: 256 }],
    ['10.0.0.0/8', { form: 'parts', length: 16, count: 256 }],
    ['0.0.0.0/0', { form: 'parts', length: 8, count: 256 }],
    ['fd00::/64', { form: 'blocks', length: 120 }],
    ['fd00::/118', { form: 'cells', count: 1_024 }],
  ])('%s', (text, form) => {
    expect(mapForm(of(text))).toEqual(form);
  });

  it('has parts that are the whole of it', () => {
    const parts = partsOf(of('10.16.0.0/12'), 16);
    expect(parts.map(formatPrefix).slice(0, 2)).toEqual(['10.16.0.0/16', '10.17.0.0/16']);
    expect(parts.at(-1)?.last).toBe(of('10.16.0.0/12').last);
  });

  it('tells network, broadcast and anycast by their place', () => {
    const prefix = of('10.0.0.0/30');
    const places = [0n, 1n, 2n, 3n].map((index) => placeInPrefix(prefix, prefix.first + index));
    expect(places).toEqual(['network', null, null, 'broadcast']);
    expect(placeInPrefix(of('10.0.0.0/31'), of('10.0.0.0/31').first)).toBeNull();
    expect(placeInPrefix(of('fd00::/64'), of('fd00::/64').first)).toBe('anycast');
    expect(placeInPrefix(of('fd00::/64'), of('fd00::/64').last)).toBeNull();
  });
});
