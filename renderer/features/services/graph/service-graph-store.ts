import type { InferClientOutputs } from '@orpc/client';
import type { Client } from '../../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../../rpc/resource.ts';
import { layoutServices, type ServiceLayout } from './service-layout.ts';

export type ServiceGraph = InferClientOutputs<Client>['services']['graph'];

export interface LaidGraph {
  readonly graph: ServiceGraph;
  readonly layout: ServiceLayout;
}

export interface ServiceGraphStore {
  /** All services, or those around one. */
  around(id: string | null): Resource<LaidGraph>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
}

export function createServiceGraphStore({ client, pool }: Needs): ServiceGraphStore {
  const graphs = pool.createKeyed<LaidGraph>(async (key, signal) => {
    const graph = await client.services.graph({ around: key === '' ? null : key }, { signal });
    return { graph, layout: await layoutServices(graph) };
  });
  return { around: (id) => graphs(id ?? '') };
}
