import { expect, it } from 'vitest';
import type { ClusterAction } from '../../../../shared/cluster/actions/action.ts';
import type { Notifier } from '../../../app/notify.ts';
import { createActingStore } from './acting-store.ts';

const restart = (name: string): ClusterAction => ({
  ...{ do: 'restart', kind: 'deployments.apps', namespace: 'shop', name },
});
const cordon: ClusterAction = { do: 'cordon', node: 'pi-1' };
const uncordon: ClusterAction = { do: 'uncordon', node: 'pi-1' };
const nameIn = (action: ClusterAction) => ('node' in action ? action.node : action.name);

interface Asked {
  readonly contextId: string;
  readonly action: ClusterAction;
  readonly hash?: string;
}

/** A host that refuses what is called `refused`, and changes what is called `changed` in between. */
function bed() {
  const ran: ClusterAction[] = [];
  const told: { text: string; undo?: (() => void) | undefined; partly?: boolean | undefined }[] =
    [];
  const looks: string[] = [];
  const actions = {
    async preview({ action }: Asked) {
      const name = nameIn(action);
      looks.push(name);
      if (name === 'slow') await new Promise((resolve) => setTimeout(resolve, 20));
      if (name === 'refused') throw new Error('You may not.');
      return { title: `About ${name}`, items: [], conflicts: [], undo: null, hash: `h-${name}` };
    },
    async run({ action, hash }: Asked) {
      const name = nameIn(action);
      if (name === 'changed' || hash !== `h-${name}`) throw new Error('It is not as it was.');
      ran.push(action);
      const undo = action.do === 'cordon' ? uncordon : null;
      return { says: `did ${action.do} of ${name}.`, undo, made: null };
    },
  };
  const notify: Notifier = {
    done: (text, { undo, partly } = {}) => void told.push({ text, undo, partly }),
    failed: ({ message }) => void told.push({ text: message }),
    outdated: () => {},
  };
  // Only what the store calls.
  const client = { cluster: { actions } } as unknown as Parameters<
    typeof createActingStore
  >[0]['client'];
  return { acting: createActingStore({ client, notify }), ran, told, looks };
}

it('does nothing that was not looked at, and tells what was done with a way back', async () => {
  const { acting, ran, told } = bed();
  expect(await acting.run('c')).toEqual([]);
  await acting.look('c', [cordon]);
  expect(ran).toEqual([]);
  expect(acting.store.getState().entries).toMatchObject([{ preview: { title: 'About pi-1' } }]);
  expect(await acting.run('c')).toHaveLength(1);
  expect(told).toMatchObject([{ text: 'Did cordon of pi-1.', partly: false }]);
  told[0]?.undo?.();
  await expect.poll(() => ran).toEqual([cordon, uncordon]);
  await expect.poll(() => told.at(-1)?.text).toBe('did uncordon of pi-1.');
});

it('does of several what can be done, once, and says which of them were not', async () => {
  const { acting, ran, told } = bed();
  const all = [restart('web'), restart('refused'), restart('changed')];
  await acting.look('c', all);
  expect(await acting.run('c')).toBeNull();
  expect(ran).toEqual([restart('web')]);
  const { entries } = acting.store.getState();
  expect(entries.map(({ done, failure }) => done?.says ?? failure?.message)).toEqual([
    'did restart of web.',
    'You may not.',
    'It is not as it was.',
  ]);
  expect(told).toMatchObject([{ text: 'Restarted 1 deployment, and not 2 others.', partly: true }]);
  // Pressed once more, it does not do again what is done.
  await acting.run('c');
  expect(ran).toEqual([restart('web')]);
});

it('shows what was asked for last, whichever is answered first', async () => {
  const { acting } = bed();
  const first = acting.look('c', [restart('slow')]);
  await acting.look('c', [restart('web')]);
  await first;
  expect(acting.store.getState()).toMatchObject({
    state: 'looked',
    entries: [{ preview: { title: 'About web' } }],
  });
});

it('looks at all of many, and leaves them when the dialog closes', async () => {
  const { acting, looks } = bed();
  await acting.look(
    'c',
    Array.from({ length: 50 }, (_, index) => restart(`web-${index}`)),
  );
  expect(new Set(looks).size).toBe(50);
  acting.leave();
  expect(acting.store.getState()).toEqual({ entries: [], state: 'looked' });
});
