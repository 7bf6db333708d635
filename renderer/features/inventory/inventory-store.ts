import type { InferClientInputs, InferClientOutputs } from '@orpc/client';
import type {
  RackRow,
  RemovalPreview,
  ServiceRow,
  SiteRow,
} from '../../../shared/model/inventory.ts';
import type { SearchResult } from '../../../shared/model/search.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Failure } from '../../rpc/failure.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { rackTitle } from '../racks/rack-title.ts';

export type Summary = InferClientOutputs<Client>['inventory']['summary'];
export type NewDevice = InferClientInputs<Client>['devices']['create'];
type RackUpdate = InferClientInputs<Client>['inventory']['updateRack'];
export type NewRack = InferClientInputs<Client>['inventory']['createRack'];
export type DevicePatch = InferClientInputs<Client>['devices']['update']['patch'];

/** Lists that several screens share, and the commands that change the inventory. */
export interface InventoryStore {
  readonly summary: Resource<Summary>;
  readonly sites: Resource<SiteRow[]>;
  readonly racks: Resource<RackRow[]>;
  readonly services: Resource<ServiceRow[]>;
  readonly tags: Resource<{ name: string; devices: number }[]>;
  search(
    asked: { readonly text: string; readonly limit: number },
    signal: AbortSignal,
  ): Promise<SearchResult>;
  openSample(): Promise<void>;
  /** Null where the sample rack is not there. */
  readonly samplePreview: Resource<RemovalPreview | null>;
  removeSample(): Promise<Outcome<unknown>>;
  /** What runs on these devices or hangs on them. */
  removalPreview(ids: readonly string[]): Resource<RemovalPreview>;
  rackRemovalPreview(id: string): Resource<RemovalPreview>;
  createRack(rack: NewRack): Promise<Outcome<{ id: string }>>;
  /** `name`: what it is called from now on. */
  updateRack(rack: RackUpdate, name: string): Promise<Outcome<unknown>>;
  /** Its devices stay and lose their place. */
  removeRack(id: string, name: string): Promise<Outcome<unknown>>;
  createDevice(device: NewDevice): Promise<Outcome<{ id: string }>>;
  /** Fields and tags of one or many, as one change set. */
  updateDevices(
    ids: readonly string[],
    change: DevicesChange,
  ): Promise<Outcome<{ changeSetId: string }>>;
  removeDevices(ids: readonly string[], name: string): Promise<Outcome<{ changeSetId: string }>>;
}

export interface DevicesChange {
  readonly patch: DevicePatch;
  readonly tags: TagChange | null;
}

export interface TagChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

/** Importing it twice finds every name taken; what a person did is open it twice. */
function sampleFailure(failure: Failure): Failure {
  if (failure.code !== 'DUPLICATE') return failure;
  return {
    ...failure,
    message: 'The sample rack is open already.',
    hint: 'It is in the overview; “Delete the sample rack” takes it out.',
  };
}

const copied = ({ add, remove }: TagChange) => ({ add: [...add], remove: [...remove] });

export function createInventoryStore({ client, pool, notify }: Needs): InventoryStore {
  /** Says that it was done, and lets it be undone from the notice. */
  async function command<T extends { readonly changeSetId: string }>(
    work: Promise<T>,
    done: string,
  ): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    if (outcome.ok) notify.done(done, { undoes: outcome.value.changeSetId });
    return outcome;
  }

  const previews = pool.createKeyed((ids, signal) =>
    client.devices.removalPreview({ ids: ids.split(' ') }, { signal }),
  );

  return {
    summary: pool.create((signal) => client.inventory.summary(undefined, { signal })),
    sites: pool.create((signal) => client.inventory.sites(undefined, { signal })),
    racks: pool.create((signal) => client.inventory.racks(undefined, { signal })),
    services: pool.create((signal) => client.inventory.services(undefined, { signal })),
    tags: pool.create((signal) => client.inventory.tags(undefined, { signal })),
    search: (asked, signal) => client.inventory.search(asked, { signal }),
    async openSample() {
      const outcome = await attempt(client.inventory.openSample());
      if (!outcome.ok) notify.failed(sampleFailure(outcome.failure));
      else {
        const devices = formatCount(outcome.value.devices, 'device');
        notify.done(`Opened the sample rack with ${devices}.`, {
          undoes: outcome.value.changeSetId,
        });
      }
    },
    samplePreview: pool.create((signal) => client.inventory.samplePreview(undefined, { signal })),
    removeSample: () => command(client.inventory.removeSample(), 'Deleted the sample rack.'),
    removalPreview: (ids) => previews(ids.join(' ')),
    rackRemovalPreview: pool.createKeyed((id, signal) =>
      client.inventory.rackRemovalPreview({ id }, { signal }),
    ),
    createRack: (rack) =>
      command(client.inventory.createRack(rack), `Added ${rackTitle(rack.name)}.`),
    createDevice: (device) =>
      command(client.devices.create(device), `Added ${isolated(device.name)}.`),
    updateRack: (rack, name) =>
      command(client.inventory.updateRack(rack), `Changed ${rackTitle(name)}.`),
    async removeRack(id, name) {
      const outcome = await attempt(client.inventory.removeRack({ id }));
      if (!outcome.ok) return outcome;
      const { devices, changeSetId } = outcome.value;
      const loose = devices === 0 ? '' : ` ${formatCount(devices, 'device')} without a rack now.`;
      notify.done(`Deleted ${rackTitle(name)}.${loose}`, { undoes: changeSetId });
      return outcome;
    },
    updateDevices: (ids, { patch, tags }) =>
      command(
        client.devices.update({
          ids: [...ids],
          patch,
          ...(tags === null ? {} : { tags: copied(tags) }),
        }),
        `Changed ${formatCount(ids.length, 'device')}.`,
      ),
    removeDevices: (ids, name) =>
      command(client.devices.remove({ ids: [...ids] }), `Deleted ${isolated(name)}.`),
  };
}
