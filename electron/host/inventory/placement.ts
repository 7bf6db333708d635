import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Database } from '../db/index.ts';
import { deviceOrThrow } from './device-lookup.ts';

interface Place {
  readonly siteId?: string | null | undefined;
  readonly rackId?: string | null | undefined;
  readonly position?: number | null | undefined;
}

/**
 * What a given place means for the other fields: a rack brings its site along, and who leaves a rack
 * leaves its unit. Throws NOT_FOUND for a rack or site that does not exist.
 */
export function placeOf(db: Database, place: Place): Place {
  if (place.rackId === null) return place.position === undefined ? { position: null } : {};
  if (place.rackId === undefined) {
    if (place.siteId && !db.tables.places.siteExists(place.siteId)) {
      throw new RackhelmError('NOT_FOUND', 'This site does not exist.', {
        data: { field: 'siteId' },
      });
    }
    return {};
  }
  const rack = db.tables.places.rack(place.rackId);
  if (rack === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This rack does not exist.', {
      data: { field: 'rackId' },
    });
  }
  return { siteId: rack.siteId };
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
