import { RackhelmError } from '../../../shared/model/errors.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { insertRecord } from '../records/index.ts';
import { addPorts, missingPorts } from './device-ports.ts';
import { rowsWith } from './rows.ts';
import { idOfType, insertType, storedType } from './stored-type.ts';
import { kindOfType, type TypeDraft } from './type-draft.ts';

/** A type of the inventory, or one of the library that may have to be taken into it. */
export type ChosenType = { readonly id: string } | { readonly draft: TypeDraft };

export interface TypeInUse extends TypeDraft {
  readonly id: string;
}

const deviceKind = kindOf('device');

/** Inside a change set: the chosen type as it stands in the inventory, taken into it where it is new. */
export function takenType(db: Database, chosen: ChosenType): TypeInUse {
  if ('id' in chosen) return { id: chosen.id, ...storedType(db, chosen.id) };
  const known = idOfType(db, chosen.draft.values);
  if (known !== undefined) return { id: known, ...storedType(db, known) };
  return { id: insertType(db, chosen.draft), ...chosen.draft };
}

/**
 * Inside a change set: a device with everything that its type has. `values` are those of a new device
 * and win over the type; a child goes into the first free bay of its parent unless one is named. Throws
 * what adding a device throws, INVALID_INPUT for a bay that is taken or not there.
 */
export function insertDeviceOfType(db: Database, type: TypeInUse, values: Values): string {
  const { heightUnits, nameplate, manufacturer, model } = type.values;
  const device: Values = {
    kind: kindOfType(type.values),
    status: 'planned',
    heightUnits: heightUnits ?? 1,
    nameplate: nameplate ?? null,
    manufacturer: manufacturer ?? null,
    model: model ?? null,
    ...values,
    deviceType: type.id,
  };
  const id = insertRecord(db, deviceKind, withBay(db, type, device));
  addPorts(db, id, missingPorts(db, null, type.ports));
  return id;
}

/** Of a device that goes into another one. */
function withBay(db: Database, type: TypeInUse, device: Values): Values {
  if (typeof device.parent !== 'string') return device;
  const { records } = db.tables;
  const parent = records.get(deviceKind, device.parent);
  const parentType = parent?.values.deviceType;
  const bays =
    typeof parentType === 'string'
      ? storedType(db, parentType).ports.flatMap(({ role, name }) =>
          role === 'device-bay' && typeof name === 'string' ? [name] : [],
        )
      : [];
  // A shelf or a host of virtual machines has places without names.
  if (parent === undefined || bays.length === 0) return device;
  const { rows } = rowsWith(db, 'device', { parent: parent.id }, { limit: 10_000 });
  const taken = new Map(rows.map(({ values, name }) => [values.bay, name]));
  const bay =
    device.bay ?? (type.values.bays === 'child' ? bays.find((one) => !taken.has(one)) : null);
  if (bay === undefined) throw noBay(`Every bay of ${parent.name} is taken.`);
  if (bay === null) return device;
  const other = taken.get(bay);
  if (other !== undefined) throw noBay(`${bay} of ${parent.name} holds ${other} already.`);
  if (!bays.includes(String(bay))) throw noBay(`${parent.name} has no bay called ${bay}.`);
  return { ...device, bay };
}

const noBay = (message: string) =>
  new RackhelmError('INVALID_INPUT', message, {
    hint: 'Choose a bay that is free.',
    data: { field: 'bay' },
  });
