import { expect, it } from 'vitest';
import type { ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { ServedKinds } from './served-kinds.ts';

const type = (resource: string): ResourceType => ({
  ...{ group: '', version: 'v1', resource, kind: resource, namespaced: true, verbs: [] },
});

function bed() {
  let now = 0;
  let [asked, fails] = [0, false];
  const served = [type('pods')];
  const client = {
    async discovery() {
      asked += 1;
      if (fails) throw new Error('It does not answer.');
      return { types: [...served], failed: [] };
    },
  };
  const kinds = new ServedKinds(() => now);
  return {
    served,
    asked: () => asked,
    later(ms: number) {
      now += ms;
    },
    fail(wish: boolean) {
      fails = wish;
    },
    find: (name: string) => kinds.find('c', client, ({ resource }) => resource === name),
  };
}

it('asks once for many objects at the same time', async () => {
  const { find, asked } = bed();
  const all = await Promise.all(Array.from({ length: 50 }, () => find('pods')));
  expect([all.every((each) => each !== undefined), asked()]).toEqual([true, 1]);
});

it('asks anew for a kind that it does not know, and after a while', async () => {
  const { find, asked, served, later } = bed();
  await find('pods');
  served.push(type('racks'));
  expect(await find('racks')).toBeDefined();
  expect(asked()).toBe(2);
  later(61_000);
  await find('pods');
  expect(asked()).toBe(3);
  expect(await find('nothing')).toBeUndefined();
});

it('does not keep that nothing answered', async () => {
  const { find, fail } = bed();
  fail(true);
  await expect(find('pods')).rejects.toThrow('It does not answer.');
  fail(false);
  expect(await find('pods')).toBeDefined();
});
