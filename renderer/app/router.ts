import { createStore, type StoreApi } from 'zustand/vanilla';
import { tokenOf } from '../rpc/session.ts';
import { formatRoute, type ListedKind, parseRoute, type Route } from './routes.ts';
import type { ViewMemory } from './view-memory.ts';

export interface Router {
  readonly store: StoreApi<Route>;
  /** Whether one came from somewhere, and went back from somewhere. */
  readonly moves: StoreApi<{ readonly back: boolean; readonly forward: boolean }>;
  go(route: Route): void;
  /** Like `go`, but Back leads past it: for filters typed letter by letter. */
  replace(route: Route): void;
  back(): void;
  forward(): void;
  /** The address at which that list was last shown, with its filter and sorting. */
  listAddress(screen: ListScreen): string;
  /** Back to the list where the person just came from it, so that it stands as it was left. */
  up(screen: ListScreen): void;
  /** Goes on where the person was at the last start; nothing where they asked for a place now. */
  resume(address: string): void;
}

/** A list as the crumb of a page names it; that of a kind by the kind, of a cluster by its address. */
export type ListScreen =
  | 'devices'
  | 'jobs'
  | 'services'
  | 'networks'
  | `kinds/${ListedKind}`
  | `cluster/${string}`
  | `containers/${string}`;

function listOf(route: Route): string {
  if (route.screen === 'cluster' && route.object === undefined) {
    const { query: _, ...list } = route;
    return formatRoute(list).replace('#/', '');
  }
  if (route.screen === 'containers' && route.id === undefined) {
    const { query: _, ...list } = route;
    return formatRoute(list).replace('#/', '');
  }
  return route.screen === 'kind' ? `kinds/${route.kind}` : route.screen;
}

/** What the browser keeps with each entry of its history: the entry's place in ours. */
const stateKey = 'rackhelmEntry';
/** The addresses of the entries, for a window that is loaded anew. */
const storageKey = 'rackhelm-entries';

function placeOf(state: unknown): number | null {
  if (typeof state !== 'object' || state === null || !(stateKey in state)) return null;
  const place = state[stateKey];
  return typeof place === 'number' && Number.isInteger(place) && place >= 0 ? place : null;
}

function readEntries(storage: Storage): string[] {
  try {
    const read: unknown = JSON.parse(storage.getItem(storageKey) ?? '[]');
    return Array.isArray(read) ? read.filter((each) => typeof each === 'string') : [];
  } catch {
    // Written by something else; then the window begins anew.
    return [];
  }
}

export function createRouter(view: Window, memory: ViewMemory): Router {
  const { history, location, sessionStorage } = view;
  // A key in the address is no place, and nobody asked for one.
  const unasked = location.hash === '' || tokenOf(location.hash) !== null;
  const store = createStore<Route>(() => parseRoute(location.hash));
  const here = () => formatRoute(store.getState());

  let entries = readEntries(sessionStorage);
  let index = placeOf(history.state) ?? -1;
  if (index < 0 || entries[index] !== here()) [entries, index] = [[here()], 0];
  // Ours knows parts that scroll and come late; the browser's would only disturb it.
  history.scrollRestoration = 'manual';

  const moves = createStore(() => ({ back: index > 0, forward: index < entries.length - 1 }));
  const keep = () => {
    sessionStorage.setItem(storageKey, JSON.stringify(entries));
    moves.setState({ back: index > 0, forward: index < entries.length - 1 });
  };
  const mark = (address?: string) => history.replaceState({ [stateKey]: index }, '', address);
  mark();

  /** A place that was not there yet; what one could have gone forward to is gone. */
  function enter(route: Route): void {
    memory.leave(index);
    entries = [...entries.slice(0, index + 1), formatRoute(route)];
    index = entries.length - 1;
    memory.forgetFrom(index);
    keep();
    store.setState(route, true);
    memory.arrive(index);
  }

  view.addEventListener('popstate', ({ state }) => {
    // A key that is pasted in is no place to go to: the person stays where they are.
    if (tokenOf(location.hash) !== null) return;
    const route = parseRoute(location.hash);
    const place = placeOf(state);
    if (place === null || place >= entries.length) {
      // A link, or an address that was typed. The one that is shown already changes nothing.
      if (formatRoute(route) !== here()) enter(route);
      mark();
      return;
    }
    memory.leave(index);
    index = place;
    keep();
    store.setState(route, true);
    memory.arrive(index);
  });

  const replace = (route: Route) => {
    entries = entries.with(index, formatRoute(route));
    mark(formatRoute(route));
    keep();
    store.setState(route, true);
  };
  const go = (route: Route) => {
    if (formatRoute(route) === here()) return;
    enter(route);
    history.pushState({ [stateKey]: index }, '', formatRoute(route));
  };
  const listAddress = (screen: ListScreen) =>
    entries.slice(0, index + 1).findLast((address) => listOf(parseRoute(address)) === screen) ??
    `#/${screen}`;

  return {
    store,
    moves,
    go,
    replace,
    back: () => history.back(),
    forward: () => history.forward(),
    listAddress,
    up(screen) {
      const address = listAddress(screen);
      if (entries[index - 1] === address) history.back();
      else go(parseRoute(address));
    },
    resume(address) {
      const route = parseRoute(address);
      // Whoever went on meanwhile is not called back.
      const moved = entries.length > 1 || here() !== formatRoute({ screen: 'overview' });
      if (unasked && !moved && route.screen !== 'unknown') replace(route);
    },
  };
}
