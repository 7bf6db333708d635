import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { elevationOf } from '../../../shared/topology/elevation.ts';
import { type Face, topUnitOf } from '../../../shared/topology/placement.ts';
import { planFor } from './plan.ts';
import { type RackContent, type Spot, sidesOf, stepOf } from './spot.ts';

export type Step =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'top'
  | 'bottom'
  | 'next-rack'
  | 'previous-rack'
  | 'turn';

interface Around {
  readonly device: ElevationDevice;
  /** Racks in the order in which they stand. */
  readonly rackIds: readonly string[];
  readonly contentOf: (rackId: string) => RackContent | undefined;
  readonly halves: boolean;
}

/** Where a step by key leads from there; the same spot where it leads nowhere. */
export function stepFrom(spot: Spot, step: Step, around: Around): Spot {
  const base = spot.kind === 'unit' ? spot : asUnit(spot, around);
  if (base === null) return spot;
  if (base !== spot && step !== 'next-rack' && step !== 'previous-rack') return base;
  const content = around.contentOf(base.rackId);
  const height = content?.rack.heightUnits ?? base.position;
  switch (step) {
    case 'up':
    case 'down': {
      const by = stepOf(around.device, around.halves) * (step === 'up' ? 1 : -1);
      return within(base, base.position + by, { height, device: around.device });
    }
    case 'top':
      return within(base, height + 1, { height, device: around.device });
    case 'bottom':
      return within(base, 1, { height, device: around.device });
    case 'turn':
      return { ...base, face: base.face === 'front' ? 'rear' : 'front' };
    case 'left':
    case 'right':
      return sideways(base, step, around);
    case 'next-rack':
    case 'previous-rack':
      return otherRack(base, step === 'next-rack' ? 1 : -1, around);
  }
}

type UnitSpot = Spot & { readonly kind: 'unit' };

function asUnit(spot: Spot, around: Around): UnitSpot | null {
  const rackId = spot.kind === 'nowhere' ? around.rackIds[0] : spot.rackId;
  return rackId === undefined ? null : firstFree(rackId, around);
}

function within(
  spot: UnitSpot,
  wanted: number,
  { height, device }: { readonly height: number; readonly device: ElevationDevice },
): UnitSpot {
  let position = Math.max(1, wanted);
  while (position > 1 && topUnitOf(position, device) > height) position -= 0.5;
  return { ...spot, position: device.heightUnits === 0 ? Math.floor(position) : position };
}

/** Beside itself where it is narrow, else into the rack beside. */
function sideways(spot: UnitSpot, step: 'left' | 'right', around: Around): UnitSpot {
  const content = around.contentOf(spot.rackId);
  const sides = content ? sidesOf({ ...around.device, side: spot.side }, content.rack) : [];
  // At the rear one looks from the other side.
  const by = (step === 'right') === (spot.face === 'front') ? 1 : -1;
  const at = spot.side === null ? -1 : sides.indexOf(spot.side);
  const side = at === -1 ? undefined : sides[at + by];
  if (side !== undefined) return { ...spot, side };
  return otherRack(spot, step === 'right' ? 1 : -1, around);
}

function otherRack(spot: UnitSpot, by: 1 | -1, around: Around): UnitSpot {
  const rackId = around.rackIds[around.rackIds.indexOf(spot.rackId) + by];
  if (rackId === undefined) return spot;
  const content = around.contentOf(rackId);
  const height = content?.rack.heightUnits ?? spot.position;
  const sides = content ? sidesOf(around.device, content.rack) : [];
  const side = spot.side ?? (by === 1 ? sides[0] : sides.at(-1)) ?? null;
  const moved = { ...spot, rackId, side: sides.length === 0 ? null : side };
  return within(moved, spot.position, { height, device: around.device });
}

/** The highest place of the rack where it may stand; else its lowest unit. */
export function firstFree(rackId: string, around: Around, face: Face = 'front'): UnitSpot {
  const content = around.contentOf(rackId);
  const sides = content ? sidesOf(around.device, content.rack) : [];
  const spot: UnitSpot = { kind: 'unit', rackId, position: 1, face, side: sides[0] ?? null };
  if (content === undefined) return spot;
  const { gaps } = elevationOf(content.rack, content.devices, face);
  for (const gap of gaps) {
    for (let unit = Math.floor(gap.bottom + gap.height); unit > gap.bottom; unit -= 1) {
      for (const side of sides.length === 0 ? [null] : sides) {
        const tried = { ...spot, position: unit, side };
        const { contentOf, device } = around;
        if (planFor({ devices: [device], spot: tried, contentOf, swap: false }).allowed)
          return tried;
      }
    }
  }
  return spot;
}
