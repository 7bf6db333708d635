import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { heatModes } from './heat.ts';

/** How elevations are shown, kept in this browser. */
const racksView = z.object({
  faces: z.enum(['front', 'rear', 'both']).catch('front'),
  label: z.enum(['name', 'hostname', 'asset-tag']).catch('name'),
  heat: z.enum(heatModes).catch('none'),
  size: z.enum(['small', 'medium', 'large']).catch('medium'),
  panel: z.enum(['types', 'loose', 'none']).catch('types'),
});
export type RacksView = z.infer<typeof racksView>;

export interface RacksViewStore {
  readonly store: StoreApi<RacksView>;
  set(change: Partial<RacksView>): void;
}

const storageKey = 'rackhelm-racks';

export function createRacksView(storage: Storage): RacksViewStore {
  const store = createStore<RacksView>(() => racksView.parse(kept(storage)));
  return {
    store,
    set(change) {
      store.setState(change);
      storage.setItem(storageKey, JSON.stringify(store.getState()));
    },
  };
}

function kept(storage: Storage): unknown {
  try {
    return Object(JSON.parse(storage.getItem(storageKey) ?? '{}'));
  } catch {
    return {};
  }
}

/** What stands on the plate; a device without that is shown by its name. */
export function labelOf(device: ElevationDevice, label: RacksView['label']): string {
  if (label === 'hostname') return device.hostname ?? device.name;
  return (label === 'asset-tag' ? device.assetTag : null) ?? device.name;
}
