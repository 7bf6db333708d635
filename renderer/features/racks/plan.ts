import type { ElevationDevice, MountedPlace } from '../../../shared/model/racks.ts';
import { carriedBy, standingOf } from '../../../shared/topology/elevation.ts';
import { depthDoubt, extentOf, type Refusal, refusal } from '../../../shared/topology/placement.ts';
import { refusalText } from '../../../shared/topology/placement-words.ts';
import { isolated } from '../../ui/isolate.ts';
import { outOfRacks, placeOf, type RackContent, type Spot } from './spot.ts';
import { doubtText, spotText } from './spot-words.ts';

export interface PlannedMove {
  readonly device: ElevationDevice;
  readonly to: MountedPlace;
}

/** What putting it there would do, known before it is done. */
export interface Plan {
  readonly moves: readonly PlannedMove[];
  readonly allowed: boolean;
  /** Where, or why not: a sentence. */
  readonly text: string;
  /** Allowed, and worth telling all the same. */
  readonly doubt: string | null;
  /** Who stands there and could change places with it. */
  readonly swapWith: ElevationDevice | null;
}

interface Wanted {
  /** The first is the one that was taken hold of. */
  readonly devices: readonly ElevationDevice[];
  readonly spot: Spot;
  readonly contentOf: (rackId: string) => RackContent | undefined;
  /** Whoever stands there goes to where this one came from. */
  readonly swap: boolean;
}

export function planFor(wanted: Wanted): Plan {
  const { devices, spot, contentOf, swap } = wanted;
  const moves = devices.map((device, at) => ({ device, to: targetOf(wanted, at) }));
  if (spot.kind === 'nowhere') return allowed(moves, spotText(spot, devices, undefined));
  const content = contentOf(spot.rackId);
  const [lead] = devices;
  if (content === undefined || lead === undefined) return notYet(moves);
  if (spot.kind === 'beside') return besidePlan(moves, spot, content);
  if (spot.kind === 'on') return onPlan(moves, spot, content);
  const judged = judge(moves, content);
  if (judged === null) {
    return { ...allowed(moves, spotText(spot, devices, content)), doubt: doubts(moves, content) };
  }
  const swapWith = swapPartner(judged.reason, moves, content);
  if (swap && swapWith !== null) {
    const both = [...moves, { device: swapWith, to: placeOf(lead) }];
    const origin = lead.rackId === null ? undefined : contentOf(lead.rackId);
    const [here, there] = [judge(both, content), origin && judge(both, origin)];
    if (here === null && !there) {
      const text = `Change places with ${isolated(swapWith.name)}.`;
      return { ...allowed(both, text), swapWith };
    }
  }
  const refused = refusalText(judged.reason, judged.device, {
    rack: content.rack,
    nameOf: isolated,
  });
  return { moves, allowed: false, text: refused, doubt: null, swapWith };
}

const allowed = (moves: readonly PlannedMove[], text: string): Plan => ({
  moves,
  allowed: true,
  text,
  doubt: null,
  swapWith: null,
});

const refusedPlan = (moves: readonly PlannedMove[], text: string): Plan => ({
  ...allowed(moves, text),
  allowed: false,
});

const notYet = (moves: readonly PlannedMove[]) =>
  refusedPlan(moves, 'This rack is still being read.');

function besidePlan(moves: readonly PlannedMove[], spot: Spot, content: RackContent): Plan {
  const tall = moves.find(({ device }) => device.heightUnits > 0);
  if (tall === undefined) {
    return allowed(
      moves,
      spotText(
        spot,
        moves.map(({ device }) => device),
        content,
      ),
    );
  }
  const name = isolated(tall.device.name);
  return refusedPlan(moves, `${name} takes units; only what takes none hangs beside a rack.`);
}

function onPlan(
  moves: readonly PlannedMove[],
  spot: Spot & { readonly kind: 'on' },
  content: RackContent,
): Plan {
  const { rack, devices } = content;
  const ids = new Set(moves.map(({ device }) => device.id));
  for (const { device, to } of moves) {
    const by = devices.find(
      ({ id, parentId, bay }) =>
        !ids.has(id) && parentId === to.parentId && bay !== null && bay === to.bay,
    );
    const reason: Refusal | null =
      device.id === to.parentId ? { kind: 'in-itself' } : by ? { kind: 'bay-taken', by } : null;
    if (reason !== null) {
      return refusedPlan(moves, refusalText(reason, device, { rack, nameOf: isolated }));
    }
  }
  return allowed(
    moves,
    spotText(
      spot,
      moves.map(({ device }) => device),
      content,
    ),
  );
}

