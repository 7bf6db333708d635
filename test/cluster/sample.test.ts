import { expect, it } from 'vitest';
import { addNodes, applySample, describeCluster, fakeNode, podsOf, until } from './index.ts';

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
