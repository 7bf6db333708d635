import { type KindName, kindOf } from '../../shared/model/kinds/index.ts';
import { type ListedKind, type Route, routeOfKind } from './routes.ts';

/** A part of an area: a view of its own, or the table of a kind. */
export interface AreaTab {
  readonly label: string;
  readonly route: Route;
  /** What is added here, where it is no table of a kind. */
  readonly kind?: ListedKind;
}

export interface Area {
  readonly name: AreaName;
  readonly tabs: readonly [AreaTab, ...AreaTab[]];
}

export type AreaName = 'racks' | 'devices' | 'networks' | 'services' | 'storage';

const table = (kind: ListedKind): AreaTab => ({
  label: kindOf(kind).plural,
  route: routeOfKind(kind),
});
/**
 * The areas of the window with their tabs, the first of which opens with the area. A view stands here
 * once its screen stands in shell/area-views.tsx.
 */
export const areas: readonly Area[] = [
  {
    name: 'racks',
    tabs: [
      { label: 'Elevations', route: { screen: 'racks', view: 'elevations' } },
      { label: 'Cables', route: { screen: 'racks', view: 'cables' } },
      { label: 'Power', route: { screen: 'racks', view: 'power' } },
      table('rack'),
      table('room'),
      table('site'),
      { label: 'Device types', route: { screen: 'racks', view: 'types' }, kind: 'device-type' },
      table('power-point'),
    ],
  },
  {
    name: 'devices',
    tabs: [
      { label: 'All devices', route: { screen: 'devices', query: '' } },
      table('interface'),
      table('port'),
      table('gpu'),
      table('mac'),
    ],
  },
  {
    name: 'networks',
    tabs: [
      { label: 'VLAN plan', route: { screen: 'networks', view: 'vlans' } },
      { label: 'Prefix tree', route: { screen: 'networks', view: 'prefixes' } },
      { label: 'Switch ports', route: { screen: 'networks', view: 'switches' } },
      table('vlan'),
      table('prefix'),
      table('address'),
      table('ip-range'),
      table('dhcp-reservation'),
    ],
  },
  {
    name: 'services',
    tabs: [
      { label: 'All services', route: { screen: 'services' }, kind: 'service' },
      { label: 'What needs what', route: { screen: 'services', view: 'graph' } },
      table('cluster'),
      table('exposure'),
      table('ci-runner'),
    ],
  },
  {
    name: 'storage',
    tabs: [
      { label: 'Where data lies', route: { screen: 'storage' } },
      table('storage-pool'),
      table('volume'),
      table('bucket'),
      table('database'),
    ],
  },
];

/** Kinds without a tab of their own: they are shown with what they belong to. */
const areaOfOthers: Readonly<Partial<Record<KindName, AreaName>>> = {
  device: 'devices',
  'device-type': 'racks',
  'port-template': 'racks',
  cable: 'racks',
  'cable-end': 'racks',
  'power-link': 'racks',
  vlan: 'networks',
  prefix: 'networks',
  'vlan-membership': 'networks',
  'address-holder': 'networks',
  service: 'services',
  'cluster-member': 'services',
  'service-runs-on': 'services',
  'service-port': 'services',
  'service-depends-on': 'services',
  'storage-use': 'storage',
};

/** The kinds whose tables are tabs of an area. */
export function kindsOf(name: AreaName | null): readonly ListedKind[] {
  const area = areas.find((each) => each.name === name);
  return (area?.tabs ?? []).flatMap(({ route, kind }) =>
    route.screen === 'kind' ? [route.kind] : (kind ?? []),
  );
}

export function areaOfKind(kind: KindName): AreaName | null {
  const listed = areas.find(({ tabs }) =>
    tabs.some(({ route }) => route.screen === 'kind' && route.kind === kind),
  );
  return listed?.name ?? areaOfOthers[kind] ?? null;
}

/** The area in which a place lies; null: in none. */
export function areaOf(route: Route): AreaName | null {
  if (route.screen === 'kind' || route.screen === 'thing') return areaOfKind(route.kind);
  if (route.screen === 'device') return 'devices';
  return areas.find(({ name }) => name === route.screen)?.name ?? null;
}

/** Whether that place is the tab, however it is narrowed and whatever is shown in it. */
export function isTab(tab: AreaTab, route: Route): boolean {
  if (route.screen === 'kind' && route.kind === tab.kind) return true;
  if (route.screen !== tab.route.screen) return false;
  if (route.screen === 'kind') return route.kind === (tab.route as typeof route).kind; // same screen
  if (route.screen === 'racks' || route.screen === 'networks' || route.screen === 'services') {
    return route.view === (tab.route as typeof route).view; // same screen
  }
  return true;
}

/** What is shown at an address: an area that names no view opens with its first tab. */
export function settled(route: Route): Route {
  if (route.screen === 'networks' && route.view === undefined) return networkPlace(route.thing);
  const open = route.screen === 'racks' && route.view === undefined;
  const area = open ? areas.find(({ name }) => name === route.screen) : undefined;
  return area?.tabs[0].route ?? route;
}

/** As networks were once called: `vlan/20`, `prefix/10.0.20.0/24`. */
function networkPlace(thing: string | undefined): Route {
  const [what = '', ...rest] = (thing ?? '').split('/');
  const named = rest.join('/');
  const view = what === 'prefix' ? 'prefixes' : 'vlans';
  return { screen: 'networks', view, ...(named !== '' && { thing: named }) };
}
