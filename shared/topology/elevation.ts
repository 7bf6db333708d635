import {
  extentOf,
  type Face,
  facesOf,
  isNarrow,
  type RackFrame,
  type Refusal,
  refusal,
  roomOf,
  type Span,
  type Standing,
  shareUnits,
  spanOf,
} from './placement.ts';

/** What of a device a drawing needs; `parentId`: what it stands in or on. */
export interface Mountable extends Omit<Standing, 'onParent'> {
  readonly parentId: string | null;
  readonly bay: string | null;
}

/** Where a device is drawn. `bottom` and `height` in units, `left` and `width` in parts of the rack's. */
export interface Drawn<T> {
  readonly device: T;
  readonly bottom: number;
  readonly height: number;
  readonly left: number;
  readonly width: number;
  /** One sees its back. */
  readonly behind: boolean;
  /** Why it should not stand there; null: it may. */
  readonly fault: Refusal | null;
  /** What stands in or on it, in the order of their places. */
  readonly carries: readonly T[];
}

/** A free rectangle of the face. */
export interface Gap {
  readonly bottom: number;
  readonly height: number;
  readonly left: number;
  readonly width: number;
}

export interface Elevation<T> {
  /** From the top to the bottom, in a unit from the left to the right. */
  readonly drawn: readonly Drawn<T>[];
  readonly gaps: readonly Gap[];
  /** Strips and the like that hang beside the rack and take no unit. */
  readonly beside: readonly T[];
  /** In this rack, and nobody said at which unit. */
  readonly loose: readonly T[];
  /** At a unit that the rack does not have. */
  readonly outside: readonly { readonly device: T; readonly fault: Refusal }[];
  /** Units of which nothing is taken, front or rear. */
  readonly freeUnits: number;
}

export const byName = (a: { readonly name: string }, b: { readonly name: string }) =>
  a.name.localeCompare(b.name, 'en', { numeric: true });

const byBay = (a: Mountable, b: Mountable) =>
  (a.bay ?? '\uffff').localeCompare(b.bay ?? '\uffff', 'en', { numeric: true }) || byName(a, b);

/** Those that stand in or on another of these, by the id of that one. */
export function carriedBy<T extends Mountable>(devices: readonly T[]): ReadonlyMap<string, T[]> {
  const ids = new Map(devices.map((device) => [device.id, device]));
  const carried = new Map<string, T[]>();
  for (const device of [...devices].sort(byBay)) {
    const parent = device.parentId === null ? undefined : ids.get(device.parentId);
    if (parent === undefined || leadsBack(device, ids)) continue;
    carried.set(parent.id, [...(carried.get(parent.id) ?? []), device]);
  }
  return carried;
}

/** A circle of parents, which older data may hold, must not hide all of them. */
function leadsBack(device: Mountable, ids: ReadonlyMap<string, Mountable>): boolean {
  const seen = new Set<string>();
  for (
    let at: Mountable | undefined = device;
    at?.parentId != null;
    at = ids.get(at.parentId) // undefined ends it
  ) {
    if (seen.has(at.id)) return true;
    seen.add(at.id);
  }
  return false;
}

/** Each with whether another of these carries it. */
export function standingOf<T extends Mountable>(devices: readonly T[]): (T & Standing)[] {
  const carried = new Set([...carriedBy(devices).values()].flat().map(({ id }) => id));
  return devices.map((device) => ({ ...device, onParent: carried.has(device.id) }));
}

/** How one face of a rack looks: everything that is in it is somewhere in the answer. */
export function elevationOf<T extends Mountable>(
  rack: RackFrame,
  devices: readonly T[],
  face: Face = 'front',
): Elevation<T> {
  const carried = carriedBy(devices);
  const standing = standingOf(devices).filter(({ onParent }) => !onParent);
  const placed = standing.filter(({ position }) => position !== null);
  const faults = new Map(placed.map((device) => [device.id, refusal(rack, device, placed)]));
  const outside = placed.flatMap((device) => {
    const fault = faults.get(device.id);
    return fault?.kind === 'outside' ? [{ device, fault }] : [];
  });
  const inside = placed.filter(({ id }) => faults.get(id)?.kind !== 'outside');
  const visible = inside.filter((device) => facesOf(device).includes(face));
  const drawn = groupsOf(visible, rack).flatMap((group) =>
    sideBySide(group, rack).map(({ device, left, width }) => ({
      device,
      bottom: (device.position ?? 1) - 1,
      height: extentOf(device),
      left: face === 'front' ? left : 1 - left - width,
      width,
      behind: isBehind(device, face),
      fault: faults.get(device.id) ?? null,
      carries: flattened(device.id, carried),
    })),
  );
  drawn.sort((a, b) => b.bottom + b.height - a.bottom - a.height || a.left - b.left);
  const unplaced = standing.filter(({ position }) => position === null).sort(byName);
  return {
    drawn,
    gaps: gapsOf(drawn, rack.heightUnits),
    beside: unplaced.filter(({ heightUnits }) => heightUnits === 0),
    loose: unplaced.filter(({ heightUnits }) => heightUnits > 0),
    outside,
    freeUnits: freeUnitsOf(inside, rack.heightUnits),
  };
}

