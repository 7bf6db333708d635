import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elevationOf, type Mountable } from './elevation.ts';
import type { RackFrame } from './placement.ts';

const rack = (heightUnits: number, extra: Partial<RackFrame> = {}): RackFrame => ({
  name: 'A',
  heightUnits,
  width: '19',
  depth: null,
  ...extra,
});
const device = (
  name: string,
  position: number | null,
  heightUnits = 1,
  extra: Partial<Mountable> = {},
): Mountable => ({
  id: name,
  name,
  position,
  heightUnits,
  face: null,
  side: null,
  parentId: null,
  bay: null,
  width: null,
  fullDepth: null,
  depth: null,
  ...extra,
});
const names = (drawn: readonly { readonly device: Mountable }[]) =>
  drawn.map(({ device: { name } }) => name);

describe('the elevation of a rack', () => {
  it('counts units from the bottom and lists what stands in them from the top', () => {
    const { drawn } = elevationOf(rack(12), [
      device('ups', 1, 2),
      device('b', 3, 0),
      device('a', 3, 0),
      device('router', 12),
    ]);
    expect(names(drawn)).toEqual(['router', 'a', 'b', 'ups']);
    expect(drawn.at(-1)).toMatchObject({ bottom: 0, height: 2, left: 0, width: 1 });
  });

  it('puts several boards of one unit side by side, in the order of their names', () => {
    const { drawn, freeUnits } = elevationOf(rack(4), [
      device('pi-10', 3, 0),
      device('pi-2', 3, 0),
      device('pi-1', 3, 0),
    ]);
    expect(names(drawn)).toEqual(['pi-1', 'pi-2', 'pi-10']);
    expect(drawn.map(({ left, fault }) => [left, fault])).toEqual([
      [0, null],
      [1 / 3, null],
      [2 / 3, null],
    ]);
    expect(freeUnits).toBe(3);
  });

  it('draws half and third width gear as wide as it is, and offers the rest of the unit', () => {
    const { drawn, gaps } = elevationOf(rack(2), [
      device('half', 1, 1, { width: 'half', side: 'right' }),
      device('third', 2, 1, { width: 'third', side: 'middle' }),
    ]);
    expect(drawn.map(({ left, width }) => [left, width])).toEqual([
      [1 / 3, 1 / 3],
      [0.5, 0.5],
    ]);
    expect(gaps.map(({ bottom, left, width }) => [bottom, left, Number(width.toFixed(2))])).toEqual(
      [
        [1, 0, 0.33],
        [1, 2 / 3, 0.33],
        [0, 0, 0.5],
      ],
    );
  });

  it('lets half-width gear fill a 10-inch rack', () => {
    const { drawn } = elevationOf(rack(2, { width: '10' }), [
      device('switch', 1, 1, { width: 'half' }),
    ]);
    expect(drawn[0]).toMatchObject({ left: 0, width: 1, fault: null });
  });

  it('shows the rear mirrored, and the back of what goes through', () => {
    const devices = [
      device('deep', 1, 1, { face: 'front', fullDepth: true }),
      device('left', 2, 1, { width: 'half', side: 'left', fullDepth: true }),
      device('panel', 3, 1, { face: 'front', fullDepth: false }),
      device('behind', 3, 1, { face: 'rear', fullDepth: false }),
    ];
    const { drawn } = elevationOf(rack(4), devices, 'rear');
    expect(drawn.map(({ device: { name }, left, behind }) => [name, left, behind])).toEqual([
      ['behind', 0, false],
      ['left', 0.5, true],
      ['deep', 0, true],
    ]);
    expect(names(elevationOf(rack(4), devices).drawn)).toEqual(['panel', 'left', 'deep']);
  });

  it('draws what stands on a shelf with the shelf, in the order of its places', () => {
    const { drawn, loose } = elevationOf(rack(4), [
      device('shelf', 2),
      device('pi-2', null, 0, { parentId: 'shelf', bay: '2' }),
      device('pi-1', null, 0, { parentId: 'shelf', bay: '10' }),
      device('hat', null, 0, { parentId: 'pi-2' }),
    ]);
    expect(names(drawn)).toEqual(['shelf']);
    expect(drawn[0]?.carries.map(({ name }) => name)).toEqual(['pi-2', 'hat', 'pi-1']);
    expect(loose).toEqual([]);
  });

  it('tells a strip beside the rack from gear without a unit and from what is outside of it', () => {
    const { beside, loose, outside, drawn } = elevationOf(rack(12), [
      device('pdu', null, 0),
      device('nas', null, 2),
      device('ups', 12, 2),
      device('top', 12),
    ]);
    expect([beside, loose].map((list) => list.map(({ name }) => name))).toEqual([['pdu'], ['nas']]);
    expect(outside).toMatchObject([{ device: { name: 'ups' }, fault: { unit: 13 } }]);
    expect(names(drawn)).toEqual(['top']);
  });

  it('draws and names gear that overlaps from the past', () => {
    const { drawn } = elevationOf(rack(6), [device('a', 1, 2), device('b', 2, 2), device('c', 3)]);
    expect(drawn.map(({ device: { name }, fault }) => [name, fault])).toMatchObject([
      ['c', { kind: 'taken', by: { name: 'b' } }],
      ['b', { kind: 'taken', by: { name: 'a' } }],
      ['a', { kind: 'taken', by: { name: 'b' } }],
    ]);
  });

  it('draws those of a circle of parents all the same', () => {
    const { loose } = elevationOf(rack(6), [
      device('a', null, 1, { parentId: 'b' }),
      device('b', null, 1, { parentId: 'a' }),
    ]);
    expect(loose.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  const anything = fc
    .array(
      fc.record({
        position: fc.option(fc.integer({ min: -2, max: 30 }).map((half) => half / 2)),
        heightUnits: fc.integer({ min: 0, max: 8 }).map((half) => half / 2),
        face: fc.constantFrom('front', 'rear', null),
        side: fc.constantFrom('left', 'middle', 'right', null),
        width: fc.constantFrom('full', 'half', 'third', null),
        fullDepth: fc.constantFrom(true, false, null),
        parent: fc.option(fc.integer({ min: 0, max: 11 }), { freq: 3 }),
      }),
      { maxLength: 12 },
    )
    .map((list) =>
      list.map(({ position, heightUnits, parent, ...rest }, at) =>
        device(`d${at}`, position, heightUnits, {
          ...rest,
          parentId: parent === null || parent >= list.length ? null : `d${parent}`,
        }),
      ),
    );

  it('never draws two over each other, and nothing over what it calls free', () => {
    fc.assert(
      fc.property(
        anything,
        fc.constantFrom<'front' | 'rear'>('front', 'rear'),
        fc.constantFrom('10', '19', null),
        (devices, face, width) => {
          const { drawn, gaps } = elevationOf(rack(12, { width }), devices, face);
          const boxes = [...drawn, ...gaps];
          const slack = 1e-6;
          for (const [at, a] of boxes.entries()) {
            expect(a.left).toBeGreaterThanOrEqual(-slack);
            expect(a.left + a.width).toBeLessThanOrEqual(1 + slack);
            expect(a.bottom + a.height).toBeLessThanOrEqual(12);
            for (const b of boxes.slice(at + 1)) {
              const across = a.left + slack < b.left + b.width && b.left + slack < a.left + a.width;
              const along = a.bottom < b.bottom + b.height && b.bottom < a.bottom + a.height;
              expect(across && along).toBe(false);
            }
          }
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it('hides nothing: each device is drawn, carried, beside, loose or named as outside', () => {
    fc.assert(
      fc.property(anything, (devices) => {
        const seen = new Set<string>();
        for (const face of ['front', 'rear'] as const) {
          const { drawn, beside, loose, outside } = elevationOf(rack(12), devices, face);
          for (const each of drawn)
            for (const { id } of [each.device, ...each.carries]) seen.add(id);
          for (const { id } of [...beside, ...loose]) seen.add(id);
          const carriedOutside = outside.map(({ device: { id } }) => id);
          for (const id of carriedOutside) seen.add(id);
        }
        const unseen = devices.filter(({ id }) => !seen.has(id));
        // What stands on something loose or outside goes with that one.
        expect(unseen.filter(({ parentId }) => parentId === null)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });
});
