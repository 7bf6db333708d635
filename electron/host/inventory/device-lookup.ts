import { RackhelmError } from '../../../shared/model/errors.ts';
import type { DeviceRow } from '../../../shared/model/inventory.ts';
import type { Database } from '../db/index.ts';

/** Throws NOT_FOUND when there is no such device. */
export function deviceOrThrow(db: Database, id: string): DeviceRow {
  const device = db.tables.devices.get(id);
  if (device !== undefined) return device;
  throw new RackhelmError('NOT_FOUND', 'This device does not exist.', { data: { id } });
}

/** By its name, in whatever case, or by its id. Throws NOT_FOUND when there is no such device. */
export function deviceNamed(db: Database, text: string): DeviceRow {
  const id = db.tables.devices.idByName(text.trim());
  const device = db.tables.devices.get(id ?? text.trim());
  if (device !== undefined) return device;
  throw new RackhelmError('NOT_FOUND', `There is no device named ${text}.`, {
    hint: 'rackhelm devices lists those that there are.',
    data: { name: text },
  });
}
