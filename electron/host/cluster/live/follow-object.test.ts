import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ObjectPage } from '../../../../shared/cluster/object-page.ts';
import { LiveBed, node, pod } from './trial/live-bed.ts';

let bed: LiveBed;

beforeEach(() => {
  bed = new LiveBed();
});
afterEach(() => bed.close());

describe('the page of an object', () => {
  const page = (
    kind: string,
    name: string,
    namespace: string | null = 'web',
  ): Promise<ObjectPage> =>
    bed.live.object({ contextId: 'home', kind, namespace, name }, bed.signal);
  const owner = (kind: string, name: string, uid: string) => ({
    apiVersion: 'apps/v1',
    kind,
    name,
    uid,
    controller: true,
  });

  beforeEach(() => {
    bed.cluster.put('nodes', node('pi-1'));
    bed.cluster.put('deployments.apps', {
      metadata: { name: 'app', namespace: 'web', uid: 'd' },
      spec: { selector: { matchLabels: { app: 'a' } } },
    });
    bed.cluster.put('replicasets.apps', {
      metadata: {
        name: 'app-1',
        namespace: 'web',
        uid: 'r',
        ownerReferences: [owner('Deployment', 'app', 'd')],
      },
    });
    bed.cluster.put('pods', {
      ...pod('app-1-x'),
      metadata: {
        name: 'app-1-x',
        namespace: 'web',
        uid: 'p',
        labels: { app: 'a' },
        annotations: { note: 'hi' },
        ownerReferences: [owner('ReplicaSet', 'app-1', 'r')],
      },
    });
    bed.cluster.put('services', {
      metadata: { name: 'front', namespace: 'web' },
      spec: { selector: { app: 'a' } },
    });
    bed.cluster.put('events', {
      metadata: { name: 'e1', namespace: 'web' },
      involvedObject: { kind: 'Pod', name: 'app-1-x', uid: 'p' },
      reason: 'BackOff',
      message: 'again',
      lastTimestamp: '2026-11-30T11:00:00Z',
      type: 'Warning',
    });
    bed.cluster.put('events', {
      metadata: { name: 'e2', namespace: 'web' },
      involvedObject: { uid: 'other' },
      reason: 'Other',
    });
  });

  it('knows who made a pod, where it runs, which services lead to it, and what happened to it', async () => {
    const found = await page('pods', 'app-1-x');
    expect(found.owners.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'replicasets.apps app-1',
      'deployments.apps app',
    ]);
    const related = found.related.map(({ one, name, presence }) => `${one} ${name} ${presence}`);
    expect(related).toEqual(expect.arrayContaining(['node pi-1 there', 'service front there']));
    expect(found.events.map(({ cells }) => cells.message)).toEqual(['again']);
    expect(found.containers).toMatchObject([
      { name: 'app', role: 'main', ready: true, status: { label: 'Running' } },
    ]);
    expect(found.yaml).toContain('nodeName: pi-1');
    expect(found.annotations).toEqual({ note: 'hi' });
  });

  it('knows all that a deployment made', async () => {
    const found = await page('deployments.apps', 'app');
    expect(found.owned.map(({ one, name }) => `${one} ${name}`)).toEqual([
      'replica set app-1',
      'pod app-1-x',
    ]);
    expect(found.related).toEqual([]);
  });

  it('stays when the object was deleted, and says so', async () => {
    const pages: ObjectPage[] = [];
    const run = async () => {
      const which = { contextId: 'home', kind: 'pods', namespace: 'web', name: 'app-1-x' };
      for await (const each of bed.live.followObject(which, bed.signal)) pages.push(each);
    };
    void run();
    await vi.waitFor(() => expect(pages.at(-1)?.gone).toBe(false), { timeout: 8_000 });
    bed.cluster.delete('pods', 'app-1-x', 'web');
    await vi.waitFor(
      () => expect(pages.at(-1)).toMatchObject({ gone: true, row: { name: 'app-1-x' } }),
      { timeout: 8_000 },
    );
  }, 20_000);

  it('says that there is none', async () => {
    await expect(page('pods', 'nobody')).rejects.toMatchObject({ code: 'KUBE_NOT_FOUND' });
  });

  it('never holds or shows the value of a secret, and gives one when asked by its name', async () => {
    const secret = {
      type: 'Opaque',
      data: { password: Buffer.from('hunter2').toString('base64') },
    };
    const annotations = {
      'kubectl.kubernetes.io/last-applied-configuration': JSON.stringify(secret),
    };
    bed.cluster.put('secrets', {
      metadata: { name: 'db', namespace: 'web', annotations },
      ...secret,
    });
    const found = await page('secrets', 'db');
    const table = await bed.list({ kind: 'secrets' });
    expect(JSON.stringify([found, table])).not.toMatch(/hunter2|aHVudGVyMg/);
    expect(found.keys).toEqual([{ key: 'password', bytes: 7 }]);
    const which = { contextId: 'home', kind: 'secrets', namespace: 'web', name: 'db' };
    expect(await bed.live.reveal({ ...which, key: 'password' }, bed.signal)).toMatchObject({
      text: 'hunter2',
    });
    await expect(bed.live.reveal({ ...which, key: 'toString' }, bed.signal)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('reads a whole object anew of which only a part is kept', async () => {
    const long = 'x'.repeat(1024 * 1024);
    bed.cluster.put('configmaps', {
      metadata: { name: 'big', namespace: 'web', annotations: { long } },
      data: { a: 'b' },
    });
    const found = await page('configmaps', 'big');
    expect(found).toMatchObject({ yamlCut: true, keys: [{ key: 'a', bytes: 1 }] });
    expect(found.yaml?.length).toBeLessThan(600_000);
  });
});
