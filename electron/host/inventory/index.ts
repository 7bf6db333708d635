import type { Database } from '../db/index.ts';
import { createDevices, type Devices } from './devices.ts';

export interface Inventory {
  readonly devices: Devices;
}

export function createInventory(db: Database): Inventory {
  return { devices: createDevices(db) };
}
