import type Sqlite from 'better-sqlite3';
import type { KeptData, StorageGroup, StoredVolume } from '../../../../shared/contract/storage.ts';

type Pool = NonNullable<StorageGroup['pool']>;

/** Where data lies: pools, the volumes of each, and what lies on these. */
export interface StorageTreeRepository {
  countPools(): number;
  pools(part: { readonly offset: number; readonly limit: number }): Pool[];
  /** Of a pool, or of none; the first so many by name, and how many there are. */
  volumes(poolId: string | null, limit: number): { volumes: StoredVolume[]; total: number };
  /** Buckets and databases that lie on no known volume. */
  loose(limit: number): KeptData[];
}

/** JSON of `{id, name}`, or null. */
const named = (alias: string, name = 'name') =>
  `CASE WHEN ${alias}.id IS NULL THEN NULL ELSE json_object('id', ${alias}.id, 'name', ${alias}.${name}) END`;

/** JSON of the services that use it. */
const usedBy = (column: string, id: string) =>
  `(SELECT json_group_array(json_object('id', s.id, 'name', s.name) ORDER BY s.name)
    FROM storage_use u JOIN service s ON s.id = u.service_id WHERE u.${column} = ${id})`;

/** Buckets and databases alike; `where` narrows both. */
const keptOf = (where: string) => `
  SELECT * FROM (SELECT 'bucket' AS kind, b.id, b.name, ${named('s')} AS servedBy, b.size_bytes AS sizeBytes,
    ${usedBy('bucket_id', 'b.id')} AS usedBy
  FROM bucket b LEFT JOIN service s ON s.id = b.service_id WHERE b.volume_id ${where}
  UNION ALL
  SELECT 'database', b.id, b.name, ${named('s')}, b.size_bytes, ${usedBy('database_id', 'b.id')}
  FROM database b LEFT JOIN service s ON s.id = b.service_id WHERE b.volume_id ${where})
  ORDER BY kind, natural_key(name)`;

type Stored<T, J extends keyof T> = Omit<T, J> & { readonly [K in J]: string | null };
type StoredPool = Stored<Pool, 'device' | 'cluster'>;
type StoredVolumeRow = Stored<Omit<StoredVolume, 'holds'>, 'device' | 'usedBy'>;
type StoredKept = Stored<KeptData, 'servedBy' | 'usedBy'>;

export function createStorageTreeRepository(sqlite: Sqlite.Database): StorageTreeRepository {
  const countPools = sqlite.prepare<[], number>('SELECT count(*) FROM storage_pool').pluck();
  const pools = sqlite.prepare<[number, number], StoredPool>(
    `SELECT p.id, p.name, p.kind, p.layout, ${named('d')} AS device, ${named('c')} AS cluster,
       p.size_bytes AS sizeBytes, p.used_bytes AS usedBytes
     FROM storage_pool p LEFT JOIN device d ON d.id = p.device_id
     LEFT JOIN cluster c ON c.id = p.cluster_id
     ORDER BY natural_key(p.name) LIMIT ? + 0 OFFSET ? + 0`,
  );
  const volumes = sqlite.prepare<[string | null, number], StoredVolumeRow>(
    `SELECT v.id, v.name, v.kind, ${named('d')} AS device, v.location, v.size_bytes AS sizeBytes,
       v.used_bytes AS usedBytes, ${usedBy('volume_id', 'v.id')} AS usedBy
     FROM volume v LEFT JOIN device d ON d.id = v.device_id
     WHERE v.pool_id IS ? ORDER BY natural_key(v.name) LIMIT ? + 0`,
  );
  const countVolumes = sqlite
    .prepare<[string | null], number>('SELECT count(*) FROM volume WHERE pool_id IS ?')
    .pluck();
  const kept = sqlite.prepare<[string, string], StoredKept>(keptOf('= ?'));
  const loose = sqlite.prepare<[number], StoredKept>(`${keptOf('IS NULL')} LIMIT ? + 0`);

  const readVolume = (row: StoredVolumeRow): StoredVolume => ({
    ...row,
    device: parsed(row.device),
    usedBy: parsed(row.usedBy),
    holds: kept.all(row.id, row.id).map(readKept),
  });
  return {
    countPools: () => countPools.get() ?? 0,
    pools: ({ offset, limit }) =>
      pools.all(limit, offset).map((row) => ({
        ...row,
        device: parsed(row.device),
        cluster: parsed(row.cluster),
      })),
    volumes: (poolId, limit) => ({
      volumes: volumes.all(poolId, limit).map(readVolume),
      total: countVolumes.get(poolId) ?? 0,
    }),
    loose: (limit) => loose.all(limit).map(readKept),
  };
}

const readKept = (row: StoredKept): KeptData => ({
  ...row,
  servedBy: parsed(row.servedBy),
  usedBy: parsed(row.usedBy),
});

/** JSON that the queries above built in just that shape. */
function parsed<T>(json: string | null): T {
  return JSON.parse(json ?? 'null') as T;
}
