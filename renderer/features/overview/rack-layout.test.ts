import { describe, expect, it } from 'vitest';
import { layoutRack } from './rack-layout.ts';

const device = (name: string, position: number | null, heightUnits = 1) => ({
  id: name,
  name,
  position,
  heightUnits,
});

describe('rack drawing', () => {
  it('counts units from the bottom and rows from the top', () => {
    const { slots } = layoutRack([device('ups', 1, 2), device('router', 12)], 12);
    expect(slots.find(({ device: d }) => d.name === 'ups')).toMatchObject({ row: 10, rows: 2 });
    expect(slots.find(({ device: d }) => d.name === 'router')).toMatchObject({ row: 0, rows: 1 });
  });

  it('puts several boards of one unit side by side, in the order of their names', () => {
    const { slots, freeUnits } = layoutRack(
      [device('pi-10', 3, 0), device('pi-2', 3, 0), device('pi-1', 3, 0)],
      4,
    );
    expect(slots.map(({ device: d, lane, lanes }) => [d.name, lane, lanes])).toEqual([
      ['pi-1', 0, 3],
      ['pi-2', 1, 3],
      ['pi-10', 2, 3],
    ]);
    expect(freeUnits).toBe(3);
  });

  it('goes from the top to the bottom, and in a unit from the left to the right', () => {
    const { slots } = layoutRack(
      [device('ups', 1, 2), device('b', 3, 0), device('a', 3, 0), device('router', 12)],
      12,
    );
    expect(slots.map(({ device: d }) => d.name)).toEqual(['router', 'a', 'b', 'ups']);
  });

  it('never draws two devices over each other', () => {
    const { slots } = layoutRack([device('a', 1, 2), device('b', 2, 2), device('c', 3, 1)], 6);
    const cells = slots.flatMap(({ row, rows, lane }) =>
      Array.from({ length: rows }, (_, n) => `${row + n}/${lane}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('keeps what has no unit or does not fit beside the drawing', () => {
    const { slots, loose } = layoutRack(
      [device('a', null), device('b', 12, 2), device('c', 1)],
      12,
    );
    expect(slots.map(({ device: d }) => d.name)).toEqual(['c']);
    expect(loose.map(({ name }) => name)).toEqual(['a', 'b']);
  });
});
