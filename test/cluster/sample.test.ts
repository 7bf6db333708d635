import { expect, it } from 'vitest';
import {
  addNodes,
  applySample,
  deployment,
  describeCluster,
  fakeNode,
  podsOf,
  until,
} from './index.ts';

interface Usage {
  readonly metadata: { readonly name: string };
  readonly usage: { readonly cpu: string; readonly memory: string };
}

describeCluster('the sample of workloads', { nodes: 2 }, (cluster) => {
  it('has what runs, what waits and what fails', async () => {
    await addNodes(cluster(), [fakeNode('pi', { architecture: 'arm64', memory: '4Gi' })]);
    await applySample(cluster());
    const reasons = await Promise.all(
      ['broken-image', 'crashing', 'transcoder'].map(async (app) => {
        const [pod] = await podsOf(cluster(), 'media', app);
        return cluster().kubectl(['get', 'pod', '-n', 'media', pod?.metadata.name ?? '']);
      }),
    );
    expect(reasons[0]).toContain('ImagePullBackOff');
    expect(reasons[1]).toContain('CrashLoopBackOff');
    expect(reasons[2]).toContain('Pending');
    expect(await cluster().kubectl(['get', 'ingressroutes', '-n', 'media', '-o', 'name'])).toBe(
      'ingressroute.traefik.io/player\n',
    );
    await until('the volume of the database is bound', async () => {
      const path = '/api/v1/namespaces/shop/persistentvolumeclaims/data-db-0';
      return (await cluster().api.must('GET', path)).status.phase === 'Bound';
    });
  });
});

describeCluster('the usage of fake pods', { nodes: 3, metrics: true }, (cluster) => {
  it('tells what nodes and pods use, by metrics-server', async () => {
    await cluster().apply([deployment('busy', { namespace: 'default', replicas: 6 })]);
    const read = async (what: string): Promise<readonly Usage[]> =>
      (await cluster().api.must('GET', `/apis/metrics.k8s.io/v1beta1/${what}`)).items;
    await until(
      'the usage of nodes is known',
      async () => (await read('nodes')).length === 3 && (await read('pods')).length > 5,
      { timeoutMs: 50_000, everyMs: 500 },
    );
    const nodes = await read('nodes');
    expect(nodes.map(({ metadata }) => metadata.name).sort()).toEqual([
      'node-1',
      'node-2',
      'node-3',
    ]);
    for (const { usage } of nodes) expect(usage.memory).toMatch(/^\d+[KM]i$/);
  });
});
