import type { InferClientOutputs } from '@orpc/client';
import type { ObjectName } from '../../../shared/cluster/object-page.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { createResourcePool, type Resource, type ResourcePool } from '../../rpc/resource.ts';
import { type ActingStore, createActingStore } from './acting/acting-store.ts';
import { createEditsStore, type EditsStore } from './acting/edits-store.ts';
import { type ContextsStore, createContextsStore } from './contexts/contexts-store.ts';
import { createDrainStore, type DrainStore } from './drain/drain-store.ts';
import { createDriftStore, type DriftStore } from './drift/drift-store.ts';
import { createOpenObject, type OpenObject } from './object/open-object.ts';
import { createPodsStore, type PodsStore } from './pods/pods-store.ts';
import { createLiveTable, type LiveTable } from './table/live-table.ts';
import { createUpkeepStore, type UpkeepStore } from './upkeep/upkeep-store.ts';

type Live = InferClientOutputs<Client>['cluster']['live'];
export type ListedKind = Live['kinds']['kinds'][number];
export type Revealed = Live['reveal'];

/** As many as the picker offers; whoever has more types its name. */
const mostNamespaces = 500;

export interface ClusterStore {
  readonly contexts: ContextsStore;
  readonly drift: DriftStore;
  readonly acting: ActingStore;
  readonly edits: EditsStore;
  readonly drain: DrainStore;
  readonly table: LiveTable;
  readonly upkeep: UpkeepStore;
  readonly object: OpenObject;
  readonly pods: PodsStore;
  kinds(contextId: string): Resource<readonly ListedKind[]>;
  /** Null: they may not be listed. */
  namespaces(contextId: string): Resource<readonly string[] | null>;
  /** The device of the inventory that is called like that node; null: none. */
  deviceCalled(name: string): Resource<{ readonly id: string; readonly name: string } | null>;
  reveal(contextId: string, of: ObjectName, key: string): Promise<Outcome<Revealed>>;
  /** After a new connection: everything that is shown is read again. */
  refresh(): void;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
  readonly view: Pick<Window, 'setTimeout' | 'localStorage' | 'requestAnimationFrame'>;
}

export function createClusterStore({ client, pool, notify, view }: Needs): ClusterStore {
  // A cluster moves while the inventory stays as it is.
  const own = createResourcePool();
  const contexts = createContextsStore({ client, pool, notify, storage: view.localStorage });
  const table = createLiveTable(
    (asked, options) => client.cluster.live.follow(asked, options),
    view,
  );
  const object = createOpenObject(client, view);
  const pods = createPodsStore({ client, pool: own, view });
  const upkeep = createUpkeepStore({ client });
  return {
    contexts,
    drift: createDriftStore({ client, pool, notify }),
    acting: createActingStore({ client, notify }),
    edits: createEditsStore({ client, notify }),
    drain: createDrainStore({ client }),
    table,
    object,
    pods,
    upkeep,
    kinds: own.createKeyed(async (contextId, signal) => {
      return (await client.cluster.live.kinds({ contextId }, { signal })).kinds;
    }),
    namespaces: own.createKeyed(async (contextId, signal) => {
      const asked = { contextId, kind: 'namespaces', limit: mostNamespaces };
      const { rows, standing } = await client.cluster.live.list(asked, { signal });
      return standing.state === 'refused' ? null : rows.map(({ name }) => name);
    }),
    deviceCalled: pool.createKeyed(async (name, signal) => {
      const { hits } = await client.inventory.search({ text: name, limit: 20 }, { signal });
      const found = hits.find(({ kind, title }) => kind === 'device' && title === name);
      return found === undefined ? null : { id: found.id, name: found.title };
    }),
    reveal: (contextId, of, key) => attempt(client.cluster.live.reveal({ contextId, ...of, key })),
    refresh() {
      own.invalidate();
      upkeep.refresh();
      table.again();
      object.again();
      pods.refresh();
    },
  };
}
