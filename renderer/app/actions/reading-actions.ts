import { IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { formatFilter, noFilter, parseFilter } from '../../features/devices/device-filter.ts';
import { selectionName } from '../../features/devices/selection-name.ts';
import type { ActionNeeds } from './action-needs.ts';
import type { Action } from './registry.ts';

const keywords = ['facts', 'read', 'again', 'collect', 'scan', 'update'];

/** What reads machines again: one in place, many at once. */
export function readingActions(needs: ActionNeeds): Action[] {
  const { readings, router, devices, device, layout } = needs;

  /** The devices that the person looks at: a page, a selection, what the inspector shows. */
  function inView(): { readonly ids: readonly string[]; readonly name: string } {
    const route = router.store.getState();
    const { inspected } = layout.store.getState();
    if (route.screen === 'devices') {
      const state = devices.store.getState();
      return { ids: [...state.selected], name: selectionName(state) };
    }
    const id =
      route.screen === 'device' ? route.id : inspected.kind === 'device' ? inspected.id : null;
    if (id === null) return { ids: [], name: '' };
    const known = device.details(id).store.getState();
    return { ids: [id], name: known.status === 'ready' ? known.data.device.name : '1 device' };
  }

  function rackInView(): string | null {
    const route = router.store.getState();
    return route.screen === 'devices' ? parseFilter(route.query).rackId : null;
  }

  const subscribe = (changed: () => void) => {
    const stores = [devices.store, router.store, layout.store];
    const ends = stores.map((store) => store.subscribe(changed));
    return () => {
      for (const end of ends) end();
    };
  };

  return [
    {
      id: 'refresh',
      title: 'Refresh',
      group: 'Edit',
      icon: IconRefresh,
      shortcut: 'R',
      keywords: [...keywords, 'selected'],
      status: {
        read() {
          const { ids, name } = inView();
          return { enabled: ids.length > 0, detail: ids.length > 0 ? name : null };
        },
        subscribe,
      },
      run() {
        const { ids, name } = inView();
        const [id] = ids;
        if (ids.length > 1) void readings.refreshMany({ ids: [...ids] });
        else if (id !== undefined) void readings.refresh({ id, name });
      },
    },
    {
      id: 'refresh-rack',
      title: 'Refresh the devices of this rack',
      group: 'Edit',
      icon: IconRefresh,
      keywords,
      status: { read: () => ({ enabled: rackInView() !== null, detail: null }), subscribe },
      run() {
        const rackId = rackInView();
        if (rackId !== null) void readings.refreshMany({ rackId });
      },
    },
    {
      id: 'refresh-all',
      title: 'Refresh all devices',
      group: 'Edit',
      icon: IconRefresh,
      shortcut: 'shift+R',
      keywords,
      run: () => void readings.refreshMany({ all: true }),
    },
    {
      id: 'go-failed',
      title: 'Devices that could not be read',
      group: 'Go to',
      icon: IconPlugConnectedX,
      keywords: ['failed', 'offline', 'unreachable', 'down'],
      run: () =>
        router.go({
          screen: 'devices',
          query: formatFilter({ ...noFilter, onlyFailed: true }),
        }),
    },
  ];
}
