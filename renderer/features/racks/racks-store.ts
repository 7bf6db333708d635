import type { InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeviceTypeRow } from '../../../shared/contract/device-types.ts';
import type { RackRow } from '../../../shared/model/inventory.ts';
import type { ElevationDevice, MountedPlace } from '../../../shared/model/racks.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import { isolated } from '../../ui/isolate.ts';
import type { PlannedMove } from './plan.ts';
import { createRacksView, type RacksViewStore } from './racks-view.ts';
import { placeOf, type RackContent } from './spot.ts';

export type Drawn = InferClientOutputs<Client>['racks']['elevation'];

export interface RacksStore {
  readonly racks: Resource<RackRow[]>;
  elevation(rackId: string): Resource<Drawn>;
  /** What stands in no rack and holds these words. */
  loose(search: string): Resource<Drawn>;
  /** Those of the inventory, then those that come with Rackhelm. */
  types(search: string): Resource<{ rows: DeviceTypeRow[]; total: number }>;
  /** As it was last read; undefined while it never was. */
  contentOf(rackId: string): RackContent | undefined;
  readonly view: RacksViewStore;
  /** Devices that are picked to be moved together, the last one picked being the last. */
  readonly picked: StoreApi<{ readonly devices: readonly ElevationDevice[] }>;
  pick(device: ElevationDevice, more: boolean): void;
  /** It with the others that are picked, when it is one of them, as they stand by now. */
  together(device: ElevationDevice): readonly ElevationDevice[];
  clearPicked(): void;
  /** `done`: what the notice says. A refusal is told in a notice, since no form is open. */
  move(moves: readonly PlannedMove[], done: string): Promise<Outcome<unknown>>;
  add(type: DeviceTypeRow, to: MountedPlace): Promise<Outcome<{ id: string; name: string }>>;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
  readonly racks: Resource<RackRow[]>;
  readonly storage: Storage;
}

const typesShown = 100;

export function createRacksStore({ client, pool, notify, racks, storage }: Needs): RacksStore {
  const elevation = pool.createKeyed((id, signal) => client.racks.elevation({ id }, { signal }));
  const picked = createStore<{ readonly devices: readonly ElevationDevice[] }>(() => ({
    devices: [],
  }));

  async function told<T extends { readonly changeSetId: string }>(
    work: Promise<T>,
    done: (value: T) => string,
  ): Promise<Outcome<T>> {
    const outcome = await attempt(work);
    if (outcome.ok) notify.done(done(outcome.value), { undoes: outcome.value.changeSetId });
    else notify.failed(outcome.failure);
    return outcome;
  }

  const loose = pool.createKeyed((search: string, signal) =>
    client.racks.loose({ search }, { signal }),
  );
  /** As it was read last: it may have been moved since it was picked. */
  function newest(device: ElevationDevice): ElevationDevice {
    const known = racks.store.getState();
    const places = known.status === 'ready' ? known.data.map(({ id }) => elevation(id)) : [];
    for (const place of [...places, loose('')]) {
      const state = place.store.getState();
      const found =
        state.status === 'ready' && state.data.devices.find(({ id }) => id === device.id);
      if (found) return found;
    }
    return device;
  }

  return {
    racks,
    elevation,
    loose,
    types: pool.createKeyed((search, signal) =>
      client.deviceTypes.list({ search, limit: typesShown }, { signal }),
    ),
    contentOf(rackId) {
      const [known, drawn] = [racks.store.getState(), elevation(rackId).store.getState()];
      if (known.status !== 'ready' || drawn.status !== 'ready') return undefined;
      const rack = known.data.find(({ id }) => id === rackId);
      return rack && { rack, devices: drawn.data.devices };
    },
    view: createRacksView(storage),
    picked,
    pick(device, more) {
      const { devices } = picked.getState();
      const others = devices.filter(({ id }) => id !== device.id);
      if (!more) picked.setState({ devices: [device] });
      else
        picked.setState({ devices: others.length < devices.length ? others : [...others, device] });
    },
    together(device) {
      const { devices } = picked.getState();
      if (!devices.some(({ id }) => id === device.id)) return [device];
      return [device, ...devices.filter(({ id }) => id !== device.id).map(newest)];
    },
    clearPicked: () => picked.setState({ devices: [] }),
    move(moves, done) {
      const written = moves.map(({ device, to }) => ({ id: device.id, from: placeOf(device), to }));
      return told(client.racks.move({ moves: written }), () => done);
    },
    add({ id, slug }, to) {
      const type = id === null ? { slug: slug ?? '' } : { id };
      return told(client.racks.add({ type, to }), ({ name }) => `Added ${isolated(name)}.`);
    },
  };
}
