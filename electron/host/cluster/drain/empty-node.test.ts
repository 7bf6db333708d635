import { beforeEach, describe, expect, it } from 'vitest';
import { usualDrain } from '../../../../shared/cluster/drain/options.ts';
import { KubeError } from '../../connections/kubernetes/index.ts';
import { FakeCluster } from '../live/trial/fake-cluster.ts';
import { type EmptyNodeOptions, emptyNode } from './empty-node.ts';

const owner = {
  apiVersion: 'apps/v1',
  kind: 'ReplicaSet',
  name: 'web',
  uid: 'web',
  controller: true,
};

describe('emptying a node', () => {
  let cluster: FakeCluster;
  /** How each eviction is answered, by the name of the pod. */
  let answers: Record<string, (KubeError | null)[]>;
  const told: string[] = [];

  beforeEach(() => {
    cluster = new FakeCluster();
    answers = {};
    told.length = 0;
    node('True');
  });

  const node = (ready: string) =>
    cluster.put('nodes', {
      metadata: { name: 'pi-1' },
      status: { conditions: [{ type: 'Ready', status: ready }] },
    });
  const pod = (name: string, over: { metadata?: object; spec?: object } = {}) =>
    cluster.put('pods', {
      metadata: { name, namespace: 'shop', ownerReferences: [owner], ...over.metadata },
      spec: { nodeName: 'pi-1', ...over.spec },
      status: { phase: 'Running' },
    });
  const evict: EmptyNodeOptions['client']['evict'] = async ({ name }) => {
    const [answer] = answers[name]?.splice(0, 1) ?? [];
    if (answer) throw answer;
    if (answer === undefined) cluster.delete('pods', name, 'shop');
  };
  /** What is here stands on one node. */
  const client = () => ({
    ...cluster.client,
    clockSkewMs: () => 0,
    follow: (
      ...[type, { fieldSelector: _, ...rest }]: Parameters<EmptyNodeOptions['client']['follow']>
    ) => cluster.client.follow(type, rest),
  });
  const empty = (over: Partial<EmptyNodeOptions> = {}) =>
    emptyNode({
      client: { ...client(), evict },
      ...{ node: 'pi-1', options: usualDrain, hasDaemonSet: () => true },
      signal: AbortSignal.timeout(20_000),
      log: (text) => told.push(text),
      progress: () => {},
      times: { againMs: 5, lookMs: 10, patienceMs: 20 },
      ...over,
    });
  const busy = new KubeError('KUBE_BUSY', 'No.', {
    status: 429,
    causes: [{ reason: 'DisruptionBudget', message: 'The budget web needs 2.', field: '' }],
  });

  it('is done at once where nothing is there', async () => {
    await expect(empty()).resolves.toBeUndefined();
  });

  it('asks again where a budget forbids it, and says once which', async () => {
    pod('web-1');
    answers['web-1'] = [busy, busy, busy];
    await empty();
    expect(told.filter((text) => text.includes('waits'))).toEqual([
      'shop/web-1 waits: The budget web needs 2.',
    ]);
  });

  it('counts a pod that is gone as gone', async () => {
    pod('web-1');
    answers['web-1'] = [new KubeError('KUBE_NOT_FOUND', 'Gone.', { status: 404 })];
    await empty();
    expect(told).toContain('shop/web-1 has ended.');
  });

  it('waits for a namespace that ends, and for an API that is away', async () => {
    pod('web-1');
    const causes = [{ reason: 'NamespaceTerminating', message: '', field: '' }];
    answers['web-1'] = [
      new KubeError('KUBE_FORBIDDEN', 'No.', { status: 403, causes }),
      new KubeError('KUBE_UNREACHABLE', 'Away.'),
      new KubeError('KUBE_FAILED', 'etcd is late.', { status: 500 }),
    ];
    await expect(empty()).resolves.toBeUndefined();
  });

  it('evicts the others before it fails at one of several budgets', async () => {
    pod('web-1');
    pod('web-2');
    const message = 'This pod has more than one PodDisruptionBudget, which is not supported.';
    answers['web-1'] = [new KubeError('KUBE_FAILED', message, { status: 500 })];
    await expect(empty()).rejects.toMatchObject({
      code: 'DRAIN_STOPPED',
      message: expect.stringContaining('shop/web-1'),
    });
    expect(told).toContain('shop/web-2 has ended.');
  });

  it('stops at a pod that nobody accepted', async () => {
    pod('alone', { metadata: { ownerReferences: [] } });
    await expect(empty()).rejects.toMatchObject({ code: 'DRAIN_STOPPED' });
  });

  it('ends where the node is down and its pods are overdue', async () => {
    pod('web-1', { metadata: { deletionTimestamp: '2026-01-01T00:00:00Z' } });
    node('Unknown');
    await expect(empty()).rejects.toMatchObject({ code: 'NODE_DOWN' });
  });

  it('ends where the same thing puts its pods back for ever', async () => {
    pod('web-0');
    let count = 0;
    const putsBack: EmptyNodeOptions['client']['evict'] = async ({ name }) => {
      // One more stays, so that the node is never seen empty in between.
      if (name === 'web-slow') return;
      cluster.delete('pods', name, 'shop');
      count += 1;
      pod(`web-${count}`, { metadata: { uid: `uid-${count}` } });
    };
    pod('web-slow');
    await expect(empty({ client: { ...client(), evict: putsBack } })).rejects.toMatchObject({
      code: 'DRAIN_STOPPED',
      message: expect.stringContaining('back'),
    });
  });

  it('ends with the signal', async () => {
    pod('web-1');
    answers['web-1'] = Array.from({ length: 1_000 }, () => busy);
    const stop = new AbortController();
    setTimeout(() => stop.abort('cancel'), 30);
    await expect(empty({ signal: stop.signal })).rejects.toBe('cancel');
  });
});
