import { expect, it } from 'vitest';
import type { Action } from '../actions/registry.ts';
import { isNamed, matchActions, routeOfHit, verbAndName } from './palette-search.ts';

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

it('puts the very name before what only holds it, and keywords last', () => {
  const more = [
    action('far', 'Compare settings with another'),
    action('key', 'Preferences', ['settings']),
    action('near', 'Settings for all'),
    action('named', 'Settings'),
  ];
  expect(matchActions(more, 'settings').map(({ id }) => id)).toEqual([
    'named',
    'near',
    'far',
    'key',
  ]);
});

it('reads what is to be done, and with what, from either end', () => {
  expect(verbAndName('delete pi-1')).toEqual({ verb: 'delete', name: 'pi-1' });
  expect(verbAndName('pi-1 hist')).toEqual({ verb: 'hist', name: 'pi-1' });
  expect(verbAndName('history of attic rack')).toEqual({ verb: 'history', name: 'attic rack' });
  expect(verbAndName('delete')).toBeNull();
  expect(verbAndName('rack attic')).toBeNull();
});

it('knows a name in any case and whatever marks its direction', () => {
  const hit = { kind: 'device', id: 'd', targetId: 'd', subtitle: '', deviceKind: null } as const;
  expect(isNamed({ ...hit, title: 'NAS' }, ' nas ')).toBe(true);
  expect(isNamed({ ...hit, title: 'nas-2' }, 'nas')).toBe(false);
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
  const vlan = { ...hit, kind: 'vlan', subtitle: 'VLAN 20 · storage' } as const;
  expect(routeOfHit(vlan)).toEqual({ screen: 'networks', thing: 'vlan/20' });
  const service = { ...hit, kind: 'service' } as const;
  expect(routeOfHit(service)).toEqual({ screen: 'services', id: 'd' });
  const floating = { ...hit, targetId: 'a' } as const;
  expect(routeOfHit(floating)).toEqual({ screen: 'thing', kind: 'address', id: 'a' });
});

it('leads anything else to its page', () => {
  const hit = { id: 'c', targetId: 'c', title: '', subtitle: '', deviceKind: null } as const;
  expect(routeOfHit({ ...hit, kind: 'cable' })).toEqual({
    screen: 'thing',
    kind: 'cable',
    id: 'c',
  });
  expect(routeOfHit({ ...hit, kind: 'site' })).toEqual({ screen: 'thing', kind: 'site', id: 'c' });
});
