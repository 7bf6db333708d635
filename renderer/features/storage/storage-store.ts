import type { InferClientOutputs } from '@orpc/client';
import type { Client } from '../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';

export type StorageTree = InferClientOutputs<Client>['storage']['tree'];

/** Pools that are shown at once. */
export const poolsShown = 10;

export interface StorageStore {
  /** A page of pools with what is in them. */
  tree(page: number): Resource<StorageTree>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
}

export function createStorageStore({ client, pool }: Needs): StorageStore {
  const pages = pool.createKeyed((page, signal) =>
    client.storage.tree({ offset: Number(page) * poolsShown, limit: poolsShown }, { signal }),
  );
  return { tree: (page) => pages(String(page)) };
}
