import { RackhelmError } from '../../../shared/model/errors.ts';
import type { RackRow } from '../../../shared/model/inventory.ts';
import {
  type Gear,
  type RackFrame,
  type Refusal,
  refusal,
} from '../../../shared/topology/placement.ts';
import { refusalText } from '../../../shared/topology/placement-words.ts';
import type { Database } from '../db/index.ts';
import { deviceOrThrow } from './device-lookup.ts';

interface Place {
  readonly siteId?: string | null | undefined;
  readonly rackId?: string | null | undefined;
  readonly position?: number | null | undefined;
}

/**
 * What a given place means for the other fields: a rack brings its site along, and who leaves a rack
 * leaves its unit. Throws NOT_FOUND for a rack or site that does not exist, INVALID_INPUT for a rack
 * that stands at another site than the one that is given.
 */
export function placeOf(
  db: Database,
  { siteId, rackId, position }: Place,
): { readonly siteId?: string; readonly position?: null } {
  if (siteId && !db.tables.places.siteExists(siteId)) {
    throw new RackhelmError('NOT_FOUND', 'This site does not exist.', {
      data: { field: 'siteId' },
    });
  }
  if (rackId === undefined) return {};
  if (rackId === null) return position === undefined ? { position: null } : {};
  const rack = db.tables.places.rack(rackId);
  if (rack === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This rack does not exist.', {
      data: { field: 'rackId' },
    });
  }
  if (siteId && siteId !== rack.siteId) throw elsewhere('It', rack);
  return { siteId: rack.siteId };
}

/** Throws INVALID_INPUT when the device stands in a rack, and that at another site than this. */
export function checkSiteOfRack(db: Database, deviceId: string, siteId: string | null): void {
  const { name, rackId } = deviceOrThrow(db, deviceId);
  const rack = rackId === null ? undefined : db.tables.places.rack(rackId);
  if (rack !== undefined && rack.siteId !== siteId) throw elsewhere(name, rack);
}

function elsewhere(name: string, rack: RackRow): RackhelmError {
  return new RackhelmError(
    'INVALID_INPUT',
    `${name} cannot be at another site than its rack: ${rack.name} stands at ${rack.siteName}.`,
    { hint: 'Take it out of the rack, or choose a rack of that site.', data: { field: 'siteId' } },
  );
}

/** Throws DUPLICATE when another device has that name, in whatever case. */
export function checkName(db: Database, name: string, except?: string): void {
  const other = db.tables.devices.idByName(name);
  if (other === undefined || other === except) return;
  throw new RackhelmError('DUPLICATE', `There is a device named ${name} already.`, {
    data: { field: 'name', deviceId: other },
  });
}

/**
 * Inside the change set that moved the device: throws INVALID_INPUT when it stands outside its rack,
 * where another device is, or in a bay that is taken; see shared/topology/placement.ts.
 */
export function checkPlace(db: Database, deviceId: string): void {
  const { elevations } = db.tables;
  const device = elevations.placed(deviceId);
  if (device === undefined) return void deviceOrThrow(db, deviceId);
  const rack = device.rackId === null ? undefined : elevations.frame(device.rackId);
  const inBay = device.bay === null ? undefined : elevations.sharingBay(deviceId);
  if (inBay !== undefined) {
    throw refused({ kind: 'bay-taken', by: inBay }, device, rack ?? nowhere);
  }
  if (rack === undefined || device.position === null) return;
  const reason = refusal(rack, device, elevations.sharingUnits(deviceId));
  if (reason !== null) throw refused(reason, device, rack);
}

/** For reasons that no rack has a part in. */
const nowhere: RackFrame = { name: '', heightUnits: 0, width: null, depth: null };

const fieldOf: Readonly<Record<Refusal['kind'], string>> = {
  outside: 'position',
  'too-wide': 'rackId',
  taken: 'position',
  'in-itself': 'parent',
  'bay-taken': 'bay',
};

function refused(reason: Refusal, device: Gear, rack: RackFrame): RackhelmError {
  const by = 'by' in reason ? { deviceId: reason.by.id } : {};
  const hint = reason.kind === 'taken' ? { hint: 'Choose a free unit.' } : {};
  return new RackhelmError('INVALID_INPUT', refusalText(reason, device, { rack }), {
    ...hint,
    data: { field: fieldOf[reason.kind], ...by },
  });
}
