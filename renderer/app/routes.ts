import { type KindName, kindNames } from '../../shared/model/kinds/index.ts';
import { type OnboardingStep, onboardingStep } from '../../shared/onboarding/steps.ts';

/** Every place in the window has an address, kept in the URL's hash. */
export type Route =
  | { readonly screen: 'overview' }
  /** `query` is read and written by the devices feature: filter, sorting, selection. */
  | { readonly screen: 'devices'; readonly query: string }
  | { readonly screen: 'device'; readonly id: string; readonly tab: DeviceTab }
  /** `query` is read and written by the history feature: what it is narrowed to. */
  | { readonly screen: 'history'; readonly query?: string }
  /** `id`: of the service that is shown; in the graph, of the one that it is drawn around. */
  | { readonly screen: 'services'; readonly view?: 'graph'; readonly id?: string }
  /** `thing`: what is shown by what a person calls it, `vlan/20`; of a view, as the view says. */
  | { readonly screen: 'networks'; readonly view?: NetworkView; readonly thing?: string }
  | { readonly screen: 'racks'; readonly view?: RackView; readonly thing?: string }
  | { readonly screen: 'storage' }
  /** A file that comes in; what is in it is not kept in the address. */
  | { readonly screen: 'import' }
  /** All of a kind. `query` is read and written by the records feature. */
  | { readonly screen: 'kind'; readonly kind: ListedKind; readonly query: string }
  /** The page of one thing; `tab` is for the kinds whose page has several. */
  | {
      readonly screen: 'thing';
      readonly kind: ListedKind;
      readonly id: string;
      readonly tab?: string;
    }
  /** `query` is read and written by the proposals feature. */
  | { readonly screen: 'proposals'; readonly query: string }
  /** `query` is read and written by the lint feature. */
  | { readonly screen: 'findings'; readonly query: string }
  /** All jobs; `query` is read and written by the jobs feature. */
  | { readonly screen: 'jobs'; readonly query: string }
  /** `at`: a step of it, or a view (`log`, `plan`, `report`). */
  | { readonly screen: 'job'; readonly id: string; readonly at?: string }
  /** The drafts of onboardings that are under way. */
  | { readonly screen: 'onboardings' }
  /** The wizard; without a step it opens where it was left. */
  | { readonly screen: 'onboarding'; readonly id: string; readonly step?: OnboardingStep }
  /** How clusters are reached; `adding`: one more. */
  | { readonly screen: 'cluster-contexts'; readonly adding?: boolean }
  | ClusterRoute
  /** How container engines are reached; `adding`: one more. */
  | { readonly screen: 'engines'; readonly adding?: boolean }
  | ContainersRoute
  /** What graphics processors do; of a device, else of the first that has any. */
  | { readonly screen: 'gpus'; readonly id?: string }
  | { readonly screen: 'terminals' }
  | { readonly screen: 'gallery' }
  | { readonly screen: 'unknown'; readonly hash: string };

/** A cluster as it is now. */
export interface ClusterRoute {
  readonly screen: 'cluster';
  /** Id of the context that leads there; none: the one that was last looked at. */
  readonly context?: string;
  /** What is listed, as kubectl names it: `pods`. */
  readonly kind?: string;
  /** One of them, with a part of its page. */
  readonly object?: { readonly namespace: string | null; readonly name: string };
  readonly tab?: string;
  /** Of the list; read and written by the cluster feature. */
  readonly query?: string;
}

/** A container engine as it is now. */
export interface ContainersRoute {
  readonly screen: 'containers';
  /** Id of the engine; none: the one that was last looked at. */
  readonly engine?: string;
  /** What is listed: `containers`, `images`; `disk`. */
  readonly kind?: string;
  /** One of them, with a part of its page. */
  readonly id?: string;
  readonly tab?: string;
  /** Of the list; read and written by the containers feature. */
  readonly query?: string;
}

export const deviceTabs = ['details', 'facts', 'checks', 'compare'] as const;
export type DeviceTab = (typeof deviceTabs)[number];