/** The rack as it would be. */
function after(moves: readonly PlannedMove[], { rack, devices }: RackContent) {
  const moved = new Map(moves.map(({ device, to }) => [device.id, { ...device, ...to }]));
  const there = devices.flatMap((device) => (moved.has(device.id) ? [] : [device]));
  return standingOf([...there, ...moved.values()].filter((device) => isIn(device, rack.id)));
}

const isIn = (device: ElevationDevice, rackId: string) =>
  device.rackId === rackId || (device.rackId === null && device.parentId !== null);

function judge(moves: readonly PlannedMove[], content: RackContent) {
  const standing = after(moves, content);
  for (const { device } of moves) {
    const put = standing.find(({ id }) => id === device.id);
    const reason = put && refusal(content.rack, put, standing);
    if (reason) return { reason, device };
  }
  return null;
}

function doubts(moves: readonly PlannedMove[], content: RackContent): string | null {
  const standing = after(moves, content);
  for (const { device } of moves) {
    const put = standing.find(({ id }) => id === device.id);
    const found = put && depthDoubt(content.rack, put, standing);
    if (found) return doubtText(device, found.by, content.rack);
  }
  return null;
}

/** Of one that comes from a unit, the only one in its way. */
function swapPartner(
  reason: Refusal,
  moves: readonly PlannedMove[],
  { devices }: RackContent,
): ElevationDevice | null {
  const [only] = moves;
  if (reason.kind !== 'taken' || moves.length !== 1 || only === undefined) return null;
  if (only.device.rackId === null || only.device.position === null) return null;
  return devices.find(({ id }) => id === reason.by.id) ?? null;
}

/** Where each goes: those of one rack keep their distance, others stand above one another. */
function targetOf({ devices, spot, contentOf }: Wanted, at: number): MountedPlace {
  const [lead] = devices;
  const device = devices[at];
  if (lead === undefined || device === undefined || spot.kind === 'nowhere') return outOfRacks;
  if (spot.kind === 'beside') return { ...outOfRacks, rackId: spot.rackId, side: device.side };
  if (spot.kind === 'on') {
    return {
      ...outOfRacks,
      rackId: spot.rackId,
      parentId: spot.parentId,
      bay: bayFor(spot, at, contentOf),
    };
  }
  const face = spot.face === 'rear' ? 'rear' : device.face === null ? null : 'front';
  const side = at === 0 ? spot.side : device.side;
  const position = spot.position + offsetOf(devices, at);
  return { ...outOfRacks, rackId: spot.rackId, position, face, side };
}

function offsetOf(devices: readonly ElevationDevice[], at: number): number {
  const [lead] = devices;
  const device = devices[at];
  if (lead === undefined || device === undefined || at === 0) return 0;
  const together =
    device.rackId === lead.rackId && device.parentId === null && lead.parentId === null;
  if (together && device.position !== null && lead.position !== null) {
    return device.position - lead.position;
  }
  // Boards of no height may share their unit.
  return devices.slice(0, at).reduce((sum, before) => {
    const shares = before.heightUnits === 0 && device.heightUnits === 0;
    return sum + (shares ? 0 : Math.ceil(extentOf(before)));
  }, 0);
}

/** The place that was aimed at; of several devices the others go to the next ones that are free. */
function bayFor(
  spot: Spot & { readonly kind: 'on' },
  at: number,
  contentOf: (rackId: string) => RackContent | undefined,
): string | null {
  if (at === 0 || spot.bay === null) return spot.bay;
  const content = contentOf(spot.rackId);
  const taken = new Set(
    content === undefined
      ? []
      : (carriedBy(content.devices).get(spot.parentId) ?? []).map(({ bay }) => bay),
  );
  const named = content?.devices.find(({ id }) => id === spot.parentId)?.bays ?? [];
  const free = (
    named.length > 0 ? named : Array.from({ length: 99 }, (_, n) => String(n + 1))
  ).filter((bay) => !taken.has(bay) && bay !== spot.bay);
  return free[at - 1] ?? null;
}
