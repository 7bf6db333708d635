import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CableEnd, CableGraph, Socket } from './cable-graph.ts';
import { connectedTo, mostHops, mostSteps, type Trace, trace } from './trace.ts';

type Plug = readonly [side: 'a' | 'b', socketId: string | null];
const links = { rear: null, lagId: null, parentId: null };
const link = (id: string, fields: Partial<Socket> = {}): Socket => ({
  id,
  role: 'interface',
  ...links,
  ...fields,
});
const rear = (id: string): Socket => ({ id, role: 'rear', ...links });
const front = (id: string, rearId: string, position: number | null = null): Socket => ({
  ...links,
  id,
  role: 'front',
  rear: { id: rearId, position },
});

/** Cables by name, each with its plugs; lanes count up on each side. */
function graphOf(sockets: readonly Socket[], cables: Record<string, readonly Plug[]>): CableGraph {
  const known = new Map(sockets.map((socket) => [socket.id, socket]));
  const ends = Object.entries(cables).flatMap(([cableId, plugs]) =>
    plugs.map(([side, socketId], index): CableEnd => {
      const lane = plugs.slice(0, index + 1).filter((plug) => plug[0] === side).length;
      return { id: `${cableId}${side}${lane}`, cableId, side, lane, socketId };
    }),
  );
  return {
    socket: (id) => known.get(id),
    endsAt: (id) => ends.filter(({ socketId }) => socketId === id),
    endsOf: (id) => ends.filter(({ cableId }) => cableId === id),
    frontsOf: (id) => sockets.filter((socket) => socket.rear?.id === id),
    membersOf: (id) => sockets.filter(({ lagId }) => lagId === id),
  };
}

function traced(graph: CableGraph, start: string): Trace {
  const found = trace(graph, start);
  if (found === undefined) throw new Error(`There is no socket ${start}`);
  return found;
}
/** `pi >c1> f1 | r1 >trunk> …: connected` of each branch. */
const words = ({ steps, branches }: Trace) =>
  branches.map((path) => {
    const parts = path.map((index) => {
      const { way, socketId, cable } = steps[index] ?? {};
      const at = socketId ?? '?';
      if (way === 'cable') return ` >${cable?.id}> ${at}`;
      return way === 'panel' ? ` | ${at}` : way === 'start' ? at : ` (${way}) ${at}`;
    });
    return `${parts.join('')}: ${steps[path.at(-1) ?? 0]?.ending}`;
  });
const from = (graph: CableGraph, start: string) => words(traced(graph, start));

const trunk = [rear('r1'), front('f1', 'r1', 1), front('f2', 'r1', 2)];
const farTrunk = [rear('s1'), front('g1', 's1', 1), front('g2', 's1', 2)];
const panels = graphOf([...trunk, ...farTrunk, link('pi'), link('nas'), link('sw1'), link('sw2')], {
  pi: [
    ['a', 'pi'],
    ['b', 'f1'],
  ],
  nas: [
    ['a', 'nas'],
    ['b', 'f2'],
  ],
  trunk: [
    ['a', 'r1'],
    ['b', 's1'],
  ],
  up1: [
    ['a', 'g1'],
    ['b', 'sw1'],
  ],
  up2: [
    ['a', 'g2'],
    ['b', 'sw2'],
  ],
});

