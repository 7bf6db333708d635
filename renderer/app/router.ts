import { createStore, type StoreApi } from 'zustand/vanilla';
import { tokenOf } from '../rpc/session.ts';
import { formatRoute, parseRoute, type Route } from './routes.ts';

export interface Router {
  readonly store: StoreApi<Route>;
  go(route: Route): void;
  /** Like `go`, but Back leads past it: for filters typed letter by letter. */
  replace(route: Route): void;
}

export function createRouter(view: Window): Router {
  const store = createStore<Route>(() => parseRoute(view.location.hash));
  view.addEventListener('hashchange', () => {
    // A key that is pasted in is no place to go to: the person stays where they are.
    if (tokenOf(view.location.hash) !== null) return;
    store.setState(parseRoute(view.location.hash), true);
  });
  return {
    store,
    go(route) {
      view.location.hash = formatRoute(route);
    },
    replace(route) {
      view.history.replaceState(null, '', formatRoute(route));
      store.setState(route, true);
    },
  };
}
