import { describe, expect, it } from 'vitest';
import { faceLayout, numberOf } from './face-layout.ts';

const ports = (stem: string, count: number, type: string | null = null, from = 1) =>
  Array.from({ length: count }, (_, index) => ({ name: `${stem}${from + index}`, type }));
const drawn = (list: Parameters<typeof faceLayout>[0]) =>
  faceLayout(list).map(({ connector, rows }) => [
    connector,
    ...rows.map((row) => row.map(({ name }) => numberOf(name)).join(' ')),
  ]);

describe('the front of a switch', () => {
  it('has odd ports above even ones, and cages apart at the right', () => {
    const all = [...ports('sfp-sfpplus', 2, '10gbase-x-sfpp'), ...ports('ether', 10).toReversed()];
    expect(drawn(all)).toEqual([
      ['socket', '1 3 5 7 9', '2 4 6 8 10'],
      ['cage', '1', '2'],
    ]);
  });

  it('has one row where there are eight or fewer', () => {
    expect(drawn(ports('lan', 8))).toEqual([['socket', '1 2 3 4 5 6 7 8']]);
  });

  it('counts 52 ports as people do, whatever order they come in', () => {
    const rows = faceLayout(ports('Gi1/0/', 52).toSorted((a, b) => (a.name < b.name ? -1 : 1)))[0];
    expect(rows?.rows[0]?.map(({ name }) => name).slice(0, 3)).toEqual([
      'Gi1/0/1',
      'Gi1/0/3',
      'Gi1/0/5',
    ]);
    expect(rows?.rows[1]?.at(-1)?.name).toBe('Gi1/0/52');
  });

  it('keeps the members of a stack apart', () => {
    const stack = [...ports('Gi1/0/', 12), ...ports('Gi2/0/', 12)];
    expect(faceLayout(stack).map(({ stem }) => stem)).toEqual(['Gi1/0/', 'Gi2/0/']);
  });

  it('takes the connector before the name, and the name where none is declared', () => {
    expect(drawn([{ name: 'sfp1', type: '1000base-t' }])).toEqual([['socket', '1']]);
    expect(drawn([{ name: 'sfp1', type: null }])).toEqual([['cage', '1']]);
    expect(drawn([{ name: 'wan', type: null }])).toEqual([['socket', 'wan']]);
  });

  it('draws 1,500 ports, each once', () => {
    const many = ports('port', 1_500);
    const all = faceLayout(many).flatMap(({ rows }) => rows.flat());
    expect(new Set(all).size).toBe(1_500);
  });
});
