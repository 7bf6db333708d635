import type { AppliedDevice } from '../../../shared/contract/device-types.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type FieldValue, kindOf } from '../../../shared/model/kinds/index.ts';
import type { Database } from '../db/index.ts';
import type { TypeInUse } from './device-of-type.ts';
import { addPorts, type MissingPort, missingPorts } from './device-ports.ts';
import type { TypeDraft } from './type-draft.ts';

const deviceKind = kindOf('device');
const namesShown = 12;

/** What a device would get from a type: ports that it lacks, fields that nobody declared. */
export function lackingOf(db: Database, type: TypeDraft, deviceId: string): AppliedDevice {
  const { name, ports, fields } = lacking(db, type, deviceId);
  const kinds = ['interface', 'port', 'power-point'] as const;
  return {
    id: deviceId,
    name,
    adds: kinds.flatMap((kind) => {
      const own = ports.filter((port) => port.kind === kind);
      if (own.length === 0) return [];
      return [{ kind, count: own.length, names: own.slice(0, namesShown).map((one) => one.name) }];
    }),
    fields: Object.keys(fields)
      .filter((field) => field !== 'deviceType')
      .map((field) => deviceKind.fields[field]?.label ?? field),
  };
}

/** Inside a change set; nothing that the device has is changed. */
export function applyType(db: Database, type: TypeInUse, deviceId: string): void {
  const { ports, fields } = lacking(db, type, deviceId);
  db.tables.records.update(deviceKind, deviceId, { ...fields, deviceType: type.id });
  addPorts(db, deviceId, ports);
}

interface Lacking {
  readonly name: string;
  readonly ports: MissingPort[];
  readonly fields: Record<string, FieldValue>;
}

/** Throws NOT_FOUND where the device is gone. */
function lacking(db: Database, type: TypeDraft, deviceId: string): Lacking {
  const device = db.tables.records.get(deviceKind, deviceId);
  if (device === undefined) {
    throw new RackhelmError('NOT_FOUND', 'This device does not exist.', { data: { id: deviceId } });
  }
  const fields: Record<string, FieldValue> = {};
  for (const name of ['manufacturer', 'model', 'nameplate']) {
    const value = type.values[name] ?? null;
    if (value !== null && (device.values[name] ?? null) === null) fields[name] = value;
  }
  return { name: device.name, ports: missingPorts(db, deviceId, type.ports), fields };
}
