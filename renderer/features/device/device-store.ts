import type { InferClientOutputs } from '@orpc/client';
import type { DeviceFields } from '../../../shared/model/inventory.ts';
import type { ShownFacts } from '../../../shared/model/shown-facts.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { isolated } from '../../ui/isolate.ts';

export type DeviceDetails = InferClientOutputs<Client>['devices']['get'];

/** Interfaces on a page of their list. */
export const interfacePageSize = 100;
export type InterfacePage = InferClientOutputs<Client>['devices']['interfaces'];

export interface DeviceStore {
  interfaces(id: string, page: number): Resource<InterfacePage>;
  details(id: string): Resource<DeviceDetails>;
  facts(id: string): Resource<ShownFacts | null>;
  /** Writes one field in place; what could not be kept stays in its field. */
  edit(id: string, patch: Partial<DeviceFields>): Promise<Outcome<unknown>>;
  /** A failure is told in a notice, since no form is open; so is a tag that was taken away. */
  tag(id: string, change: { add: string[]; remove: string[] }): Promise<void>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

export function createDeviceStore({ client, pool, notify }: Needs): DeviceStore {
  /** Without a notice of its own; one that still offers to undo the change before is outdated. */
  async function written<T>(work: Promise<T>): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    if (outcome.ok) notify.outdated();
    return outcome;
  }

  const interfacePages = pool.createKeyed((key, signal) => {
    const [id = '', page] = key.split('/');
    const offset = Number(page) * interfacePageSize;
    return client.devices.interfaces({ id, offset, limit: interfacePageSize }, { signal });
  });

  return {
    interfaces: (id, page) => interfacePages(`${id}/${page}`),
    details: pool.createKeyed((id, signal) => client.devices.get({ id }, { signal })),
    facts: pool.createKeyed((id, signal) => client.devices.facts({ id }, { signal })),
    edit: (id, patch) => written(client.devices.update({ ids: [id], patch })),
    async tag(id, change) {
      const outcome = await written(client.devices.tag({ ids: [id], ...change }));
      if (!outcome.ok) return notify.failed(outcome.failure);
      // One key takes a tag away: that must not pass unseen.
      const [first] = change.remove;
      if (first === undefined) return;
      notify.done(`Deleted tag ${isolated(first)}.`, { undoes: outcome.value.changeSetId });
    },
  };
}
