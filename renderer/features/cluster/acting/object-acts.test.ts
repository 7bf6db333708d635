import { expect, it } from 'vitest';
import { createDialogStore } from '../../../app/dialogs.ts';
import type { Route } from '../../../app/routes.ts';
import { type ActedRow, actsOn } from './object-acts.ts';

const row = (name: string, cells: ActedRow['cells'] = {}): ActedRow => ({
  ...{ namespace: 'shop', name, cells },
});

function bed() {
  const dialogs = createDialogStore();
  const [gone, begun]: [Route[], string[]] = [[], []];
  const needs = {
    dialogs,
    router: { go: (route: Route) => void gone.push(route) },
    cluster: {
      edits: { begin: async (_: string, { name }: { name: string }) => void begun.push(name) },
    },
  };
  const acts = (kind: string, rows: readonly ActedRow[]) =>
    actsOn(needs, { contextId: 'c', kind, title: 'Things', rows });
  return { acts, dialogs, gone, begun };
}
const titles = (all: ReturnType<typeof actsOn>) => all.map(({ short }) => short);

it('offers what each kind can do, and for several what is the same for each', () => {
  const { acts } = bed();
  const web = row('web', { ready: '2/3' });
  expect(titles(acts('deployments.apps', [web]))).toEqual([
    ...['Restart', 'Scale', 'Roll back', 'Edit YAML', 'Delete'],
  ]);
  expect(titles(acts('deployments.apps', [web, row('api')]))).toEqual([
    'Restart',
    'Scale',
    'Delete',
  ]);
  expect(titles(acts('secrets', [row('token')]))).toEqual(['Delete']);
  expect(acts('events', [row('e')])).toEqual([]);
  expect(acts('pods', [])).toEqual([]);
});

it('cordons those that take pods, and lets take pods those that do not', () => {
  const { acts, dialogs } = bed();
  const nodes = [row('pi-1', { cordoned: true }), row('pi-2', { cordoned: false })];
  const all = acts('nodes', nodes);
  expect(titles(all)).toEqual(['Cordon', 'Uncordon', 'Delete']);
  all[0]?.run();
  expect(dialogs.getState()).toMatchObject({ actions: [{ do: 'cordon', node: 'pi-2' }] });
});

it('begins with as many pods as there are to be, and with the containers of a page', () => {
  const { acts, dialogs } = bed();
  acts('deployments.apps', [row('web', { ready: '0/3' })])
    .find(({ short }) => short === 'Scale')
    ?.run();
  expect(dialogs.getState()).toMatchObject({ actions: [{ do: 'scale', replicas: 3 }] });
  // A list does not know them.
  expect(titles(acts('pods', [row('web-1')]))).not.toContain('Debug');
});

it('opens what takes a page of its own there', () => {
  const { acts, gone, begun } = bed();
  const all = acts('configmaps', [row('conf')]);
  all.find(({ short }) => short === 'Edit YAML')?.run();
  expect(gone).toMatchObject([{ kind: 'configmaps', tab: 'yaml', object: { name: 'conf' } }]);
  expect(begun).toEqual(['conf']);
});
