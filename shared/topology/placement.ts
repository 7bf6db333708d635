/**
 * Where gear may stand in a rack, and why it may not: the host refuses by these rules, and the window
 * shows by them beforehand what would be refused. Pure. Units count from 1 at the bottom and go in
 * halves. Widths of types are those of a 19-inch rack: half-width gear fills a 10-inch one.
 */

export type Face = 'front' | 'rear';
export type Side = 'left' | 'middle' | 'right';
export type GearWidth = 'full' | 'half' | 'third';

export interface RackFrame {
  readonly name: string;
  readonly heightUnits: number;
  /** Inches between the rails; null: 19. */
  readonly width: string | null;
  /** mm */
  readonly depth: number | null;
}

/** What of a device decides where it may stand. Null: nobody said. */
export interface Gear {
  readonly id: string;
  readonly name: string;
  /** 0: a board on a shelf, or a strip beside the rack; several may share a unit. */
  readonly heightUnits: number;
  /** Of its type. */
  readonly width: GearWidth | null;
  readonly fullDepth: boolean | null;
  /** mm */
  readonly depth: number | null;
}

export interface Place {
  /** Lowest unit that it takes; null: beside the rack, or not put anywhere yet. */
  readonly position: number | null;
  readonly face: Face | null;
  readonly side: Side | null;
}

/** A device in a rack. `onParent`: it stands in or on another device of the rack and takes no unit. */
export interface Standing extends Gear, Place {
  readonly onParent: boolean;
}

export type Refusal =
  | { readonly kind: 'outside'; readonly unit: number }
  | { readonly kind: 'too-wide' }
  | { readonly kind: 'taken'; readonly by: Standing }
  | { readonly kind: 'in-itself' }
  | { readonly kind: 'bay-taken'; readonly by: { readonly id: string; readonly name: string } };

/** Parts of the room between the rails that gear takes, in sixths of that of a 19-inch rack. */
export interface Span {
  readonly left: number;
  readonly width: number;
}

const widest = 6;
const sixths: Readonly<Record<GearWidth, number>> = { full: 6, half: 3, third: 2 };

export const roomOf = (rack: Pick<RackFrame, 'width'>): number =>
  rack.width === '10' ? widest / 2 : widest;

/** Boards of height 0 lie within one unit. */
export const extentOf = ({ heightUnits }: Pick<Gear, 'heightUnits'>): number =>
  heightUnits > 0 ? heightUnits : 1;

/** Whether it leaves room beside it, so that a side has to be said. */
export function isNarrow(gear: Pick<Gear, 'width'>, rack: Pick<RackFrame, 'width'>): boolean {
  return gear.width !== null && sixths[gear.width] < roomOf(rack);
}

/**
 * What it takes of the width. Without a side nobody knows which part that is, so it is the whole.
 * `least`: of gear without a type the least that its side leaves it, a third.
 */
export function spanOf(gear: Standing, rack: RackFrame, least = false): Span {
  const room = roomOf(rack);
  if (gear.side === null) return { left: 0, width: room };
  const untyped = room / (least || gear.side === 'middle' ? 3 : 2);
  const width = gear.width === null ? untyped : Math.min(room, sixths[gear.width]);
  if (gear.side === 'left') return { left: 0, width };
  return { left: gear.side === 'right' ? room - width : (room - width) / 2, width };
}

/** Which faces it takes: gear of unknown depth on no said face takes both. */
export function facesOf({ face, fullDepth }: Pick<Standing, 'face' | 'fullDepth'>): Face[] {
  if (fullDepth === true || (face === null && fullDepth === null)) return ['front', 'rear'];
  return [face ?? 'front'];
}

export function shareUnits(
  a: Pick<Standing, 'position' | 'heightUnits'>,
  b: Pick<Standing, 'position' | 'heightUnits'>,
): boolean {
  if (a.position === null || b.position === null) return false;
  return a.position < b.position + extentOf(b) && b.position < a.position + extentOf(a);
}

export function shareWidth(a: Standing, b: Standing, rack: RackFrame): boolean {
  // Two that are said to stand on different sides do, as long as their types leave them the room.
  const apart = a.side !== null && b.side !== null && a.side !== b.side;
  const [one, two] = [spanOf(a, rack, apart), spanOf(b, rack, apart)];
  return one.left < two.left + two.width && two.left < one.left + one.width;
}

const shareFace = (a: Standing, b: Standing) => {
  const faces = facesOf(b);
  return facesOf(a).some((face) => faces.includes(face));
};

/** Gear that takes units of its own. */
const takesUnits = ({ onParent, position, heightUnits }: Standing) =>
  !onParent && position !== null && heightUnits > 0;

export function clash(a: Standing, b: Standing, rack: RackFrame): boolean {
  if (a.id === b.id || !takesUnits(a) || !takesUnits(b)) return false;
  return shareUnits(a, b) && shareFace(a, b) && shareWidth(a, b, rack);
}

/** The highest unit of which it takes a part. */
export const topUnitOf = (position: number, gear: Pick<Gear, 'heightUnits'>): number =>
  Math.ceil(position + extentOf(gear)) - 1;

/** Why it cannot stand there beside the others; null: it can. */
export function refusal(
  rack: RackFrame,
  device: Standing,
  others: readonly Standing[],
): Refusal | null {
  const { position, onParent, heightUnits, width } = device;
  if (onParent || position === null) return null;
  if (position < 1) return { kind: 'outside', unit: Math.floor(position) };
  const unit = topUnitOf(position, device);
  if (unit > rack.heightUnits) return { kind: 'outside', unit };
  const tooWide = heightUnits > 0 && width !== null && sixths[width] > roomOf(rack);
  if (tooWide) return { kind: 'too-wide' };
  const by = others.find((other) => clash(device, other, rack));
  return by === undefined ? null : { kind: 'taken', by };
}

/** Deeper than the rack, alone or together with what stands behind it: it may be, and is worth telling. */
export function depthDoubt(
  rack: RackFrame,
  device: Standing,
  others: readonly Standing[],
): { readonly by: Standing | null } | null {
  if (rack.depth === null || device.depth === null) return null;
  if (device.depth > rack.depth) return { by: null };
  const room = rack.depth - device.depth;
  const by = others.find(
    (other) =>
      other.id !== device.id &&
      takesUnits(other) &&
      shareUnits(device, other) &&
      shareWidth(device, other, rack) &&
      !shareFace(device, other) &&
      (other.depth ?? 0) > room,
  );
  return by === undefined ? null : { by };
}
