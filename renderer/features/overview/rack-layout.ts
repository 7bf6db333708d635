/** What of a device the drawing of a rack needs. */
export interface Mountable {
  readonly id: string;
  readonly name: string;
  readonly position: number | null;
  readonly heightUnits: number;
}

/** Where a device is drawn. Rows count from 0 at the top; lanes share a unit side by side. */
export interface Slot<T> {
  readonly device: T;
  readonly row: number;
  readonly rows: number;
  readonly lane: number;
  readonly lanes: number;
}

export interface RackLayout<T> {
  readonly slots: readonly Slot<T>[];
  /** In this rack without a unit, or outside its height. */
  readonly loose: readonly T[];
  readonly freeUnits: number;
}

/** Boards of height 0 lie several to a unit; each still takes part of that one. */
const unitsOf = (device: Mountable) => Math.max(1, device.heightUnits);

function overlaps(a: Mountable, b: Mountable): boolean {
  const [lowA, lowB] = [a.position ?? 0, b.position ?? 0];
  return lowA < lowB + unitsOf(b) && lowB < lowA + unitsOf(a);
}

/** Devices that share units, directly or through another: several boards in one unit do. */
function clusters<T extends Mountable>(devices: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const device of devices) {
    const touching = groups.filter((group) => group.some((other) => overlaps(device, other)));
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push([...touching.flat(), device]);
  }
  return groups;
}

function fits(device: Mountable, heightUnits: number): boolean {
  const { position } = device;
  return position !== null && position >= 1 && position + unitsOf(device) - 1 <= heightUnits;
}

export function layoutRack<T extends Mountable>(
  devices: readonly T[],
  heightUnits: number,
): RackLayout<T> {
  const byPlace = (a: T, b: T) =>
    (a.position ?? 0) - (b.position ?? 0) || a.name.localeCompare(b.name, 'en', { numeric: true });
  const mounted = devices.filter((device) => fits(device, heightUnits)).sort(byPlace);
  const taken = new Set<number>();
  for (const device of mounted) {
    for (let unit = 0; unit < unitsOf(device); unit += 1) taken.add((device.position ?? 0) + unit);
  }
  const slots = clusters(mounted).flatMap((group) =>
    group.sort(byPlace).map((device, lane) => ({
      device,
      row: heightUnits - (device.position ?? 0) - unitsOf(device) + 1,
      rows: unitsOf(device),
      lane,
      lanes: group.length,
    })),
  );
  const loose = devices.filter((device) => !fits(device, heightUnits)).sort(byPlace);
  // As they are drawn: the keyboard goes from the top to the bottom.
  slots.sort((a, b) => a.row - b.row || a.lane - b.lane);
  return { slots, loose, freeUnits: heightUnits - taken.size };
}
