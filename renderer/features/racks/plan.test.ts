import { describe, expect, it } from 'vitest';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { racksWith, specimen } from './elevation-specimens.ts';
import { planFor } from './plan.ts';
import type { Spot } from './spot.ts';

const unit = (position: number, extra: object = {}): Spot => ({
  kind: 'unit',
  rackId: 'A',
  position,
  face: 'front',
  side: null,
  ...extra,
});
const plan = (
  devices: readonly ElevationDevice[],
  spot: Spot,
  others: readonly ElevationDevice[] = [],
  swap = false,
) => planFor({ devices, spot, swap, contentOf: racksWith([...devices, ...others]) });

describe('what putting it there would do', () => {
  const ups = specimen('ups', { position: 1, heightUnits: 2 });

  it('names the units where it may, and what is in the way where not', () => {
    const nas = specimen('nas', { position: 8, heightUnits: 2 });
    expect(plan([nas], unit(4), [ups])).toMatchObject({
      allowed: true,
      text: 'Units 4 to 5 of Rack A.',
      moves: [{ to: { rackId: 'A', position: 4, face: null } }],
    });
    expect(plan([nas], unit(2), [ups])).toMatchObject({
      allowed: false,
      text: 'nas cannot stand there: ups takes units 1 to 2 of Rack A.',
    });
  });

  it('lets a device stand where only itself is in the way', () => {
    expect(plan([ups], unit(2)).allowed).toBe(true);
  });

  it('offers to change places, and does so when asked to, where both fit', () => {
    const nas = specimen('nas', { position: 8, heightUnits: 2 });
    expect(plan([nas], unit(1), [ups]).swapWith?.name).toBe('ups');
    expect(plan([nas], unit(1), [ups], true)).toMatchObject({
      allowed: true,
      moves: [
        { device: { name: 'nas' }, to: { position: 1 } },
        { device: { name: 'ups' }, to: { position: 8 } },
      ],
    });
    const small = specimen('small', { position: 8 });
    const above = specimen('above', { position: 9 });
    expect(plan([small], unit(1), [ups, above], true).allowed).toBe(false);
  });

  it('keeps the distance of several, also past each other', () => {
    const [a, b] = [specimen('a', { position: 5 }), specimen('b', { position: 6 })];
    expect(plan([a, b], unit(6)).moves.map(({ to }) => to.position)).toEqual([6, 7]);
    expect(plan([b, a], unit(1)).text).toMatch(/would stand below unit 1/);
    expect(plan([a, b], unit(12)).text).toMatch(/b would reach unit 13/);
  });

  it('stacks what comes from elsewhere, boards of no height in one unit', () => {
    const loose = { rackId: null };
    const tall = specimen('tall', { ...loose, heightUnits: 2 });
    const flat = specimen('flat', loose);
    expect(plan([tall, flat], unit(3)).moves.map(({ to }) => to.position)).toEqual([3, 5]);
    const boards = ['x', 'y'].map((name) => specimen(name, { ...loose, heightUnits: 0 }));
    expect(plan(boards, unit(3)).moves.map(({ to }) => to.position)).toEqual([3, 3]);
  });

  it('refuses 19-inch gear in a 10-inch rack, and gear with units beside a rack', () => {
    const wide = specimen('wide', { width: 'full', position: 3 });
    expect(plan([wide], unit(1, { rackId: 'B' })).text).toMatch(/too wide for Rack B/);
    expect(plan([wide], { kind: 'beside', rackId: 'A' }).text).toMatch(/takes units/);
    const strip = specimen('pdu', { heightUnits: 0 });
    expect(plan([strip], { kind: 'beside', rackId: 'A' })).toMatchObject({
      allowed: true,
      text: 'Beside Rack A.',
    });
  });

  it('warns of what is too deep, and puts it there all the same', () => {
    const deep = specimen('deep', { depth: 700 });
    expect(plan([deep], unit(3))).toMatchObject({
      allowed: true,
      doubt: 'deep is deeper than Rack A.',
    });
  });

  it('puts several onto a shelf into the places that are free', () => {
    const shelf = specimen('shelf', { position: 2 });
    const there = specimen('there', { parentId: 'shelf', bay: '2' });
    const boards = ['x', 'y'].map((name) => specimen(name, { rackId: null, heightUnits: 0 }));
    const spot = { kind: 'on', rackId: 'A', parentId: 'shelf', bay: '1' } as const;
    const { moves, text } = plan(boards, spot, [shelf, there]);
    expect(moves.map(({ to }) => [to.parentId, to.bay])).toEqual([
      ['shelf', '1'],
      ['shelf', '3'],
    ]);
    expect(text).toBe('2 devices: On shelf, place 1.');
    expect(plan(boards, { ...spot, bay: '2' }, [shelf, there]).text).toMatch(
      /there has this place already/,
    );
    expect(plan([shelf], spot).text).toMatch(/cannot stand on itself/);
  });

  it('takes it out of its rack and everything that it was there', () => {
    const gear = specimen('gear', { position: 4, face: 'rear', side: 'left', bay: '1' });
    expect(plan([gear], { kind: 'nowhere' }).moves[0]?.to).toEqual({
      rackId: null,
      position: null,
      face: null,
      side: null,
      parentId: null,
      bay: null,
    });
  });
});