const isBehind = (device: Standing, face: Face) => (device.face ?? 'front') !== face;

/** With what stands on those in turn. */
function flattened<T extends Mountable>(id: string, carried: ReadonlyMap<string, T[]>): T[] {
  return (carried.get(id) ?? []).flatMap((device) => [device, ...flattened(device.id, carried)]);
}

interface Across<T> extends Span {
  readonly device: T;
}

/** Devices that would lie over each other, directly or through another, with the width of all. */
interface Group<T> extends Span {
  readonly members: readonly Across<T>[];
}

const overlap = (a: Span, b: Span) => a.left < b.left + b.width && b.left < a.left + a.width;

function groupsOf<T extends Standing>(devices: readonly T[], rack: RackFrame): Group<T>[] {
  let groups: Group<T>[] = [];
  for (const device of devices) {
    const span = drawnSpan(device, rack, devices);
    let merged: Group<T> = { ...span, members: [{ ...span, device }] };
    for (;;) {
      const touching = groups.filter((group) => touch(group, merged));
      if (touching.length === 0) break;
      groups = groups.filter((group) => !touching.includes(group));
      merged = united([...touching, merged]);
    }
    groups.push(merged);
  }
  return groups;
}

function touch<T extends Standing>(a: Group<T>, b: Group<T>): boolean {
  if (!overlap(a, b)) return false;
  return a.members.some((one) => b.members.some((two) => shareUnits(one.device, two.device)));
}

function united<T>(groups: readonly Group<T>[]): Group<T> {
  const left = Math.min(...groups.map((group) => group.left));
  const right = Math.max(...groups.map((group) => group.left + group.width));
  return { left, width: right - left, members: groups.flatMap(({ members }) => members) };
}

/** Alone as wide as it is; those that would lie over each other share the width in lanes. */
function sideBySide<T extends Standing>(group: Group<T>, rack: RackFrame): Across<T>[] {
  const room = roomOf(rack);
  const sorted = [...group.members].sort(
    (a, b) =>
      (a.device.position ?? 0) - (b.device.position ?? 0) ||
      a.left - b.left ||
      byName(a.device, b.device),
  );
  const lanes: T[][] = [];
  for (const { device } of sorted) {
    const free = lanes.find((lane) => !lane.some((other) => shareUnits(device, other)));
    if (free === undefined) lanes.push([device]);
    else free.push(device);
  }
  const width = group.width / room / lanes.length;
  return lanes.flatMap((lane, at) =>
    lane.map((device) => ({ device, left: group.left / room + at * width, width })),
  );
}

/** Narrow gear is drawn as narrow as it is, also where nobody said on which side it stands. */
function drawnSpan(device: Standing, rack: RackFrame, visible: readonly Standing[]): Span {
  const side = device.side === null && isNarrow(device, rack) ? 'left' : device.side;
  const span = spanOf({ ...device, side }, rack);
  // Three without a type stand beside each other: then each takes a third, not a half.
  const crowded = visible.some(
    (other) =>
      other.id !== device.id && shareUnits(device, other) && overlap(span, spanOf(other, rack)),
  );
  return crowded ? spanOf({ ...device, side }, rack, true) : span;
}

/** Free rectangles, each as high as the same part of the width is free. */
function gapsOf(drawn: readonly Gap[], heightUnits: number): Gap[] {
  const open = new Map<string, Gap>();
  const closed: Gap[] = [];
  for (let bottom = 0; bottom < heightUnits; bottom += 0.5) {
    const free = new Map(
      freeAcross(
        drawn.filter((each) => each.bottom < bottom + 0.5 && bottom < each.bottom + each.height),
      ).map(({ left, width }) => [`${left.toFixed(4)} ${width.toFixed(4)}`, { left, width }]),
    );
    for (const [key, gap] of open) {
      if (free.has(key)) continue;
      closed.push(gap);
      open.delete(key);
    }
    for (const [key, across] of free) {
      const below = open.get(key);
      open.set(key, {
        ...across,
        bottom: below?.bottom ?? bottom,
        height: (below?.height ?? 0) + 0.5,
      });
    }
  }
  return [...closed, ...open.values()].sort((a, b) => b.bottom - a.bottom || a.left - b.left);
}

/** Narrower than that nothing is made. */
const narrowest = 0.2;

function freeAcross(taken: readonly { readonly left: number; readonly width: number }[]) {
  const free: { left: number; width: number }[] = [];
  let at = 0;
  for (const { left, width } of [...taken].sort((a, b) => a.left - b.left)) {
    if (left - at >= narrowest) free.push({ left: at, width: left - at });
    at = Math.max(at, left + width);
  }
  if (1 - at >= narrowest) free.push({ left: at, width: 1 - at });
  return free;
}

function freeUnitsOf(devices: readonly Standing[], heightUnits: number): number {
  const taken = new Set<number>();
  for (const device of devices) {
    const bottom = device.position ?? 1;
    for (let unit = Math.floor(bottom); unit < bottom + extentOf(device); unit += 1)
      taken.add(unit);
  }
  return heightUnits - taken.size;
}
