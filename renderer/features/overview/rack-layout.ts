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
  /** In this rack without a unit, beside the units, or outside its height. */
  readonly loose: readonly T[];
  readonly freeUnits: number;
}

function overlaps(a: Mountable, b: Mountable): boolean {
  const [lowA, lowB] = [a.position ?? 0, b.position ?? 0];
  return lowA < lowB + b.heightUnits && lowB < lowA + a.heightUnits;
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
  const { position, heightUnits: height } = device;
  return position !== null && height > 0 && position >= 1 && position + height - 1 <= heightUnits;
}

export function layoutRack<T extends Mountable>(
  devices: readonly T[],
  heightUnits: number,
): RackLayout<T> {
  const byPlace = (a: T, b: T) =>
    (a.position ?? 0) - (b.position ?? 0) || a.name.localeCompare(b.name, 'en', { numeric: true });
  const mounted = devices.filter((device) => fits(device, heightUnits)).sort(byPlace);
  const taken = new Set<number>();
  for (const { position, heightUnits: height } of mounted) {
    for (let unit = 0; unit < height; unit += 1) taken.add((position ?? 0) + unit);
  }
  const slots = clusters(mounted).flatMap((group) =>
    group.sort(byPlace).map((device, lane) => ({
      device,
      row: heightUnits - (device.position ?? 0) - device.heightUnits + 1,
      rows: device.heightUnits,
      lane,
      lanes: group.length,
    })),
  );
  const loose = devices.filter((device) => !fits(device, heightUnits)).sort(byPlace);
  return { slots, loose, freeUnits: heightUnits - taken.size };
}