/** Views of an area that are no table of a kind. */
export const rackViews = ['elevations', 'cables', 'power', 'types'] as const;
export type RackView = (typeof rackViews)[number];
export const networkViews = ['vlans', 'prefixes', 'switches'] as const;
export type NetworkView = (typeof networkViews)[number];

/** Devices have a table and a page of their own; an address of either leads there. */
export type ListedKind = Exclude<KindName, 'device'>;

const plainScreens = ['terminals', 'history', 'storage', 'import', 'gallery'] as const;

/** Null where it is no encoded text: anybody may type an address, and `%` alone throws. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}

export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const parts = path.split('/').map(decoded);
  if (parts.includes(null)) return { screen: 'unknown', hash };
  const [first, second, third] = [parts[0] ?? '', parts[1] ?? '', parts[2] ?? ''];
  // The one-time key stands there too, until it is swapped for a cookie.
  if (first === '' || first.startsWith('token=')) return { screen: 'overview' };
  if (first === 'devices' && second === '') return { screen: 'devices', query };
  if (first === 'devices') {
    const tab = deviceTabs.find((each) => each === third) ?? 'details';
    return { screen: 'device', id: second, tab };
  }
  if (first === 'history' && query !== '') return { screen: 'history', query };
  if (first === 'services') {
    const isGraph = second === 'graph';
    const thing = isGraph ? third : second;
    return {
      screen: 'services',
      ...(isGraph && { view: 'graph' }),
      ...(thing !== '' && { id: thing }),
    };
  }
  if (first === 'networks') return { screen: 'networks', ...viewAndThing(parts, networkViews) };
  if (first === 'racks') return { screen: 'racks', ...viewAndThing(parts, rackViews) };
  if (first === 'kinds' || first === 'things') return kindRoute(parts, query, hash);
  if (first === 'gpus') return { screen: 'gpus', ...(second !== '' && { id: second }) };
  if (first === 'jobs' && second !== '') {
    return { screen: 'job', id: second, ...(third !== '' && { at: third }) };
  }
  if (first === 'jobs') return { screen: 'jobs', query };
  if (first === 'onboarding' && second === '') return { screen: 'onboardings' };
  if (first === 'onboarding') {
    const step = onboardingStep.safeParse(third).data;
    return { screen: 'onboarding', id: second, ...(step !== undefined && { step }) };
  }
  if (first === 'cluster') return clusterRoute(parts, query);
  if (first === 'containers') return containersRoute(parts, query);
  if (first === 'findings') return { screen: 'findings', query };
  if (first === 'proposals') return { screen: 'proposals', query };
  const plain = plainScreens.find((screen) => screen === first);
  return plain === undefined ? { screen: 'unknown', hash } : { screen: plain };
}

/** What follows the first part: a view and what is shown in it, or only that. */
function viewAndThing<V extends string>(parts: readonly (string | null)[], views: readonly V[]) {
  const view = views.find((each) => each === parts[1]);
  const thing = parts.slice(view === undefined ? 1 : 2).join('/');
  return { ...(view !== undefined && { view }), ...(thing !== '' && { thing }) };
}

/** No namespace is called that. */
const ofCluster = '-';

function clusterRoute(parts: readonly (string | null)[], query: string): Route {
  const [, context, kind, namespace, name, tab] = parts;
  if (context === 'contexts') {
    return { screen: 'cluster-contexts', ...(kind === 'add' && { adding: true }) };
  }
  if (namespace && name) {
    const object = { namespace: namespace === ofCluster ? null : namespace, name };
    return {
      screen: 'cluster',
      ...(context && { context }),
      ...(kind && { kind }),
      object,
      ...(tab && { tab }),
    };
  }
  return {
    screen: 'cluster',
    ...(context && { context }),
    ...(kind && { kind }),
    ...(query !== '' && { query }),
  };
}

function containersRoute(parts: readonly (string | null)[], query: string): Route {
  const [, engine, kind, id, tab] = parts;
  if (engine === 'engines') return { screen: 'engines', ...(kind === 'add' && { adding: true }) };
  return {
    screen: 'containers',
    ...(engine && { engine }),
    ...(kind && { kind }),
    ...(id && { id }),
    ...(tab && { tab }),
    ...(query !== '' && { query }),
  };
}

