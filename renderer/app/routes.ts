/** Every place in the window has an address, kept in the URL's hash. */
export type Route =
  | { readonly screen: 'overview' }
  /** `query` is read and written by the devices feature: filter, sorting, selection. */
  | { readonly screen: 'devices'; readonly query: string }
  | { readonly screen: 'device'; readonly id: string; readonly tab: DeviceTab }
  /** `query` is read and written by the history feature: what it is narrowed to. */
  | { readonly screen: 'history'; readonly query?: string }
  /** `id`: of the service that is shown. */
  | { readonly screen: 'services'; readonly id?: string }
  /** What is shown by what a person calls it: `vlan/20`, `prefix/10.0.20.0/24`. */
  | { readonly screen: 'networks'; readonly thing?: string }
  /** `query` is read and written by the proposals feature. */
  | { readonly screen: 'proposals'; readonly query: string }
  | { readonly screen: 'gallery' }
  | { readonly screen: 'unknown'; readonly hash: string };

export const deviceTabs = ['details', 'compare', 'facts'] as const;
export type DeviceTab = (typeof deviceTabs)[number];

const plainScreens = ['history', 'gallery'] as const;

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
  if (first === 'services') return { screen: 'services', ...(second !== '' && { id: second }) };
  if (first === 'networks') {
    const thing = parts.slice(1).join('/');
    return { screen: 'networks', ...(thing !== '' && { thing }) };
  }
  if (first === 'proposals') return { screen: 'proposals', query };
  const plain = plainScreens.find((screen) => screen === first);
  return plain === undefined ? { screen: 'unknown', hash } : { screen: plain };
}

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
      return route.id === undefined ? '#/services' : `#/services/${encodeURIComponent(route.id)}`;
    case 'networks':
      return route.thing === undefined
        ? '#/networks'
        : `#/networks/${route.thing.split('/').map(encodeURIComponent).join('/')}`;
    case 'proposals':
      return route.query === '' ? '#/proposals' : `#/proposals?${route.query}`;
    case 'unknown':
      return route.hash;
    default:
      return `#/${route.screen}`;
  }
}
