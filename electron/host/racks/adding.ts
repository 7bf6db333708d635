import { RackhelmError } from '../../../shared/model/errors.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { nextName } from '../../../shared/model/name-count.ts';
import type { MountedPlace } from '../../../shared/model/racks.ts';
import type { Database } from '../db/index.ts';
import { insertDeviceOfType, takenType } from '../device-types/index.ts';
import { checkPlace } from '../inventory/index.ts';
import { putInPlace } from './moving.ts';

/** A new device of a type at a place, as one change set. Throws NOT_FOUND, or INVALID_INPUT with words. */
export function addOfType(
  db: Database,
  { deviceTypeId, to }: { readonly deviceTypeId: string; readonly to: MountedPlace },
): { id: string; name: string; changeSetId: string } {
  const { records } = db.tables;
  const type = records.get(kindOf('device-type'), deviceTypeId);
  if (type === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This device type does not exist any more.');
  }
  const name = nameFor(db, deviceTypeId, type.values);
  const { result: id, changeSetId } = db.change({ title: `Added ${name}`, source: 'app' }, () => {
    // With the ports, power points and bays of its type.
    const made = insertDeviceOfType(db, takenType(db, { id: deviceTypeId }), { name });
    putInPlace(db, made, to);
    checkPlace(db, made);
    return made;
  });
  return { id, name, changeSetId };
}

/** Counted on from the newest of that type; the first is called by what it is. */
function nameFor(db: Database, typeId: string, type: Values): string {
  const isTaken = (name: string) => db.tables.devices.idByName(name) !== undefined;
  const before = db.tables.elevations.newestOfType(typeId);
  if (before !== undefined) return nextName(before, isTaken);
  const first = `${stemOf(type)}-1`;
  return isTaken(first) ? nextName(first, isTaken) : first;
}

const stems: Readonly<Record<string, string>> = {
  server: 'server',
  sbc: 'board',
  'gpu-server': 'gpu',
  nas: 'nas',
  switch: 'switch',
  router: 'router',
  'access-point': 'ap',
  ups: 'ups',
  pdu: 'pdu',
};

function stemOf({ kind, model }: Values): string {
  const called = String(model ?? '');
  if (/raspberry pi/i.test(called)) return 'pi';
  const stem = typeof kind === 'string' ? stems[kind] : undefined;
  if (stem !== undefined) return stem;
  const [word = ''] = /[a-z]+/i.exec(called) ?? [];
  return word.length > 1 ? word.toLowerCase() : 'device';
}
