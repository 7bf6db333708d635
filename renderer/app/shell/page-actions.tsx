import { IconFilter, IconFilterOff, IconSortAscending } from '@tabler/icons-react';
import { useMemo } from 'react';
import { deviceColumns } from '../../features/devices/device-columns.tsx';
import {
  type DeviceFilter,
  formatFilter,
  isNarrowed,
  noFilter,
  parseFilter,
  type SortKey,
  sortedBy,
} from '../../features/devices/device-filter.ts';
import { kindWords, statusWords } from '../../features/devices/device-words.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { onboardDevice } from '../actions/onboarding-actions.ts';
import type { Action } from '../actions/registry.ts';
import { deviceActions, rackActions } from '../actions/thing-actions.ts';
import { usePageActions } from '../actions/use-page-actions.ts';
import { useApp } from '../app-context.ts';
import type { Router } from '../router.ts';
import type { Route } from '../routes.ts';

/** Registers what the shown page can do, so that the palette and the menu find it there. */
export function PageActions({ route }: { readonly route: Route }) {
  switch (route.screen) {
    case 'device':
      return <DevicePage id={route.id} />;
    case 'devices':
      return <DevicesPage query={route.query} />;
    case 'overview':
      return <OverviewPage />;
    default:
      return null;
  }
}

function DevicePage({ id }: { readonly id: string }) {
  const { device, router, dialogs, onboarding } = useApp();
  const state = useResource(device.details(id));
  const shown = state.status === 'ready' ? state.data.device : null;
  usePageActions(
    useMemo(
      () =>
        shown === null
          ? []
          : [
              ...deviceActions({ router, dialogs }, shown),
              onboardDevice({ router, onboarding }, shown),
            ],
      [router, dialogs, onboarding, shown],
    ),
  );
  return null;
}

/** So few that their actions are a help and no list of their own. */
const fewRacks = 2;

function OverviewPage() {
  const { inventory, router, dialogs } = useApp();
  const state = useResource(inventory.racks);
  const racks = state.status === 'ready' ? state.data : null;
  usePageActions(
    useMemo(
      () =>
        racks === null || racks.length > fewRacks
          ? []
          : racks.flatMap((rack) => rackActions({ router, dialogs }, rack)),
      [router, dialogs, racks],
    ),
  );
  return null;
}

function DevicesPage({ query }: { readonly query: string }) {
  const { router } = useApp();
  usePageActions(useMemo(() => listActions(router, parseFilter(query)), [router, query]));
  return null;
}

/** What the list's own menus and headers do. */
function listActions(router: Router, filter: DeviceFilter): Action[] {
  const show = (next: DeviceFilter) => () =>
    router.replace({ screen: 'devices', query: formatFilter(next) });
  const only = (id: string, words: string, part: Partial<DeviceFilter>): Action => ({
    id: `only-${id}`,
    title: `Show only: ${words}`,
    group: 'This page',
    icon: IconFilter,
    keywords: ['filter'],
    run: show({ ...noFilter, sort: filter.sort, ...part }),
  });
  const clear: Action = {
    id: 'clear-filter',
    title: 'Clear the filter',
    group: 'This page',
    icon: IconFilterOff,
    keywords: ['all', 'reset'],
    run: show({ ...noFilter, sort: filter.sort }),
  };
  return [
    ...(isNarrowed(filter) ? [clear] : []),
    ...deviceColumns
      .filter(({ sortable }) => sortable)
      .map(
        ({ id, header }): Action => ({
          id: `sort-${id}`,
          title: `Sort by ${header.toLowerCase()}`,
          group: 'This page',
          icon: IconSortAscending,
          keywords: ['order'],
          // sortable columns are sort keys
          run: show(sortedBy(filter, id as SortKey)),
        }),
      ),
    only('unobserved', 'never observed', { onlyUnobserved: true }),
    only('different', 'with differences', { onlyDifferent: true }),
    only('without-rack', 'without a rack', { onlyWithoutRack: true }),
    // the keys of both tables are what their types say; keys() forgets that
    ...(Object.keys(kindWords) as (keyof typeof kindWords)[]).map((kind) =>
      only(kind, kindWords[kind].label.toLowerCase(), { kinds: [kind] }),
    ),
    ...(Object.keys(statusWords) as (keyof typeof statusWords)[]).map((status) =>
      only(status, statusWords[status].label.toLowerCase(), { statuses: [status] }),
    ),
  ];
}
