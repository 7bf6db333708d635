import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capacityOf, type PowerDevice, type PowerPoint, powerGraph } from './power-graph.ts';
import { loadsOf } from './power-load.ts';
import { balanceOf, beginningsOf, failureOf, overloadedIn, runTimeOf } from './power-summary.ts';

const blank = {
  deviceId: null,
  feed: null,
  phase: null,
  volts: null,
  amperes: null,
  nameplate: null,
  measured: null,
  fedBy: null,
};
const breaker = (id: string, fields: Partial<PowerPoint> = {}): PowerPoint => ({
  ...blank,
  id,
  role: 'breaker',
  volts: 230,
  amperes: 16,
  ...fields,
});
const outlet = (
  id: string,
  deviceId: string | null,
  fields: Partial<PowerPoint> = {},
): PowerPoint => ({
  ...blank,
  id,
  deviceId,
  role: 'outlet',
  ...fields,
});
const input = (id: string, deviceId: string, fields: Partial<PowerPoint> = {}): PowerPoint => ({
  ...blank,
  id,
  deviceId,
  role: 'input',
  ...fields,
});
const device = (id: string, fields: Partial<PowerDevice> = {}): PowerDevice => ({
  id,
  nameplate: null,
  measured: null,
  battery: null,
  ...fields,
});
const link = (source: string, to: string) => ({ source, input: to });

/** Two breakers, a UPS on A, a PDU behind it and one on B; a server on both, a Pi on A, a lamp unmeasured. */
const rack = powerGraph({
  points: [
    breaker('ba', { feed: 'A', phase: 'L1' }),
    breaker('bb', { feed: 'B', phase: 'L2' }),
    input('ups-in', 'ups'),
    outlet('ups-1', 'ups'),
    input('pa-in', 'pa'),
    ...[1, 2, 3].map((n) => outlet(`pa-${n}`, 'pa', { amperes: 10 })),
    input('pb-in', 'pb'),
    ...[1, 2].map((n) => outlet(`pb-${n}`, 'pb', { fedBy: 'pb-in' })),
    input('s-a', 'server', { nameplate: 500 }),
    input('s-b', 'server', { nameplate: 500 }),
    input('pi-in', 'pi'),
    input('lamp-in', 'lamp'),
  ],
  links: [
    link('ba', 'ups-in'),
    link('ups-1', 'pa-in'),
    link('bb', 'pb-in'),
    link('pa-1', 's-a'),
    link('pb-1', 's-b'),
    link('pa-2', 'pi-in'),
    link('pa-3', 'lamp-in'),
  ],
  devices: [
    device('ups', { battery: 400, nameplate: 900 }),
    device('pa'),
    device('pb'),
    device('server', { measured: 300, nameplate: 450 }),
    device('pi', { nameplate: 15 }),
    device('lamp'),
  ],
});
const loads = loadsOf(rack);
const loadOf = (id: string) => loads.points.get(id)?.load;

describe('the load', () => {
  it('goes up from each supply to its breaker, a device with two of them split over both', () => {
    expect(loadOf('pa-1')).toBe(150);
    expect(loadOf('ups-in')).toBe(165);
    expect(loadOf('ba')).toBe(165);
    expect(loadOf('bb')).toBe(150);
    expect(loads.passed.get('ups')).toEqual({ load: 165, worst: 240 });
    expect(loads.passed.get('pa')).toEqual({ load: 165, worst: 240 });
  });

  it('is what was measured, else the nameplate, and tells which', () => {
    expect(loads.consumers.get('server')).toMatchObject({ draw: 300, basis: 'measured' });
    expect(loads.consumers.get('pi')).toMatchObject({ draw: 15, basis: 'nameplate' });
    expect(loads.consumers.get('lamp')).toMatchObject({ draw: null, basis: null, supply: 'mains' });
  });

  it('is split as each supply was measured, where all were', () => {
    const graph = powerGraph({
      points: [
        input('a', 'd', { measured: 90 }),
        input('b', 'd', { measured: 30 }),
        outlet('1', null),
        outlet('2', null),
      ],
      links: [link('1', 'a'), link('2', 'b')],
      devices: [device('d', { nameplate: 400 })],
    });
    const split = loadsOf(graph).points;
    expect([split.get('1')?.load, split.get('2')?.load]).toEqual([90, 30]);
  });

  it('of two supplies without a measurement is the larger plate, not both', () => {
    const graph = powerGraph({
      points: [
        input('a', 'd', { nameplate: 500 }),
        input('b', 'd', { nameplate: 750 }),
        outlet('1', null),
      ],
      links: [link('1', 'a')],
      devices: [device('d')],
    });
    expect(loadsOf(graph).consumers.get('d')).toMatchObject({ draw: 750, supplies: 2, live: 1 });
  });

  it('hangs on the feed and the phase of the breaker above', () => {
    expect(balanceOf(rack, loads)).toEqual({
      feeds: { A: 165, B: 150, none: 0 },
      phases: { L1: 165, L2: 150, L3: 0, none: 0 },
    });
  });
});

