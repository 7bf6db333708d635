import { describe, expect, it } from 'vitest';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { racksWith, specimen } from './elevation-specimens.ts';
import { firstFree, type Step, stepFrom } from './keyboard-steps.ts';
import type { Spot } from './spot.ts';

const at = (position: number, extra: object = {}): Spot => ({
  kind: 'unit',
  rackId: 'A',
  position,
  face: 'front',
  side: null,
  ...extra,
});
const go = (device: ElevationDevice, from: Spot, steps: readonly Step[], halves = false) =>
  steps.reduce<Spot>(
    (spot, step) =>
      stepFrom(spot, step, {
        device,
        rackIds: ['A', 'B'],
        contentOf: racksWith([device]),
        halves,
      }),
    from,
  );

describe('steps by key', () => {
  const nas = specimen('nas', { position: 3, heightUnits: 2 });

  it('go by units and stay within the rack', () => {
    expect(go(nas, at(3), ['up', 'up'])).toMatchObject({ position: 5 });
    expect(go(nas, at(2), ['down', 'down', 'down'])).toMatchObject({ position: 1 });
    expect(go(nas, at(3), ['top'])).toMatchObject({ position: 11 });
    expect(go(nas, at(3), ['up'], true)).toMatchObject({ position: 3.5 });
    expect(go(specimen('thin', { heightUnits: 0.5 }), at(3), ['up'])).toMatchObject({
      position: 3.5,
    });
  });

  it('go into the rack beside, as high as it is', () => {
    expect(go(nas, at(11), ['right'])).toMatchObject({ rackId: 'B', position: 5 });
    expect(go(nas, at(3), ['left'])).toMatchObject({ rackId: 'A' });
    expect(go(nas, at(3), ['next-rack', 'previous-rack'])).toMatchObject({ rackId: 'A' });
  });

  it('go from side to side with narrow gear, the other way round at the rear', () => {
    const third = specimen('third', { width: 'third', side: 'left', position: 2 });
    expect(go(third, at(2, { side: 'left' }), ['right'])).toMatchObject({ side: 'middle' });
    expect(go(third, at(2, { side: 'left', face: 'rear' }), ['left'])).toMatchObject({
      side: 'middle',
    });
    const half = specimen('half', { width: 'half', side: 'right', position: 2 });
    // It fills a 10-inch rack, where there is no side to say.
    expect(go(half, at(2, { side: 'right' }), ['right'])).toMatchObject({
      rackId: 'B',
      side: null,
    });
  });

  it('turn it to the rear and back', () => {
    expect(go(nas, at(3), ['turn'])).toMatchObject({ face: 'rear' });
    expect(go(nas, at(3), ['turn', 'turn'])).toMatchObject({ face: 'front' });
  });

  it('begin at the highest free place', () => {
    const others = [specimen('a', { position: 12 }), specimen('b', { position: 9 })];
    const device = specimen('new', { rackId: null, heightUnits: 3 });
    const around = { device, rackIds: ['A'], contentOf: racksWith(others), halves: false };
    expect(firstFree('A', around)).toMatchObject({ position: 6 });
    expect(stepFrom({ kind: 'nowhere' }, 'down', around)).toMatchObject({ position: 6 });
  });
});
