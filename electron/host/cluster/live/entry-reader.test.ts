import { afterAll, describe, expect, it } from 'vitest';
import { customKind } from '../../../../shared/cluster/custom/custom-kind.ts';
import { clusterKind } from '../../../../shared/cluster/kinds/index.ts';
import { type EntryReaders, readersHere, readersOnThread } from './entry-reader.ts';

const secrets = clusterKind('secrets');
if (secrets === undefined) throw new Error('no secrets');
const widgets = customKind({
  group: 'example.org',
  resource: 'widgets',
  kind: 'Widget',
  namespaced: true,
  columns: [],
});

const object = (name: string, more: object = {}) => ({
  metadata: { name, namespace: 'default', uid: `uid-${name}`, resourceVersion: '7' },
  ...more,
});
const answer = (...items: object[]) =>
  Buffer.from(JSON.stringify({ metadata: { resourceVersion: '9' }, items }));

describe.for<[string, () => EntryReaders]>([
  ['here', readersHere],
  ['on a thread', readersOnThread],
])('entries that are read %s', ([, make]) => {
  const readers = make();
  afterAll(() => readers.close());

  it('are those of a page, however small its memory is', async () => {
    const page = await readers.of(widgets).page(answer(object('a'), { metadata: {} }, object('b')));
    expect(page).toMatchObject({ resourceVersion: '9', continue: null });
    expect(page?.items.map(({ row }) => row.key)).toEqual(['default/a', 'default/b']);
    // Nobody else's memory went along.
    expect(Buffer.from('whole').toString()).toBe('whole');
  });

  it('hold no value of a secret', async () => {
    const told = {
      type: 'MODIFIED',
      object: object('s', { kind: 'Secret', data: { key: 'aHVudGVy' } }),
    };
    const line = await readers.of(secrets).line(JSON.stringify(told));
    expect(line).toMatchObject({ type: 'MODIFIED', resourceVersion: '7' });
    expect(JSON.stringify(line)).toContain('key');
    expect(JSON.stringify(line)).not.toContain('aHVudGVy');
  });

  it('tell what is no list and no event, and pass on what the API refuses', async () => {
    const reader = readers.of(widgets);
    expect(await reader.page(Buffer.from('<html>'))).toBeNull();
    expect(await reader.line('{"type":"MADE","object":{"metadata":{}}}')).toBeNull();
    expect(await reader.line('{"type":"ERROR","object":{"code":410}}')).toEqual({
      type: 'ERROR',
      status: '{"code":410}',
    });
    expect(
      await reader.line('{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"12"}}}'),
    ).toEqual({ type: 'BOOKMARK', resourceVersion: '12' });
  });
});
