import type { SearchHit } from '../../../shared/model/search.ts';
import type { Action } from '../actions/registry.ts';
import { type Route, routeOfThing } from '../routes.ts';

/** Marks that keep a name's direction to itself are no letters of it. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .replaceAll(/[\u2066-\u2069]/g, '')
    .trim();
const wordsOf = (text: string) => plain(text).split(/\s+/).filter(Boolean);

/** What the palette shows and finds an action by. */
export function shownTitle(action: Pick<Action, 'id' | 'group' | 'title'>): string {
  if (action.id === 'back' || action.id === 'forward') return `Go ${action.title.toLowerCase()}`;
  if (action.group !== 'Go to') return action.title;
  // A title of several words is a name and keeps its capital.
  return /\s/.test(action.title) ? `Go to: ${action.title}` : `Go to ${action.title.toLowerCase()}`;
}

/** Whether that is what the action is called. */
export function isCalled(action: Action, text: string): boolean {
  return [action.title, shownTitle(action)].some((title) => plain(title) === plain(text));
}

const nothing = 9;

/** How well an action answers: 0 is its very name. `nothing`: not at all. */
function rankOf(action: Action, text: string): number {
  const words = wordsOf(text);
  const typed = words.join(' ');
  const titles = [action.title, shownTitle(action)].map(plain);
  if (titles.includes(typed)) return 0;
  if (titles.some((title) => title.startsWith(typed))) return 1;
  const begins = (list: readonly string[]) =>
    words.every((word) => list.some((own) => own.startsWith(word)));
  const own = titles.flatMap(wordsOf);
  if (begins(own)) return 2;
  const all = [...own, ...wordsOf(action.group), ...(action.keywords ?? []).map(plain)];
  if (begins(all)) return 3;
  return words.every((word) => all.some((each) => each.includes(word))) ? 4 : nothing;
}

/** Actions whose title or keywords hold every word, the best answer first. */
export function matchActions(actions: readonly Action[], text: string): Action[] {
  return actions
    .map((action) => ({ action, rank: rankOf(action, text) }))
    .filter(({ rank }) => rank < nothing)
    .sort((a, b) => a.rank - b.rank)
    .map(({ action }) => action);
}

/** Shorter beginnings of a verb are rather those of a name. */
const shortestVerb = 3;
const verbs = ['open', 'refresh', 'collect', 'compare', 'facts', 'edit', 'history', 'delete'];

/** `delete pi-1` and `pi-1 delete`: what is to be done, and with what. Null: no verb, or nothing else. */
export function verbAndName(text: string): { verb: string; name: string } | null {
  const words = wordsOf(text);
  const isVerb = (word: string | undefined) =>
    word !== undefined &&
    word.length >= shortestVerb &&
    verbs.some((verb) => verb.startsWith(word));
  const [first, last] = [words[0], words.at(-1)];
  if (words.length < 2) return null;
  // `history of pi-1`, `facts of pi-1`
  const filler = words[1] === 'of' && words.length > 2 ? 2 : 1;
  if (first !== undefined && isVerb(first)) {
    return { verb: first, name: words.slice(filler).join(' ') };
  }
  if (last !== undefined && isVerb(last)) {
    return { verb: last, name: words.slice(0, -1).join(' ') };
  }
  return null;
}

/** Whether the person typed the very name of what was found. */
export function isNamed(hit: SearchHit, text: string): boolean {
  return plain(hit.title) === plain(text);
}

/** Where a hit leads. */
export function routeOfHit(hit: SearchHit): Route {
  switch (hit.kind) {
    case 'device':
    case 'address':
      // A virtual one lies on no device.
      return routeOfThing(hit.targetId === hit.id ? hit.kind : 'device', hit.targetId);
    case 'service':
      return { screen: 'services', id: hit.targetId };
    case 'vlan': {
      // The list knows a VLAN by its number, with which the host begins its second line.
      const number = /^VLAN (\d+)/.exec(hit.subtitle)?.[1];
      return { screen: 'networks', ...(number !== undefined && { thing: `vlan/${number}` }) };
    }
    case 'rack':
      return { screen: 'devices', query: `rack=${encodeURIComponent(hit.targetId)}` };
    default:
      return routeOfThing(hit.kind, hit.id);
  }
}