describe('a capacity', () => {
  it('is the current by the voltage that arrives, or less where the plate says so', () => {
    expect(capacityOf(rack, 'ba')).toBe(3680);
    expect(capacityOf(rack, 'pa-1')).toBe(2300);
    const plate = powerGraph({
      points: [breaker('b', { nameplate: 2000 })],
      links: [],
      devices: [],
    });
    expect(capacityOf(plate, 'b')).toBe(2000);
  });

  it('is not known without a voltage anywhere', () => {
    const graph = powerGraph({ points: [breaker('b', { volts: null })], links: [], devices: [] });
    expect(capacityOf(graph, 'b')).toBeNull();
  });

  it('is told where it is exceeded, but of no supply, whose plate says what it gives', () => {
    const graph = powerGraph({
      points: [
        breaker('b', { amperes: 1 }),
        outlet('w', null, { fedBy: 'b' }),
        input('i', 'd', { nameplate: 100 }),
      ],
      links: [link('w', 'i')],
      devices: [device('d', { measured: 240 })],
    });
    expect(overloadedIn(graph, loadsOf(graph))).toEqual(['b']);
  });
});

describe('when a feed fails', () => {
  it('what hangs on a UPS goes on from its battery, and the rest draws from the other feed', () => {
    const failed = beginningsOf(rack, 'A');
    expect([...failed]).toEqual(['ba']);
    expect(failureOf(rack, failed, loads)).toEqual({
      dark: [],
      onBattery: ['pi', 'lamp'],
      overloaded: [],
    });
    const after = loadsOf(rack, failed);
    expect(after.consumers.get('server')).toMatchObject({ supply: 'mains', live: 2 });
  });

  it('a device with one supply goes dark, and one with two draws all from the other', () => {
    const failed = new Set(['ups-1']);
    expect(failureOf(rack, failed, loads).dark).toEqual(['pi', 'lamp']);
    const after = loadsOf(rack, failed).points;
    expect([after.get('bb')?.load, after.get('ba')?.load]).toEqual([300, 0]);
  });

  it('tells what then carries too much', () => {
    const graph = powerGraph({
      points: [
        breaker('a', { feed: 'A', amperes: 1 }),
        breaker('b', { feed: 'B', amperes: 1 }),
        input('1', 'd'),
        input('2', 'd'),
      ],
      links: [link('a', '1'), link('b', '2')],
      devices: [device('d', { measured: 400 })],
    });
    const before = loadsOf(graph);
    expect(overloadedIn(graph, before)).toEqual([]);
    expect(failureOf(graph, beginningsOf(graph, 'A'), before).overloaded).toEqual(['b']);
  });
});

describe('what is not documented', () => {
  it('a supply that is plugged in nowhere is off; a PDU with nothing above it is taken for live', () => {
    const graph = powerGraph({
      points: [input('loose', 'd'), input('pdu-in', 'pdu'), outlet('1', 'pdu'), input('x-in', 'x')],
      links: [link('1', 'x-in')],
      devices: [device('d', { measured: 5 }), device('x', { measured: 7 }), device('pdu')],
    });
    const { consumers, points } = loadsOf(graph);
    expect(consumers.get('d')?.supply).toBe('none');
    expect(consumers.get('x')?.supply).toBe('mains');
    expect(points.get('pdu-in')?.load).toBe(7);
  });
});

