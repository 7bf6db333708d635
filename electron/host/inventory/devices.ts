import { RackhelmError } from '../../../shared/model/errors.ts';
import {
  type DeviceFields,
  type DeviceQuery,
  type DeviceRow,
  deviceQuery,
} from '../../../shared/model/inventory.ts';
import { type Database, newId } from '../db/index.ts';

/** Who asks for a change: the window or the command line. */
export type Source = 'app' | 'cli';
export type NewDevice = Partial<DeviceFields> & Pick<DeviceFields, 'name' | 'kind'>;

export interface Devices {
  list(query: Partial<DeviceQuery>): { rows: DeviceRow[]; total: number };
  create(fields: NewDevice, source?: Source): { id: string; changeSetId: string };
}

export function createDevices(db: Database): Devices {
  return {
    list: (query) => db.tables.devices.list(deviceQuery.parse(query)),
    create(fields, source = 'app') {
      const { result, changeSetId } = db.change({ title: `Added ${fields.name}`, source }, () => {
        if (db.tables.devices.idByName(fields.name) !== undefined) {
          throw new RackhelmError('DUPLICATE', `There is a device named ${fields.name} already.`);
        }
        const id = newId();
        db.tables.devices.insert(id, { ...undeclared, ...fields });
        return id;
      });
      return { id: result, changeSetId };
    },
  };
}

/** A device of which nothing is declared yet. */
const undeclared: Omit<DeviceFields, 'name' | 'kind'> = {
  status: 'planned',
  siteId: null,
  rackId: null,
  position: null,
  heightUnits: 1,
  hostname: null,
  manufacturer: null,
  model: null,
  serial: null,
  os: null,
  kernel: null,
  architecture: null,
  cpuModel: null,
  cpuCores: null,
  memoryBytes: null,
  sshHost: null,
  sshPort: null,
  sshUser: null,
  sshIdentityFile: null,
  sshJump: null,
  comment: null,
};
