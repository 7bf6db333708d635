import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clash,
  depthDoubt,
  extentOf,
  facesOf,
  type RackFrame,
  refusal,
  type Standing,
  spanOf,
} from './placement.ts';
import { refusalText, unitsText } from './placement-words.ts';

const frame: RackFrame = { name: 'Rack A', heightUnits: 12, width: '19', depth: 600 };
const gear = (name: string, position: number | null, extra: Partial<Standing> = {}): Standing => ({
  id: name,
  name,
  position,
  heightUnits: 1,
  face: null,
  side: null,
  width: null,
  fullDepth: null,
  depth: null,
  onParent: false,
  ...extra,
});
function why(device: Standing, others: readonly Standing[], rack = frame): string | null {
  const refused = refusal(rack, device, others);
  return refused && refusalText(refused, device, { rack });
}

describe('where a device may stand', () => {
  it('refuses what is taken and names what takes it', () => {
    expect(why(gear('nas', 4), [gear('ups', 3, { heightUnits: 2 })])).toBe(
      'nas cannot stand there: ups takes units 3 to 4 of Rack A.',
    );
    expect(why(gear('nas', 5), [gear('ups', 3, { heightUnits: 2 })])).toBeNull();
  });

  it('goes in half units', () => {
    const low = gear('low', 3, { heightUnits: 0.5 });
    expect(why(gear('high', 3.5, { heightUnits: 0.5 }), [low])).toBeNull();
    expect(why(gear('tall', 2.5), [low])).toContain('low takes unit 3 of');
    expect(why(gear('top', 12.5, { heightUnits: 0.5 }), [])).toBeNull();
    expect(why(gear('over', 12.5), [])).toBe('over would reach unit 13, but Rack A has only 12.');
  });

  it('lets narrow gear stand side by side where its side is said', () => {
    const half = { width: 'half' } as const;
    const left = gear('left', 3, { ...half, side: 'left' });
    expect(why(gear('right', 3, { ...half, side: 'right' }), [left])).toBeNull();
    expect(why(gear('middle', 3, { ...half, side: 'middle' }), [left])).toContain('left takes');
    expect(why(gear('wide', 3), [left])).toContain('left takes unit 3');
    const third = { width: 'third' } as const;
    const two = [
      gear('a', 3, { ...third, side: 'left' }),
      gear('b', 3, { ...third, side: 'middle' }),
    ];
    expect(why(gear('c', 3, { ...third, side: 'right' }), two)).toBeNull();
    expect(why(left, [gear('x', 3, half)])).toMatch(/nobody said on which side\.$/);
  });

  it('refuses 19-inch gear in a 10-inch rack, where half-width gear takes all of the width', () => {
    const ten = { ...frame, width: '10' };
    expect(why(gear('server', 1, { width: 'full' }), [], ten)).toBe(
      'server is made for a 19-inch rack and too wide for Rack A, which has 10 inches.',
    );
    const half = (name: string, side: 'left' | 'right') => gear(name, 1, { width: 'half', side });
    expect(why(half('b', 'right'), [half('a', 'left')], ten)).toContain('a takes unit 1');
    // Nobody said how wide it is.
    expect(why(gear('unknown', 1), [], ten)).toBeNull();
  });

  it('keeps the rear free of full depth gear only where it is full depth', () => {
    const rear = gear('rear', 3, { face: 'rear', fullDepth: false });
    const flat = gear('flat', 3, { face: 'front', fullDepth: false });
    const deep = gear('deep', 3, { face: 'front', fullDepth: true });
    expect(why(rear, [flat])).toBeNull();
    expect(why(rear, [deep])).toMatch(/deep takes unit 3 of Rack A, front to rear\.$/);
    expect(why(deep, [rear])).toMatch(/at the rear\.$/);
    // Of unknown depth and on no said face: it may go through.
    expect(why(rear, [gear('unknown', 3)])).toContain('unknown takes');
  });

  it('lets any number of boards share a unit, and what stands on something take none', () => {
    const board = { heightUnits: 0 };
    expect(why(gear('pi-2', 3, board), [gear('pi-1', 3, board), gear('nas', 3)])).toBeNull();
    expect(why(gear('card', 3, { onParent: true }), [gear('chassis', 3)])).toBeNull();
    expect(why(gear('pdu', null, board), [])).toBeNull();
  });

  it('doubts gear that is deeper than the rack, alone or with what stands behind it', () => {
    const front = gear('front', 3, { face: 'front', fullDepth: false, depth: 400 });
    const behind = gear('behind', 3, { face: 'rear', fullDepth: false, depth: 250 });
    expect(depthDoubt(frame, { ...front, depth: 700 }, [])).toEqual({ by: null });
    expect(depthDoubt(frame, front, [behind])).toMatchObject({ by: { name: 'behind' } });
    expect(depthDoubt(frame, front, [{ ...behind, depth: 200 }])).toBeNull();
    expect(depthDoubt({ ...frame, depth: null }, { ...front, depth: 700 }, [])).toBeNull();
  });

  it('says units as a person would', () => {
    expect([unitsText(3, 1), unitsText(3, 2), unitsText(3.5, 0.5), unitsText(3, 0)]).toEqual([
      'unit 3',
      'units 3 to 4',
      'the upper half of unit 3',
      'unit 3',
    ]);
  });

  const anyGear = (id: string) =>
    fc.record({
      id: fc.constant(id),
      name: fc.constant(id),
      position: fc.option(fc.integer({ min: 2, max: 30 }).map((half) => half / 2)),
      heightUnits: fc.integer({ min: 0, max: 8 }).map((half) => half / 2),
      face: fc.constantFrom('front', 'rear', null),
      side: fc.constantFrom('left', 'middle', 'right', null),
      width: fc.constantFrom('full', 'half', 'third', null),
      fullDepth: fc.constantFrom(true, false, null),
      depth: fc.constant(null),
      onParent: fc.boolean(),
    });
  const anyFrame = fc.record({
    name: fc.constant('A'),
    heightUnits: fc.integer({ min: 1, max: 16 }),
    width: fc.constantFrom('10', '19', '21', null),
    depth: fc.constant(null),
  });

  it('treats both alike: neither may stand where the other is, or each may', () => {
    fc.assert(
      fc.property(anyFrame, anyGear('a'), anyGear('b'), (rack, a, b) => {
        expect(clash(a, b, rack)).toBe(clash(b, a, rack));
      }),
      { numRuns: 2_000 },
    );
  });

  it('lets two stand only where no point in the rack is taken by both', () => {
    fc.assert(
      fc.property(anyFrame, anyGear('a'), anyGear('b'), (rack, a, b) => {
        fc.pre(a.heightUnits > 0 && b.heightUnits > 0 && !a.onParent && !b.onParent);
        fc.pre(a.position !== null && b.position !== null);
        if (refusal(rack, a, [b]) !== null || refusal(rack, b, [a]) !== null) return;
        expect(points(a, b, rack).filter((point) => points(b, a, rack).includes(point))).toEqual(
          [],
        );
      }),
      { numRuns: 2_000 },
    );
  });

  /** Half units by faces by twelfths of the width: a picture of what it takes. */
  function points(device: Standing, beside: Standing, rack: RackFrame): string[] {
    const apart = device.side !== null && beside.side !== null && device.side !== beside.side;
    const { left, width } = spanOf(device, rack, apart);
    const found: string[] = [];
    for (let at = device.position ?? 0; at < (device.position ?? 0) + extentOf(device); at += 0.5) {
      for (const face of facesOf(device)) {
        for (let x = left; x < left + width - 1e-9; x += 0.25) found.push(`${at} ${face} ${x}`);
      }
    }
    return found;
  }
});