describe('a circle', () => {
  it('is told, and reckoning ends', () => {
    const graph = powerGraph({
      points: [
        input('a-in', 'a'),
        outlet('a-1', 'a'),
        input('b-in', 'b'),
        outlet('b-1', 'b'),
        input('d-in', 'd'),
        outlet('b-2', 'b'),
      ],
      links: [link('a-1', 'b-in'), link('b-1', 'a-in'), link('b-2', 'd-in')],
      devices: [device('a'), device('b'), device('d', { measured: 10 })],
    });
    expect(graph.circles.map((circle) => circle.toSorted())).toEqual([
      ['a-1', 'a-in', 'b-1', 'b-in'],
    ]);
    expect(loadsOf(graph).consumers.get('d')?.supply).toBe('none');
  });
});

describe('a run time', () => {
  it('is a range, and none where nothing is drawn or no battery is there', () => {
    expect(runTimeOf(400, 200)).toEqual({ minutes: 90, least: 72, most: expect.closeTo(108) });
    expect(runTimeOf(400, 0)).toBeNull();
    expect(runTimeOf(null, 100)).toBeNull();
  });
});

/** Trees of PDUs below breakers, devices with one to three supplies plugged in anywhere or nowhere. */
const anyPower = fc
  .record({
    breakers: fc.integer({ min: 1, max: 3 }),
    pdus: fc.array(fc.record({ at: fc.nat(50), outlets: fc.integer({ min: 1, max: 4 }) }), {
      maxLength: 6,
    }),
    devices: fc.array(
      fc.record({
        draw: fc.integer({ min: 0, max: 500 }),
        at: fc.array(fc.nat(60), { minLength: 1, maxLength: 3 }),
      }),
      { maxLength: 12 },
    ),
    failed: fc.nat(60),
  })
  .map(({ breakers, pdus, devices, failed }) => {
    const points: PowerPoint[] = Array.from({ length: breakers }, (_, i) => breaker(`b${i}`));
    const links: { source: string; input: string }[] = [];
    const sources = points.map(({ id }) => id);
    const plug = (at: number, to: string) => {
      const source = sources[at];
      if (source !== undefined) links.push(link(source, to));
    };
    for (const [i, pdu] of pdus.entries()) {
      points.push(input(`p${i}`, `pdu${i}`));
      plug(pdu.at % sources.length, `p${i}`);
      for (let n = 0; n < pdu.outlets; n += 1) {
        points.push(outlet(`p${i}-${n}`, `pdu${i}`));
        sources.push(`p${i}-${n}`);
      }
    }
    for (const [i, one] of devices.entries()) {
      for (const [n, at] of one.at.entries()) {
        points.push(input(`d${i}-${n}`, `d${i}`));
        plug(at, `d${i}-${n}`);
      }
    }
    const all = [
      ...pdus.map((_, i) => device(`pdu${i}`)),
      ...devices.map(({ draw }, i) => device(`d${i}`, { measured: draw })),
    ];
    return { graph: powerGraph({ points, links, devices: all }), failed: sources[failed] };
  });

it('whatever hangs where: what the breakers carry is what the devices draw that are on', () => {
  fc.assert(
    fc.property(anyPower, ({ graph, failed }) => {
      const { points, consumers } = loadsOf(graph, new Set(failed === undefined ? [] : [failed]));
      const carried = [...graph.points.values()]
        .filter(({ role }) => role === 'breaker')
        .reduce((sum, { id }) => sum + (points.get(id)?.load ?? 0), 0);
      const drawn = [...consumers.values()]
        .filter(({ supply }) => supply !== 'none')
        .reduce((sum, { draw }) => sum + (draw ?? 0), 0);
      expect(carried).toBeCloseTo(drawn, 6);
      if (failed !== undefined) expect(points.get(failed)?.load).toBe(0);
    }),
    { numRuns: 500 },
  );
});
