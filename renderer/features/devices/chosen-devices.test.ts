import { expect, it } from 'vitest';
import { chosenDevices } from './chosen-devices.ts';

const table = { pages: new Map(), selected: new Set(['d1', 'd2']) };
const picked = [{ id: 'd3', name: 'nas' }];
const none = { pages: new Map(), selected: new Set<string>() };

it('is the selection of the table while the table is shown', () => {
  const route = { screen: 'devices', query: '' } as const;
  expect(chosenDevices({ route, table, picked })).toEqual({
    ids: ['d1', 'd2'],
    name: '2 devices',
  });
  expect(chosenDevices({ route, table: none, picked })).toBeNull();
});

it('is what is picked in the racks while they are drawn', () => {
  for (const route of [{ screen: 'racks' }, { screen: 'racks', view: 'elevations' }] as const) {
    expect(chosenDevices({ route, table, picked })).toEqual({ ids: ['d3'], name: 'nas' });
  }
  const two = [...picked, { id: 'd4', name: 'ups' }];
  const chosen = chosenDevices({ route: { screen: 'racks' }, table, picked: two });
  expect(chosen).toEqual({ ids: ['d3', 'd4'], name: '2 devices' });
});

it('is nothing that is out of sight', () => {
  for (const route of [{ screen: 'racks', view: 'cables' }, { screen: 'overview' }] as const) {
    expect(chosenDevices({ route, table, picked })).toBeNull();
  }
});
