import { RackhelmError } from '../../../shared/model/errors.ts';
import type { RackRow } from '../../../shared/model/inventory.ts';
import type { Database } from '../db/index.ts';
import type { Source } from './devices.ts';
import { checkPlace } from './placement.ts';

export interface NewRackInput {
  readonly siteName: string;
  readonly name: string;
  readonly heightUnits: number;
  readonly width?: string | null;
}

export interface RackUpdate {
  readonly id: string;
  readonly name?: string | undefined;
  readonly heightUnits?: number | undefined;
  readonly comment?: string | null | undefined;
}

/** Creates a rack, and its site when there is none of that name. Throws DUPLICATE. */
export function createRack(
  db: Database,
  { siteName, name, heightUnits, width = null }: NewRackInput,
  source: Source,
): { id: string; changeSetId: string } {
  const { places } = db.tables;
  const { result, changeSetId } = db.change({ title: `Added rack ${name}`, source }, () => {
    const siteId = places.siteIdByName(siteName) ?? places.insertSite(siteName, null);
    checkRackName(db, { siteId, siteName, name });
    return places.insertRack({ siteId, name, heightUnits, width, comment: null });
  });
  return { id: result, changeSetId };
}

/**
 * Writes the given fields. Throws NOT_FOUND, DUPLICATE, or INVALID_INPUT where a device would reach
 * above the top.
 */
export function updateRack(
  db: Database,
  { id, ...given }: RackUpdate,
  source: Source,
): { changeSetId: string } {
  const { places } = db.tables;
  const rack = rackOrThrow(db, id);
  const { name = rack.name, heightUnits = rack.heightUnits, comment = rack.comment } = given;
  const title =
    name === rack.name ? `Changed rack ${name}` : `Renamed rack ${rack.name} to ${name}`;
  return db.change({ title, source }, () => {
    if (name !== rack.name) checkRackName(db, { ...rack, name });
    places.updateRack(id, { name, heightUnits, comment });
    if (heightUnits < rack.heightUnits)
      for (const device of places.devicesInRack(id)) checkPlace(db, device);
  });
}

/** Its devices stay at their site, without a rack. Throws NOT_FOUND. */
export function removeRack(
  db: Database,
  id: string,
  source: Source,
): { changeSetId: string; devices: number } {
  const { places, devices } = db.tables;
  const title = `Deleted rack ${rackOrThrow(db, id).name}`;
  const { result, changeSetId } = db.change({ title, source }, () => {
    const inside = places.devicesInRack(id);
    for (const device of inside) devices.update(device, { rackId: null, position: null });
    places.removeRack(id);
    return inside.length;
  });
  return { changeSetId, devices: result };
}

function rackOrThrow(db: Database, id: string): RackRow {
  const rack = db.tables.places.rack(id);
  if (rack !== undefined) return rack;
  throw new RackhelmError('NOT_FOUND', 'This rack does not exist.', { data: { id } });
}

function checkRackName(
  db: Database,
  { siteId, siteName, name }: Pick<RackRow, 'siteId' | 'siteName' | 'name'>,
): void {
  if (db.tables.places.rackIdByName(siteId, name) === undefined) return;
  throw new RackhelmError('DUPLICATE', `${siteName} has a rack named ${name} already.`, {
    data: { field: 'name' },
  });
}
