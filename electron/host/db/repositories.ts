import type Sqlite from 'better-sqlite3';
import { createDeviceRepository, type DeviceRepository } from './repository-devices.ts';

/** Every query and write of the inventory, by what it is about. */
export interface Repositories {
  readonly devices: DeviceRepository;
}

export function createRepositories(sqlite: Sqlite.Database): Repositories {
  return { devices: createDeviceRepository(sqlite) };
}
