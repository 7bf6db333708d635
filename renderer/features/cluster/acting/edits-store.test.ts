import { expect, it } from 'vitest';
import type { EditableObject } from '../../../../shared/cluster/actions/preview.ts';
import type { Notifier } from '../../../app/notify.ts';
import { createEditsStore, editKey } from './edits-store.ts';

const of = { kind: 'configmaps', namespace: 'shop', name: 'conf' };
const key = editKey('c', of);

/** A cluster with one object, which others change. */
function bed() {
  let now: EditableObject | null = { ...of, uid: 'u', resourceVersion: '1', yaml: 'data: {}\n' };
  const failures: string[] = [];
  const editable = async () => {
    if (now === null) throw new Error('It is gone.');
    return now;
  };
  const notify: Notifier = {
    done: () => {},
    failed: ({ message }) => void failures.push(message),
    outdated: () => {},
  };
  // Only what the store calls.
  const client = { cluster: { actions: { editable } } } as unknown as Parameters<
    typeof createEditsStore
  >[0]['client'];
  const edits = createEditsStore({ client, notify });
  const change = (part: Partial<EditableObject> | null) => {
    now = now === null || part === null ? null : { ...now, ...part };
  };
  return { edits, change, failures, edit: () => edits.store.getState()[key] };
}

it('keeps what was written while one looks elsewhere', async () => {
  const { edits, edit } = bed();
  await edits.begin('c', of);
  edits.write(key, 'data: { a: b }\n');
  await edits.begin('c', of);
  expect(edit()?.text).toBe('data: { a: b }\n');
});

it('goes on where only the cluster itself wrote to the object', async () => {
  const { edits, change, edit } = bed();
  await edits.begin('c', of);
  change({ resourceVersion: '2' });
  expect(await edits.renew('c', key)).toBe(true);
  expect(edit()).toMatchObject({ opened: { resourceVersion: '2' }, newer: null });
});

it('stops where somebody else changed it, and goes on with either text', async () => {
  const { edits, change, edit } = bed();
  await edits.begin('c', of);
  edits.write(key, 'mine');
  change({ resourceVersion: '2', yaml: 'theirs' });
  expect(await edits.renew('c', key)).toBe(false);
  expect(edit()).toMatchObject({ text: 'mine', newer: { yaml: 'theirs' } });
  edits.keepMine(key);
  expect(edit()).toMatchObject({ text: 'mine', opened: { resourceVersion: '2' }, newer: null });
  change({ yaml: 'theirs again' });
  await edits.renew('c', key);
  edits.takeNewer(key);
  expect(edit()).toMatchObject({ text: 'theirs again', opened: { yaml: 'theirs again' } });
});

it('takes one that was made anew under the same name for another', async () => {
  const { edits, change } = bed();
  await edits.begin('c', of);
  change({ uid: 'another' });
  expect(await edits.renew('c', key)).toBe(false);
});

it('says why it cannot be opened, and keeps the text of one that is gone', async () => {
  const { edits, change, failures, edit } = bed();
  await edits.begin('c', of);
  edits.write(key, 'mine');
  change(null);
  expect(await edits.renew('c', key)).toBe(false);
  expect([edit()?.text, failures]).toEqual(['mine', ['It is gone.']]);
  edits.leave(key);
  await edits.begin('c', of);
  expect([edit(), failures.length]).toEqual([undefined, 2]);
});
