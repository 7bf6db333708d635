import type Sqlite from 'better-sqlite3';
import type { GpuPoint } from '../../../shared/gpus/gpu-points.ts';

export type StoredGpuPoint = GpuPoint & { readonly gpuKey: string };

/** What the cards of machines did, minute by minute, and whose cards are looked at. Outside history. */
export interface GpuSampleStore {
  /** Machines that have a card in the inventory, or whose cards are looked at each minute. */
  machines(): readonly {
    readonly deviceId: string;
    readonly name: string;
    /** Names of the cards that the inventory has, in the order of their slots; bounded. */
    readonly cards: readonly string[];
    readonly kept: boolean;
  }[];
  /** Machines whose cards are looked at each minute. */
  kept(): readonly string[];
  setKept(deviceId: string, kept: boolean): void;
  /** Nobody waits for it. */
  add(deviceId: string, points: readonly StoredGpuPoint[]): void;
  /** Of each card in the order of time. */
  since(deviceId: string, since: number): readonly StoredGpuPoint[];
  /** Lets go of what is older; nobody waits for it. */
  prune(before: number): void;
}

export function createGpuSampleStore(
  sqlite: Sqlite.Database,
  {
    write,
    eventually,
  }: {
    readonly write: (work: () => void) => void;
    readonly eventually: (work: () => void) => void;
  },
): GpuSampleStore {
  const machines = sqlite.prepare<
    [],
    { deviceId: string; name: string; cards: string; kept: 0 | 1 }
  >(
    `SELECT d.id AS deviceId, d.name,
       (SELECT json_group_array(model) FROM
         (SELECT coalesce(g.model, 'GPU') AS model FROM gpu g WHERE g.device_id = d.id
          ORDER BY natural_key(g.slot), g.id LIMIT 16)) AS cards,
       EXISTS (SELECT 1 FROM gpu_kept k WHERE k.device_id = d.id) AS kept
     FROM device d
     WHERE EXISTS (SELECT 1 FROM gpu g WHERE g.device_id = d.id)
       OR EXISTS (SELECT 1 FROM gpu_kept k WHERE k.device_id = d.id)
     ORDER BY natural_key(d.name), d.id LIMIT 200`,
  );
  const kept = sqlite
    .prepare<[], string>('SELECT k.device_id FROM gpu_kept k JOIN device d ON d.id = k.device_id')
    .pluck();
  const keep = sqlite.prepare<[string]>('INSERT OR IGNORE INTO gpu_kept (device_id) VALUES (?)');
  const forget = sqlite.prepare<[string]>('DELETE FROM gpu_kept WHERE device_id = ?');
  const add = sqlite.prepare<[StoredGpuPoint & { deviceId: string }]>(
    `INSERT OR REPLACE INTO gpu_sample
       (device_id, gpu_key, at, utilization, memory_used, temperature, power)
     VALUES
       (@deviceId, @gpuKey, @at, @utilizationPercent, @memoryUsedBytes, @temperatureC, @powerW)`,
  );
  const since = sqlite.prepare<[string, number], StoredGpuPoint>(
    `SELECT gpu_key AS gpuKey, at, utilization AS utilizationPercent,
       memory_used AS memoryUsedBytes, temperature AS temperatureC, power AS powerW
     FROM gpu_sample WHERE device_id = ? AND at >= ? ORDER BY gpu_key, at LIMIT 100000`,
  );
  const prune = sqlite.prepare<[number]>('DELETE FROM gpu_sample WHERE at < ?');
  return {
    machines: () =>
      machines.all().map(({ cards, kept: isKept, ...machine }) => ({
        ...machine,
        cards: JSON.parse(cards) as string[], // what json_group_array made of texts
        kept: isKept === 1,
      })),
    kept: () => kept.all(),
    setKept: (deviceId, value) =>
      write(() => void (value ? keep.run(deviceId) : forget.run(deviceId))),
    add: (deviceId, points) =>
      eventually(() => {
        for (const point of points) add.run({ ...point, deviceId });
      }),
    since: (deviceId, at) => since.all(deviceId, at),
    prune: (before) => eventually(() => void prune.run(before)),
  };
}
