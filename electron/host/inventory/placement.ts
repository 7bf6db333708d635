import { RackhelmError } from '../../../shared/model/errors.ts';
import type { RackRow } from '../../../shared/model/inventory.ts';
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
 * Inside the change set that moved the device: throws INVALID_INPUT when it stands outside its rack
 * or where another device is. A device of 0 units lies on a shelf or hangs beside: it takes no unit,
 * so that several boards may share one.
 */
export function checkPlace(db: Database, deviceId: string): void {
  const device = deviceOrThrow(db, deviceId);
  const { position, heightUnits, name } = device;
  if (device.rackId === null || position === null) return;
  const rack = db.tables.places.rack(device.rackId);
  const top = position + Math.max(heightUnits, 1) - 1;
  if (rack !== undefined && top > rack.heightUnits) {
    throw new RackhelmError(
      'INVALID_INPUT',
      `${name} would reach unit ${top}, but ${rack.name} has only ${rack.heightUnits}.`,
      { data: { field: 'position' } },
    );
  }
  const other = db.tables.devices.overlapping(deviceId);
  if (other === undefined) return;
  throw new RackhelmError(
    'INVALID_INPUT',
    `${name} cannot stand there: ${other.name} takes unit ${other.position} of ${device.rackName ?? 'this rack'}.`,
    { hint: 'Choose a free unit.', data: { field: 'position', deviceId: other.id } },
  );
}
