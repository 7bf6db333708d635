import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expandPattern, mostExpanded } from './name-pattern.ts';

const valuesOf = (text: string) => {
  const expanded = expandPattern(text);
  return 'values' in expanded ? expanded.values : expanded.problem;
};

describe('a pattern', () => {
  it.each<[string, string[]]>([
    ['pi-[1-4]', ['pi-1', 'pi-2', 'pi-3', 'pi-4']],
    ['10.20.10.[11-12]/24', ['10.20.10.11/24', '10.20.10.12/24']],
    ['[a,b,c]', ['a', 'b', 'c']],
    ['rack-[a-c]', ['rack-a', 'rack-b', 'rack-c']],
    ['rack-[C-A]', ['rack-C', 'rack-B', 'rack-A']],
    ['node[08-11]', ['node08', 'node09', 'node10', 'node11']],
    ['n[001-2]', ['n001', 'n002']],
    ['U[13-11]', ['U13', 'U12', 'U11']],
    ['[1-3,7, 9]', ['1', '2', '3', '7', '9']],
    ['[web-1,db]', ['web-1', 'db']],
    ['r[1-2]-n[1-2]', ['r1-n1', 'r1-n2', 'r2-n1', 'r2-n2']],
    ['fd00::[1-2]/64', ['fd00::1/64', 'fd00::2/64']],
    ['pi-1', ['pi-1']],
    ['a\\[1\\]', ['a[1]']],
    ['', ['']],
  ])('%s stands for %j', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it('says how many each bracket stands for', () => {
    expect(expandPattern('r[1-2]-n[1-4]')).toMatchObject({ brackets: [2, 4] });
    expect(expandPattern('plain')).toMatchObject({ brackets: [] });
  });

  it.each<[string, number]>([
    ['pi-[1-4', 3],
    ['pi-1]', 4],
    ['pi-[]', 4],
    ['pi-[1,,2]', 6],
    ['[1-[2]]', 3],
    ['[1-10001]', 1],
    ['[1-999999999999999]', 1],
    ['x[1-200][1-200]', 1],
    ['[1-9999,20000-20001]', 8],
  ])('%s is told where it is wrong', (text, at) => {
    expect(expandPattern(text)).toEqual({ problem: expect.stringMatching(/[.]$/), at });
  });

  it('stands for as many as its brackets multiplied, bounded, and never throws', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a\d[\],-]{0,20}$/)), (text) => {
        const expanded = expandPattern(text);
        if ('problem' in expanded) {
          expect(expanded.at).toBeLessThanOrEqual(text.length);
          return;
        }
        const product = expanded.brackets.reduce((all, count) => all * count, 1);
        expect(expanded.values).toHaveLength(product);
        expect(product).toBeLessThanOrEqual(mostExpanded);
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts a range from its first to its last', () => {
    const end = fc.nat(400);
    fc.assert(
      fc.property(end, end, (first, last) => {
        const values = [...valuesOf(`[${first}-${last}]`)].map(Number);
        expect([values[0], values.at(-1)]).toEqual([first, last]);
        expect(values).toHaveLength(Math.abs(last - first) + 1);
      }),
    );
  });
});
