import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import type { PodTarget } from '../../../../shared/cluster/pods/pod-target.ts';
import type { Client } from '../../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../../rpc/resource.ts';
import { createDownloadsStore, type DownloadsStore } from './files/downloads-store.ts';
import { createPodLogStore, type PodLogStore } from './logs/pod-log-store.ts';
import { createForwardsStore, type ForwardsStore } from './ports/forwards-store.ts';
import { createTerminalStore, type TerminalStore } from './terminal/terminal-store.ts';

export interface PodsStore {
  readonly logs: PodLogStore;
  readonly terminals: TerminalStore;
  readonly forwards: ForwardsStore;
  readonly downloads: DownloadsStore;
  /** By context, kind, namespace and name as JSON. */
  target(key: string): Resource<PodTarget>;
  /** After a new connection. */
  refresh(): void;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly view: Pick<Window, 'setTimeout' | 'requestAnimationFrame'>;
}

export function createPodsStore({ client, pool, view }: Needs): PodsStore {
  const onFrame = (draw: () => void) => void view.requestAnimationFrame(draw);
  const { follow, read } = client.cluster.pods.logs;
  const logs = createPodLogStore({
    logs: {
      follow: (asked, options) => follow({ ...asked, containers: [...asked.containers] }, options),
      read: (asked, options) => read(asked, options),
    },
    ...{ view, onFrame },
  });
  const terminals = createTerminalStore({
    client,
    // It is large, and few open one.
    loadScreen: async () => (await import('../../../ui/terminal/screen.ts')).createScreen,
  });
  const forwards = createForwardsStore({ client, view });
  return {
    ...{ logs, terminals, forwards },
    downloads: createDownloadsStore({ client }),
    target: pool.createKeyed(async (key, signal) => {
      const of = JSON.parse(key) as ObjectName & { contextId: string }; // of useTarget
      return await client.cluster.pods.target(of, { signal });
    }),
    refresh() {
      logs.again();
      forwards.again();
    },
  };
}
