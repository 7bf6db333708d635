import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { KubeObject, ResourceType } from '../../../../shared/cluster/kube-object.ts';
import type { FollowEvent, KubeClient, WatchEvent } from './types.ts';

export interface ApiUnderTest {
  readonly client: KubeClient;
  /** One that nobody else writes to, and that is empty of config maps but for what the cluster puts there. */
  readonly namespace: string;
  close(): Promise<void>;
}

export const configMaps: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  kind: 'ConfigMap',
  namespaced: true,
  verbs: [],
};
const signal = AbortSignal.timeout(60_000);

/** What every API does, the one of tests too. */
export function kubeClientContract(name: string, open: () => Promise<ApiUnderTest>): void {
  describe(`${name} as the API of a cluster`, () => {
    let api: ApiUnderTest;
    beforeAll(async () => {
      api = await open();
    }, 60_000);
    afterAll(() => api.close());
    const bed = () => ({
      client: api.client,
      namespace: api.namespace,
      add: (name: string, data: Record<string, string> = {}) =>
        api.client.create(
          configMaps,
          {
            apiVersion: 'v1',
            kind: 'ConfigMap',
            metadata: { name, labels: { of: 'contract' } },
            data,
          },
          { namespace: api.namespace, signal },
        ),
    });
    listsAndWatches(bed);
    writes(bed);
    refusals(bed);
    tellsOfItself(bed);
  });
}

interface Bed {
  readonly client: KubeClient;
  readonly namespace: string;
  add(name: string, data?: Record<string, string>): Promise<KubeObject>;
}

const names = (objects: readonly KubeObject[]) => objects.map(({ metadata }) => metadata.name);

function listsAndWatches(bed: () => Bed): void {
  it('lists in pages, each object whole but for who manages its fields', async () => {
    const { client, namespace, add } = bed();
    for (const name of ['page-1', 'page-2', 'page-3']) await add(name, { key: name });
    const ours = { namespace, labelSelector: 'of=contract', limit: 2, signal };
    const pages = await Array.fromAsync(client.list(configMaps, ours));
    expect(pages.map(({ items }) => names(items))).toEqual([['page-1', 'page-2'], ['page-3']]);
    expect(pages.map((page) => page.continue === null)).toEqual([false, true]);
    expect(pages[0]?.items[0]).toMatchObject({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { key: 'page-1' },
    });
    expect(pages[0]?.items[0]?.metadata).not.toHaveProperty('managedFields');
  });

  it('watches from where a list ended, until it is left', async () => {
    const { client, namespace, add } = bed();
    const [page] = await Array.fromAsync(
      client.list(configMaps, { namespace, limit: 500, signal }),
    );
    const leave = new AbortController();
    const seen: WatchEvent[] = [];
    const { resourceVersion = '' } = page ?? {};
    for await (const event of client.watch(configMaps, {
      namespace,
      resourceVersion,
      signal: leave.signal,
    })) {
      seen.push(event);
      if (event.type === 'OPEN') {
        const { metadata } = await add('watched');
        const which = { namespace, name: 'watched' };
        await client.patch(configMaps, which, {
          kind: 'merge',
          patch: { data: { a: '1' } },
          signal,
        });
        await client.delete(configMaps, which, { uid: metadata.uid, signal });
      }
      if (event.type === 'DELETED') leave.abort();
    }
    expect(seen.filter(({ type }) => type !== 'BOOKMARK').map(({ type }) => type)).toEqual([
      'OPEN',
      'ADDED',
      'MODIFIED',
      'DELETED',
      'END',
    ]);
    expect(seen.at(-1)).toMatchObject({ reason: 'left', error: null });
  });

  it('follows: a list, then what changes', async () => {
    const { client, namespace, add } = bed();
    const leave = new AbortController();
    const seen: string[] = [];
    const tell = (event: FollowEvent) =>
      event.type === 'page'
        ? `page ${event.items.length > 0}`
        : 'object' in event
          ? `${event.type} ${event.object.metadata.name}`
          : event.type;
    await add('followed');
    for await (const event of client.follow(configMaps, { namespace, signal: leave.signal })) {
      seen.push(tell(event));
      if (event.type === 'listed') {
        await client.delete(configMaps, { namespace, name: 'followed' }, { signal });
      }
      if (event.type === 'delete') leave.abort();
    }
    expect(seen).toEqual(['page true', 'listed', 'delete followed']);
  });
}

