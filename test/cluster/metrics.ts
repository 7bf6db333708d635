import type { KubeObject } from './api.ts';
import type { Cluster } from './cluster.ts';
import { until } from './wait.ts';

const group = 'metrics.k8s.io';
const name = 'metrics-server';
const namespace = 'kube-system';

/** Says to the API that metrics-server, which runs beside it, answers for a group of its own. */
function registration(cluster: Cluster, port: number): readonly KubeObject[] {
  return [
    {
      ...{ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace } },
      spec: { type: 'ExternalName', externalName: 'localhost' },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `v1beta1.${group}` },
      spec: {
        ...{ group, version: 'v1beta1', groupPriorityMinimum: 100, versionPriority: 100 },
        service: { name, namespace, port },
        caBundle: Buffer.from(cluster.authority.certificate).toString('base64'),
      },
    },
  ];
}

/** Returns once the API answers for the group; usage comes half a minute later. */
export async function registerMetrics(cluster: Cluster, port: number): Promise<void> {
  await cluster.apply(registration(cluster, port));
  await until('the API of metrics-server is served', async () => {
    return (await cluster.api.request('GET', `/apis/${group}/v1beta1/nodes`)).status === 200;
  });
}