function formatContainers({ engine, kind, id, tab, query }: ContainersRoute): string {
  const path = [engine, kind, id, tab].filter((part) => part !== undefined).map(encodeURIComponent);
  return `#/${['containers', ...path].join('/')}${query ? `?${query}` : ''}`;
}

function formatCluster({ context, kind, object, tab, query }: ClusterRoute): string {
  const parts = [
    context,
    kind,
    ...(object === undefined ? [] : [object.namespace ?? ofCluster, object.name, tab]),
  ];
  const path = parts.filter((part) => part !== undefined).map(encodeURIComponent);
  return `#/${['cluster', ...path].join('/')}${query ? `?${query}` : ''}`;
}

function kindRoute(parts: readonly (string | null)[], query: string, hash: string): Route {
  const [first, name, id, tab] = parts;
  const kind = kindNames.find((each) => each === name);
  if (kind === undefined) return { screen: 'unknown', hash };
  if (first === 'kinds') {
    return kind === 'device' ? { screen: 'devices', query: '' } : { screen: 'kind', kind, query };
  }
  if (!id) return { screen: 'unknown', hash };
  if (kind === 'device') return { screen: 'device', id, tab: 'details' };
  return { screen: 'thing', kind, id, ...(tab && { tab }) };
}

/** The page of one thing, whatever its kind. */
export function routeOfThing(kind: KindName, id: string): Route {
  return kind === 'device'
    ? { screen: 'device', id, tab: 'details' }
    : { screen: 'thing', kind, id };
}

/** The table of a kind. */
export function routeOfKind(kind: KindName, query = ''): Route {
  return kind === 'device' ? { screen: 'devices', query: '' } : { screen: 'kind', kind, query };
}

const joined = (...parts: readonly (string | undefined)[]) =>
  parts
    .filter((part) => part !== undefined)
    .map((part) => part.split('/').map(encodeURIComponent).join('/'))
    .join('/');

export function formatRoute(route: Route): string {
  switch (route.screen) {
    case 'overview':
      return '#/';
    case 'devices':
      return route.query === '' ? '#/devices' : `#/devices?${route.query}`;
    case 'device': {
      const id = encodeURIComponent(route.id);
      return route.tab === 'details' ? `#/devices/${id}` : `#/devices/${id}/${route.tab}`;
    }
    case 'history':
      return route.query ? `#/history?${route.query}` : '#/history';
    case 'services':
      return `#/${joined(route.screen, route.view, route.id)}`;
    case 'networks':
    case 'racks':
      return `#/${joined(route.screen, route.view, route.thing)}`;
    case 'kind':
      return `#/kinds/${route.kind}${route.query === '' ? '' : `?${route.query}`}`;
    case 'thing':
      return `#/things/${joined(route.kind)}/${encodeURIComponent(route.id)}${route.tab === undefined ? '' : `/${encodeURIComponent(route.tab)}`}`;
    case 'jobs':
      return route.query === '' ? '#/jobs' : `#/jobs?${route.query}`;
    case 'job':
      return `#/${joined('jobs', route.id, route.at)}`;
    case 'gpus':
      return `#/${joined('gpus', route.id)}`;
    case 'findings':
      return route.query === '' ? '#/findings' : `#/findings?${route.query}`;
    case 'proposals':
      return route.query === '' ? '#/proposals' : `#/proposals?${route.query}`;
    case 'onboardings':
      return '#/onboarding';
    case 'onboarding':
      return `#/${joined('onboarding', route.id, route.step)}`;
    case 'cluster-contexts':
      return route.adding === true ? '#/cluster/contexts/add' : '#/cluster/contexts';
    case 'cluster':
      return formatCluster(route);
    case 'engines':
      return route.adding === true ? '#/containers/engines/add' : '#/containers/engines';
    case 'containers':
      return formatContainers(route);
    case 'unknown':
      return route.hash;
    default:
      return `#/${route.screen}`;
  }
}
