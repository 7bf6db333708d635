import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import type {
  EngineSources,
  EngineTest,
  SavedEngine,
} from '../../../../shared/containers/engine.ts';
import { attempt, type Outcome } from '../../../app/outcome.ts';
import type { Client } from '../../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../../rpc/resource.ts';

type Inputs = InferClientInputs<Client>['containers']['engines'];
type Outputs = InferClientOutputs<Client>['containers']['engines'];

export interface EnginesStore {
  readonly sources: Resource<EngineSources>;
  readonly list: Resource<readonly SavedEngine[]>;
  add(input: Inputs['add']): Promise<Outcome<Outputs['add']>>;
  test(id: string): Promise<Outcome<EngineTest>>;
  rename(id: string, name: string): Promise<Outcome<unknown>>;
  forget(id: string): Promise<Outcome<unknown>>;
  /** The engine that was looked at last, and which one that is from now on. */
  last(): string | null;
  keepLast(id: string): void;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly storage: Storage;
}

const lastKey = 'rackhelm-container-engine';

export function createEnginesStore({ client, pool, storage }: Needs): EnginesStore {
  const { engines } = client.containers;
  const list = pool.create(async (signal) => (await engines.list(undefined, { signal })).engines);
  const sources = pool.create((signal) => engines.sources(undefined, { signal }));

  /** What was done shows at once in what is shown of it. */
  async function andReload<T>(work: Promise<T>): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    await list.reload();
    return outcome;
  }

  return {
    sources,
    list,
    add: (input) => andReload(engines.add(input)),
    test: (id) => andReload(engines.test({ id })),
    rename: (id, name) => andReload(engines.rename({ id, name })),
    forget(id) {
      if (storage.getItem(lastKey) === id) storage.removeItem(lastKey);
      return andReload(engines.forget({ id }));
    },
    last: () => storage.getItem(lastKey),
    keepLast: (id) => storage.setItem(lastKey, id),
  };
}
