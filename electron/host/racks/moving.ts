import { RackhelmError } from '../../../shared/model/errors.ts';
import type { MountedPlace } from '../../../shared/model/racks.ts';
import { unitsText } from '../../../shared/topology/placement-words.ts';
import type { Database, PlacedDevice } from '../db/index.ts';
import { checkPlace, deviceOrThrow } from '../inventory/index.ts';

export interface Move {
  readonly id: string;
  /** Where it was shown; where it is not there any more nothing is moved. */
  readonly from?: MountedPlace | undefined;
  readonly to: MountedPlace;
}

/**
 * Writes all places and then looks at each, so that devices may change places. Throws NOT_FOUND,
 * CHANGED_SINCE, or INVALID_INPUT with the words of why not; nothing is written then.
 */
export function moveDevices(
  db: Database,
  { moves }: { readonly moves: readonly Move[] },
): { changeSetId: string } {
  const devices = moves.map(({ id }) => placedOrThrow(db, id));
  for (const [at, { from }] of moves.entries()) {
    const device = devices[at];
    if (device !== undefined && from !== undefined) checkUnmoved(db, device, from);
  }
  const { changeSetId } = db.change({ title: titleOf(db, devices, moves), source: 'app' }, () => {
    for (const { id, to } of moves) putInPlace(db, id, to);
    for (const { id } of moves) checkPlace(db, id);
  });
  return { changeSetId };
}

function placedOrThrow(db: Database, id: string): PlacedDevice {
  const device = db.tables.elevations.placed(id);
  if (device !== undefined) return device;
  throw new RackhelmError('NOT_FOUND', 'This device does not exist any more.', { data: { id } });
}

const placeFields = ['rackId', 'position', 'face', 'side', 'parentId', 'bay'] as const;

function checkUnmoved(db: Database, device: PlacedDevice, from: MountedPlace): void {
  if (placeFields.every((field) => device[field] === from[field])) return;
  throw new RackhelmError(
    'CHANGED_SINCE',
    `${device.name} was moved meanwhile: it is ${whereText(db, device)} now.`,
    { data: { id: device.id } },
  );
}

/** Of what stands in no rack, on nothing and in no bay. */
export const nowhere: MountedPlace = {
  rackId: null,
  position: null,
  face: null,
  side: null,
  parentId: null,
  bay: null,
};

/** Inside a change set: writes the place, and takes what stands on it along. */
export function putInPlace(db: Database, id: string, to: MountedPlace): void {
  const { elevations } = db.tables;
  const parent = to.parentId === null ? undefined : placedOrThrow(db, to.parentId);
  if (parent !== undefined) checkNotOnItself(db, id, parent);
  // Who stands on something is in its rack, whatever was said.
  const rackId = parent === undefined ? to.rackId : parent.rackId;
  const position = parent === undefined && rackId !== null ? to.position : null;
  const rack = rackId === null ? undefined : elevations.frame(rackId);
  if (rackId !== null && rack === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This rack does not exist any more.');
  }
  elevations.place(id, { ...to, rackId, position, ...(rack && { siteId: rack.siteId }) });
  elevations.takeAlong(id);
}

/** Deeper than anything that is built, so that a circle of others ends as well. */
const deepest = 100;

function checkNotOnItself(db: Database, id: string, parent: PlacedDevice): void {
  let at: PlacedDevice | undefined = parent;
  for (let depth = 0; at !== undefined && depth < deepest; depth += 1) {
    if (at.id === id) {
      const { name } = deviceOrThrow(db, id);
      throw new RackhelmError(
        'INVALID_INPUT',
        `${name} cannot stand on itself, nor on what stands on it.`,
        { data: { field: 'parent' } },
      );
    }
    at = at.parentId === null ? undefined : db.tables.elevations.placed(at.parentId);
  }
}

/** `Moved nas to unit 4 of Rack A`, `Swapped a and b`, `Took 3 devices out of their racks`. */
function titleOf(db: Database, devices: readonly PlacedDevice[], moves: readonly Move[]): string {
  const [first, second] = devices;
  const [to, other] = moves.map((move) => move.to);
  if (first === undefined || to === undefined) return 'Moved devices';
  if (devices.length === 2 && second !== undefined && other !== undefined) {
    const swapped =
      to.rackId === second.rackId &&
      to.position === second.position &&
      other.rackId === first.rackId &&
      other.position === first.position;
    if (swapped) return `Swapped ${first.name} and ${second.name}`;
  }
  const which = devices.length === 1 ? first.name : `${devices.length} devices`;
  if (to.rackId === null && to.parentId === null) {
    return `Took ${which} out of the rack`;
  }
  if (devices.length === 1) {
    return `Moved ${which} ${towards(whereText(db, { ...to, heightUnits: first.heightUnits }))}`;
  }
  const rack = to.rackId === null ? undefined : db.tables.elevations.frame(to.rackId);
  return rack === undefined ? `Moved ${which}` : `Moved ${which} in ${rack.name}`;
}

const towards = (where: string) =>
  where.replace(/^(at|on|beside|in) /, (_, word) =>
    word === 'at' ? 'to ' : word === 'on' ? 'onto ' : word === 'in' ? 'into ' : 'beside ',
  );

type Whereabouts = Pick<PlacedDevice, 'rackId' | 'position' | 'parentId' | 'heightUnits'>;

/** `at unit 4 of Rack A`, `on shelf-1`, `beside Rack A`, `in no rack`. */
export function whereText(db: Database, place: Whereabouts): string {
  const { elevations } = db.tables;
  const parent = place.parentId === null ? undefined : elevations.placed(place.parentId);
  if (parent !== undefined) return `on ${parent.name}`;
  const rack = place.rackId === null ? undefined : elevations.frame(place.rackId);
  if (rack === undefined) return 'in no rack';
  if (place.position !== null) {
    return `at ${unitsText(place.position, place.heightUnits)} of ${rack.name}`;
  }
  return place.heightUnits === 0 ? `beside ${rack.name}` : `in ${rack.name}`;
}
