import type { SearchHit } from '../../../shared/model/inventory.ts';
import type { Action } from '../actions/registry.ts';
import type { Route } from '../routes.ts';

/** Actions whose title or keywords hold every word, those that begin with the text first. */
export function matchActions(actions: readonly Action[], text: string): Action[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const start = words.join(' ');
  const matches = actions.filter((action) => {
    const all = [action.title, action.group, ...(action.keywords ?? [])].join(' ').toLowerCase();
    return words.every((word) => all.includes(word));
  });
  const rank = (action: Action) => (action.title.toLowerCase().startsWith(start) ? 0 : 1);
  return matches.sort((a, b) => rank(a) - rank(b));
}

/** Where a hit leads. Things without a page of their own open the list that they stand in. */
export function routeOfHit(hit: SearchHit): Route {
  switch (hit.kind) {
    case 'device':
    case 'address':
      return { screen: 'device', id: hit.targetId, tab: 'details' };
    case 'service':
      return { screen: 'services' };
    case 'vlan':
      return { screen: 'networks' };
    case 'rack':
      return { screen: 'devices', query: `rack=${encodeURIComponent(hit.targetId)}` };
    case 'site':
      return { screen: 'overview' };
  }
}
