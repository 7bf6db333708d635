import { expect, it } from 'vitest';
import type { Action } from '../actions/registry.ts';
import { matchActions, routeOfHit } from './palette-search.ts';

const icon = (() => null) as unknown as Action['icon']; // never drawn here
const action = (id: string, title: string, keywords: string[] = []): Action => ({
  id,
  title,
  keywords,
  group: 'View',
  icon,
  run: () => undefined,
});
const actions = [
  action('sample', 'Open the sample rack', ['demo']),
  action('rack', 'Rack view'),
  action('dark', 'Theme: dark'),
];
const ids = (text: string) => matchActions(actions, text).map(({ id }) => id);

it('finds by every word, in titles and keywords', () => {
  expect(ids('rack open')).toEqual(['sample']);
  expect(ids('DEMO')).toEqual(['sample']);
  expect(ids('nothing')).toEqual([]);
});

it('puts a title that begins so first, and shows all for no text', () => {
  expect(ids('rack')).toEqual(['rack', 'sample']);
  expect(ids('')).toHaveLength(3);
});

it('leads an address to its device', () => {
  const hit = {
    kind: 'address',
    id: 'a',
    targetId: 'd',
    title: '',
    subtitle: '',
    deviceKind: null,
  } as const;
  expect(routeOfHit(hit)).toEqual({ screen: 'device', id: 'd', tab: 'details' });
});
