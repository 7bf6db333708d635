import type Sqlite from 'better-sqlite3';
import { newId } from '../ids.ts';

/** Where a person keeps what is declared although something else is observed. */
export interface RejectionRepository {
  /** By path of the comparison: what was observed then; null: nothing. */
  ofDevice(deviceId: string): ReadonlyMap<string, string | null>;
  put(deviceId: string, path: string, value: string | null): void;
  remove(deviceId: string, path: string): void;
}

export function createRejectionRepository(sqlite: Sqlite.Database): RejectionRepository {
  const ofDevice = sqlite.prepare<[string], { path: string; value: string | null }>(
    'SELECT path, value FROM rejection WHERE device_id = ?',
  );
  const put = sqlite.prepare<[string, string, string, string | null]>(
    `INSERT INTO rejection (id, device_id, path, value) VALUES (?, ?, ?, ?)
     ON CONFLICT (device_id, path) DO UPDATE SET value = excluded.value`,
  );
  const remove = sqlite.prepare<[string, string]>(
    'DELETE FROM rejection WHERE device_id = ? AND path = ?',
  );
  return {
    ofDevice: (deviceId) => new Map(ofDevice.all(deviceId).map(({ path, value }) => [path, value])),
    put: (deviceId, path, value) => void put.run(newId(), deviceId, path, value),
    remove: (deviceId, path) => void remove.run(deviceId, path),
  };
}
