import { mostVolumes, type StorageGroup } from '../../../shared/contract/storage.ts';
import type { Database } from '../db/index.ts';

interface Part {
  readonly offset: number;
  readonly limit: number;
}

/**
 * A page of pools with what is in them. What is in no pool comes as one more group behind the last
 * pool, where there is any.
 */
export function storageTree(
  { tables }: Pick<Database, 'tables'>,
  part: Part,
): { groups: StorageGroup[]; total: number } {
  const { storageTree: tree } = tables;
  const pools = tree.countPools();
  const groups = tree.pools(part).map((pool): StorageGroup => {
    const { volumes, total } = tree.volumes(pool.id, mostVolumes);
    return { pool, volumes, more: total - volumes.length, loose: [] };
  });
  const rest = groupOfNoPool(tree);
  const hasRest = rest.volumes.length + rest.loose.length > 0;
  if (hasRest && part.offset + part.limit > pools) groups.push(rest);
  return { groups, total: pools + (hasRest ? 1 : 0) };
}

function groupOfNoPool(tree: Database['tables']['storageTree']): StorageGroup {
  const { volumes, total } = tree.volumes(null, mostVolumes);
  return { pool: null, volumes, more: total - volumes.length, loose: tree.loose(mostVolumes) };
}
