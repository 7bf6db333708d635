import type { ElevationDevice, MountedPlace } from '../../../shared/model/racks.ts';
import {
  type Face,
  isNarrow,
  type RackFrame,
  type Side,
} from '../../../shared/topology/placement.ts';

/** A rack with what stands in it, as it was last read. */
export interface RackContent {
  readonly rack: RackFrame & { readonly id: string };
  readonly devices: readonly ElevationDevice[];
}

/** Where something that is carried would be put. */
export type Spot =
  | {
      readonly kind: 'unit';
      readonly rackId: string;
      readonly position: number;
      readonly face: Face;
      /** Of gear that does not take the whole width. */
      readonly side: Side | null;
    }
  | {
      readonly kind: 'on';
      readonly rackId: string;
      readonly parentId: string;
      readonly bay: string | null;
    }
  | { readonly kind: 'beside'; readonly rackId: string }
  | { readonly kind: 'nowhere' };

export const outOfRacks: MountedPlace = {
  rackId: null,
  position: null,
  face: null,
  side: null,
  parentId: null,
  bay: null,
};

export const placeOf = (device: ElevationDevice): MountedPlace => ({
  rackId: device.rackId,
  position: device.position,
  face: device.face,
  side: device.side,
  parentId: device.parentId,
  bay: device.bay,
});

/** Takes others in or on it: its type says so, something stands there already, or it is called a shelf. */
export function isHolder(device: ElevationDevice, carries: number): boolean {
  if (device.holder || carries > 0) return true;
  return device.kind === 'other' && /shelf|tray/i.test(`${device.name} ${device.model ?? ''}`);
}

/** The places of a holder from the left to the right: as its type names them, else counted. */
export function placesOn(
  holder: ElevationDevice,
  children: readonly ElevationDevice[],
): readonly string[] {
  if (holder.bays.length > 0) return holder.bays;
  const numbers = children
    .map(({ bay }) => Number(bay))
    .filter((n) => Number.isInteger(n) && n > 0);
  const count = Math.min(24, Math.max(0, children.length, ...numbers) + 1);
  return Array.from({ length: count }, (_, at) => String(at + 1));
}

/** The sides on which it may stand in that rack, from the left to the right; none: it takes all. */
export function sidesOf(
  device: Pick<ElevationDevice, 'width' | 'side'>,
  rack: Pick<RackFrame, 'width'>,
): readonly Side[] {
  if (device.width === 'third' && isNarrow(device, rack)) return ['left', 'middle', 'right'];
  const untyped = device.width === null && device.side !== null;
  return untyped || isNarrow(device, rack) ? ['left', 'right'] : [];
}

/** `across`: from 0 at the left of the rack, seen from the front, to 1 at its right. */
export function sideAt(
  device: Pick<ElevationDevice, 'width' | 'side'>,
  rack: Pick<RackFrame, 'width'>,
  across: number,
): Side | null {
  const sides = sidesOf(device, rack);
  return sides[Math.min(sides.length - 1, Math.floor(across * sides.length))] ?? null;
}

/** Whole units, unless it is made in halves or a person asks for halves. */
export const stepOf = (device: { readonly heightUnits: number }, halves: boolean): number =>
  halves || !Number.isInteger(device.heightUnits) ? 0.5 : 1;