describe('a trace', () => {
  it('follows a cable from either end', () => {
    const graph = graphOf([link('pi'), link('sw')], {
      c: [
        ['a', 'pi'],
        ['b', 'sw'],
      ],
    });
    expect(from(graph, 'pi')).toEqual(['pi >c> sw: connected']);
    expect(from(graph, 'sw')).toEqual(['sw >c> pi: connected']);
  });

  it('comes out of the other panel at the position at which it went in', () => {
    expect(from(panels, 'nas')).toEqual(['nas >nas> f2 | r1 >trunk> s1 | g2 >up2> sw2: connected']);
    expect(connectedTo(traced(panels, 'sw1'))).toEqual(['pi']);
  });

  it('goes both ways from a port of a panel, and along every position from its rear', () => {
    expect(from(panels, 'f1')).toEqual([
      'f1 >pi> pi: connected',
      'f1 | r1 >trunk> s1 | g1 >up1> sw1: connected',
    ]);
    expect(connectedTo(traced(panels, 'r1')).toSorted()).toEqual(['nas', 'pi', 'sw1', 'sw2']);
  });

  it('spreads over the ends of a breakout, and leads back from each to the one', () => {
    const lanes = ['s1', 's2', 's3', 's4'];
    const graph = graphOf([link('q'), ...lanes.map((id) => link(id))], {
      b: [['a', 'q'], ...lanes.map((id) => ['b', id] as const)],
    });
    expect(connectedTo(traced(graph, 'q'))).toEqual(lanes);
    expect(from(graph, 's3')).toEqual(['s3 >b> q: connected']);
  });

  it('keeps to its lane where a cable has several ends on both sides, or between two breakouts', () => {
    const four = [link('a1'), link('a2'), link('b1'), link('b2')];
    const both = graphOf(four, {
      c: [
        ['a', 'a1'],
        ['a', 'a2'],
        ['b', 'b1'],
        ['b', 'b2'],
      ],
    });
    expect(from(both, 'a2')).toEqual(['a2 >c> b2: connected']);
    const between = graphOf([...four, rear('r'), front('f', 'r')], {
      c: [
        ['a', 'a1'],
        ['a', 'a2'],
        ['b', 'r'],
      ],
      d: [
        ['a', 'f'],
        ['b', 'b1'],
        ['b', 'b2'],
      ],
    });
    expect(from(between, 'b1')).toEqual(['b1 >d> f | r >c> a1: connected']);
  });

  it('of a LAG follows each member, and of what sits upon another that one', () => {
    const bond = link('bond');
    const graph = graphOf(
      [
        bond,
        link('e1', { lagId: 'bond' }),
        link('e2', { lagId: 'bond' }),
        link('v', { parentId: 'bond' }),
        link('sw'),
      ],
      {
        c: [
          ['a', 'e1'],
          ['b', 'sw'],
        ],
      },
    );
    expect(from(graph, 'bond')).toEqual([
      'bond (member) e1 >c> sw: connected',
      'bond (member) e2: no-cable',
    ]);
    expect(from(graph, 'v')[0]).toBe('v (upon) bond (member) e1 >c> sw: connected');
  });

  it.each([
    ['no cable', graphOf([link('pi')], {}), 'pi: no-cable'],
    [
      'a free end',
      graphOf([link('pi')], {
        c: [
          ['a', 'pi'],
          ['b', null],
        ],
      }),
      'pi >c> ?: open-end',
    ],
    ['a side without any end', graphOf([link('pi')], { c: [['a', 'pi']] }), 'pi >c> ?: open-end'],
    [
      'a panel port with nothing behind it',
      graphOf([link('pi'), front('f', 'gone')], {
        c: [
          ['a', 'pi'],
          ['b', 'f'],
        ],
      }),
      'pi >c> f: no-rear',
    ],
    [
      'a rear port without that position',
      graphOf([link('pi'), rear('r0'), front('f1', 'r0', 7), front('f2', 'r0', 8), ...farTrunk], {
        c: [
          ['a', 'pi'],
          ['b', 'f1'],
        ],
        t: [
          ['a', 'r0'],
          ['b', 's1'],
        ],
      }),
      'pi >c> f1 | r0 >t> s1: no-front',
    ],
  ])('tells %s', (_what, graph, expected) => {
    expect(from(graph, 'pi')).toEqual([expected]);
  });

  it('ends where cables lead in a circle, also one that gathers positions', () => {
    const plain = graphOf([rear('r'), front('f', 'r')], {
      c: [
        ['a', 'r'],
        ['b', 'f'],
      ],
    });
    expect(traced(plain, 'r').steps.some(({ ending }) => ending === 'circle')).toBe(true);
    const gathering = graphOf(trunk, {
      c: [
        ['a', 'r1'],
        ['b', 'f1'],
      ],
    });
    const found = traced(gathering, 'f2');
    expect(found.steps.some(({ ending }) => ending === 'circle')).toBe(true);
    expect(found.steps.length).toBeLessThan(mostHops);
  });

  it('passes the same trunk twice at two positions', () => {
    const graph = graphOf([...trunk, ...farTrunk, link('pi'), link('sw')], {
      in: [
        ['a', 'pi'],
        ['b', 'f1'],
      ],
      t: [
        ['a', 'r1'],
        ['b', 's1'],
      ],
      patch: [
        ['a', 'g1'],
        ['b', 'g2'],
      ],
      out: [
        ['a', 'f2'],
        ['b', 'sw'],
      ],
    });
    expect(connectedTo(traced(graph, 'pi'))).toEqual(['sw']);
  });

  it('knows no trace of what does not exist', () => {
    expect(trace(panels, 'gone')).toBeUndefined();
  });
});

