import { type KindName, kindOf } from '../../shared/model/kinds/index.ts';
import { type ListedKind, type Route, routeOfKind } from './routes.ts';

/** A part of an area: a view of its own, or the table of a kind. */
export interface AreaTab {
  readonly label: string;
  readonly route: Route;
  /** What is added here, where it is no table of a kind. */
  readonly kind?: ListedKind;
  /** How the view shows that kind, where the plain table of it is of use too: `Tree`. */
  readonly form?: string;
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
      {
        label: 'Racks',
        route: { screen: 'racks', view: 'elevations' },
        kind: 'rack',
        form: 'Elevations',
      },
      { label: 'Cables', route: { screen: 'racks', view: 'cables' } },
      {
        label: 'Power',
        route: { screen: 'racks', view: 'power' },
        kind: 'power-point',
        form: 'Tree',
      },
      table('room'),
      table('site'),
      { label: 'Device types', route: { screen: 'racks', view: 'types' }, kind: 'device-type' },
    ],
  },
  {
    name: 'devices',
    tabs: [
      { label: 'All devices', route: { screen: 'devices', query: '' } },
      table('interface'),
      table('port'),
      table('gpu'),
      { label: 'GPUs at work', route: { screen: 'gpus' } },
      table('mac'),
    ],
  },
  {
    name: 'networks',
    tabs: [
      {
        label: 'VLANs',
        route: { screen: 'networks', view: 'vlans' },
        kind: 'vlan',
        form: 'Plan',
      },
      {
        label: 'Prefixes',
        route: { screen: 'networks', view: 'prefixes' },
        kind: 'prefix',
        form: 'Tree',
      },
      { label: 'Switch ports', route: { screen: 'networks', view: 'switches' } },
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
  'port-template': 'racks',
  cable: 'racks',
  'cable-end': 'racks',
  'power-link': 'racks',
  'vlan-membership': 'networks',
  'address-holder': 'networks',
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
    tabs.some(
      (tab) => tab.kind === kind || (tab.route.screen === 'kind' && tab.route.kind === kind),
    ),
  );
  return listed?.name ?? areaOfOthers[kind] ?? null;
}

/** The area in which a place lies; null: in none. */
export function areaOf(route: Route): AreaName | null {
  if (route.screen === 'kind' || route.screen === 'thing') return areaOfKind(route.kind);
  if (route.screen === 'device' || route.screen === 'gpus') return 'devices';
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

/** The forms in which the same things can be shown at a place: as the view does, and as a table. */
export function formsAt(route: Route): readonly AreaTab[] {
  const tab = areas.flatMap(({ tabs }) => tabs).find((each) => isTab(each, route));
  if (tab?.kind === undefined || tab.form === undefined) return [];
  // One thing of the view, which has forms of its own.
  if (route.screen === 'networks' && route.view === 'prefixes' && route.thing) return [];
  return [
    { label: tab.form, route: tab.route },
    { label: 'Table', route: routeOfKind(tab.kind) },
  ];
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
