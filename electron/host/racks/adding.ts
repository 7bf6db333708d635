import type { Values } from '../../../shared/model/kinds/schema.ts';
import { nextName } from '../../../shared/model/name-count.ts';
import type { MountedPlace } from '../../../shared/model/racks.ts';
import type { Database } from '../db/index.ts';
import { type ChosenType, insertDeviceOfType, takenType } from '../device-types/index.ts';
import { checkPlace } from '../inventory/index.ts';
import { putInPlace } from './moving.ts';

export interface NewOfType {
  readonly type: ChosenType;
  readonly to: MountedPlace;
}

/**
 * A new device of a type, with its ports, at a place: one change set, which takes a type that comes with
 * Rackhelm into the inventory, too. Throws NOT_FOUND, or INVALID_INPUT with the words of why not.
 */
export function addOfType(
  db: Database,
  { type: chosen, to }: NewOfType,
): { id: string; name: string; changeSetId: string } {
  const { result, changeSetId } = db.change({ title: 'Added a device', source: 'app' }, (set) => {
    const type = takenType(db, chosen);
    const name = nameFor(db, type.id, type.values);
    const id = insertDeviceOfType(db, type, { name });
    putInPlace(db, id, to);
    checkPlace(db, id);
    set.rename(`Added ${name}`);
    return { id, name };
  });
  return { ...result, changeSetId };
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
  // What only holds boards is none.
  if (kind === 'sbc' && /raspberry pi/i.test(called)) return 'pi';
  if (/\bmount\b/i.test(called)) return 'mount';
  const stem = typeof kind === 'string' ? stems[kind] : undefined;
  if (stem !== undefined) return stem;
  const [word = ''] = /[a-z]+/i.exec(called) ?? [];
  return word.length > 1 ? word.toLowerCase() : 'device';
}