/** Any cabling at all: each socket is used once at the most, sides and positions as they fall. */
const anyGraph = fc
  .record({
    interfaces: fc.integer({ min: 2, max: 8 }),
    rears: fc.integer({ min: 0, max: 4 }),
    fronts: fc.array(
      fc.record({ rear: fc.nat(3), position: fc.option(fc.integer({ min: 1, max: 3 })) }),
      { maxLength: 8 },
    ),
    order: fc.array(fc.nat(1000), { minLength: 20, maxLength: 20 }),
    cables: fc.array(
      fc.array(fc.constantFrom('a' as const, 'b' as const), { minLength: 1, maxLength: 5 }),
      { maxLength: 10 },
    ),
  })
  .map(({ interfaces, rears, fronts, order, cables }) => {
    const sockets = [
      ...Array.from({ length: interfaces }, (_, i) => link(`i${i}`)),
      ...Array.from({ length: rears }, (_, i) => rear(`r${i}`)),
      ...fronts.map((one, i) => front(`f${i}`, `r${one.rear}`, one.position)),
    ];
    const free = sockets
      .map(({ id }, i) => ({ id, key: order[i] ?? 0 }))
      .toSorted((x, y) => x.key - y.key);
    const plugged = cables.map((sides) =>
      sides.map((side): Plug => [side, free.pop()?.id ?? null]),
    );
    return {
      ids: sockets.map(({ id }) => id),
      graph: graphOf(sockets, Object.fromEntries(plugged.map((plugs, i) => [`c${i}`, plugs]))),
    };
  });

describe('whatever the cabling', () => {
  it('a trace ends, within its bounds, and each branch says why', () => {
    fc.assert(
      fc.property(anyGraph, ({ ids, graph }) => {
        for (const id of ids) {
          const { steps, branches, cut } = traced(graph, id);
          expect(steps.length).toBeLessThanOrEqual(mostSteps);
          expect(cut || branches.length > 0).toBe(true);
          for (const [index, { from: before }] of steps.entries()) {
            expect(before ?? -1).toBeLessThan(index);
          }
          const leaves = steps.filter((_, index) => !steps.some((step) => step.from === index));
          expect(cut || leaves.every(({ ending }) => ending !== null)).toBe(true);
          for (const path of branches) expect(path[0]).toBe(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('what one interface is connected to is connected to it', () => {
    fc.assert(
      fc.property(anyGraph, ({ ids, graph }) => {
        const ends = ids.filter((id) => id.startsWith('i'));
        const reached = new Map(ends.map((id) => [id, connectedTo(traced(graph, id))]));
        for (const [id, others] of reached) {
          for (const other of others) expect(reached.get(other)).toContain(id);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
