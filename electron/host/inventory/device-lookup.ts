import { RackhelmError } from '../../../shared/model/errors.ts';
import type { DeviceRow } from '../../../shared/model/inventory.ts';
import type { Database } from '../db/index.ts';

/** Throws NOT_FOUND when there is no such device. */
export function deviceOrThrow(db: Database, id: string): DeviceRow {
  const device = db.tables.devices.get(id);
  if (device !== undefined) return device;
  throw new RackhelmError('NOT_FOUND', 'This device does not exist.', { data: { id } });
}