function writes(bed: () => Bed): void {
  it('creates, replaces, patches and deletes', async () => {
    const { client, namespace, add } = bed();
    const made = await add('written', { a: '1' });
    const which = { namespace, name: 'written' };
    const replaced = await client.replace(configMaps, which, {
      object: { ...made, data: { b: '2' } },
      signal,
    });
    expect(replaced).toMatchObject({ data: { b: '2' }, metadata: { uid: made.metadata.uid } });
    await client.delete(configMaps, which, { signal });
    await expect(client.get(configMaps, which, { signal })).rejects.toMatchObject({
      code: 'KUBE_NOT_FOUND',
      status: 404,
      reason: 'NotFound',
    });
  });

  it('keeps nothing of what is only tried', async () => {
    const { client, namespace } = bed();
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'tried' },
      data: { a: '1' },
    };
    const tried = await client.create(configMaps, object, { namespace, dryRun: true, signal });
    expect(tried).toMatchObject({ data: { a: '1' } });
    const which = { namespace, name: 'tried' };
    await expect(client.get(configMaps, which, { signal })).rejects.toMatchObject({ status: 404 });
  });

  it('applies, names who manages what it would take, and takes it when told to', async () => {
    const { client, namespace } = bed();
    const which = { namespace, name: 'applied' };
    const object = (a: string) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'applied', namespace },
      data: { a },
    });
    await client.apply(configMaps, which, {
      object: object('1'),
      fieldManager: 'somebody',
      signal,
    });
    await expect(
      client.apply(configMaps, which, { object: object('2'), signal }),
    ).rejects.toMatchObject({
      code: 'KUBE_CONFLICT',
      causes: [{ field: '.data.a', message: expect.stringContaining('somebody') }],
    });
    const taken = await client.apply(configMaps, which, {
      object: object('2'),
      force: true,
      signal,
    });
    expect(taken).toMatchObject({ data: { a: '2' } });
  });
}

function refusals(bed: () => Bed): void {
  it('says of a second one that it is there, and of an old version that it changed', async () => {
    const { client, namespace, add } = bed();
    const made = await add('twice');
    await expect(add('twice')).rejects.toMatchObject({
      code: 'KUBE_CONFLICT',
      reason: 'AlreadyExists',
    });
    const which = { namespace, name: 'twice' };
    await client.patch(configMaps, which, { kind: 'merge', patch: { data: { a: '1' } }, signal });
    await expect(client.replace(configMaps, which, { object: made, signal })).rejects.toMatchObject(
      { code: 'KUBE_CONFLICT', reason: 'Conflict' },
    );
  });

  it('deletes only the one that was meant', async () => {
    const { client, namespace, add } = bed();
    await add('meant');
    const which = { namespace, name: 'meant' };
    const uid = '00000000-0000-4000-8000-000000000000';
    await expect(client.delete(configMaps, which, { uid, signal })).rejects.toMatchObject({
      code: 'KUBE_CONFLICT',
    });
    await client.delete(configMaps, which, { dryRun: true, signal });
    expect(await client.get(configMaps, which, { signal })).toMatchObject({
      metadata: { name: 'meant' },
    });
  });

  it('says what is wrong with an object', async () => {
    const { add } = bed();
    await expect(add('Not A Name')).rejects.toMatchObject({
      code: 'KUBE_INVALID',
      causes: [{ field: 'metadata.name' }],
    });
  });

  it('lets no name lead elsewhere', async () => {
    const { client, namespace } = bed();
    for (const name of ['..', '../../../version', '', 'a/b?c#d'])
      await expect(client.get(configMaps, { namespace, name }, { signal })).rejects.toMatchObject({
        code: expect.stringMatching(/KUBE_(NOT_FOUND|INVALID)/),
      });
  });
}

function tellsOfItself(bed: () => Bed): void {
  it('tells its version, that it is ready, and what it serves', async () => {
    const { client } = bed();
    expect(await client.version({ signal })).toMatchObject({
      gitVersion: expect.stringMatching(/^v1\./),
    });
    expect(await client.request({ path: '/readyz', signal })).toBe('ok');
    const { types } = await client.discovery({ signal });
    expect(types).toContainEqual(
      expect.objectContaining({
        group: '',
        version: 'v1',
        resource: 'pods',
        kind: 'Pod',
        namespaced: true,
      }),
    );
    const pods = types.find(({ resource }) => resource === 'pods');
    expect(pods?.verbs).toContain('watch');
    expect(pods?.subresources).toContain('log');
  });
}
