import type { KubeObject } from './api.ts';
import type { Cluster } from './cluster.ts';
import {
  barePod,
  cronJob,
  daemonSet,
  deployment,
  disruptionBudget,
  localVolume,
  namespace,
  service,
  statefulSet,
} from './objects.ts';
import { until } from './wait.ts';

const route = {
  group: 'traefik.io',
  version: 'v1alpha1',
  kind: 'IngressRoute',
  plural: 'ingressroutes',
};

/** Traefik's own kind, as K3s brings it, with a schema that takes any of it. */
const routeDefinition: KubeObject = {
  apiVersion: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  metadata: { name: `${route.plural}.${route.group}` },
  spec: {
    group: route.group,
    names: { kind: route.kind, plural: route.plural, singular: 'ingressroute' },
    scope: 'Namespaced',
    versions: [
      {
        ...{ name: route.version, served: true, storage: true },
        schema: {
          openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true },
        },
      },
    ],
  },
};

const storageClass: KubeObject = {
  apiVersion: 'storage.k8s.io/v1',
  kind: 'StorageClass',
  metadata: {
    name: 'local-path',
    annotations: { 'storageclass.kubernetes.io/is-default-class': 'true' },
  },
  ...{ provisioner: 'rancher.io/local-path', volumeBindingMode: 'WaitForFirstConsumer' },
};

const shop = 'shop';
const media = 'media';

const ingress: KubeObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: { name: 'web', namespace: shop },
  spec: {
    ingressClassName: 'traefik',
    rules: [
      {
        host: 'shop.rack.example',
        http: {
          paths: [
            {
              path: '/',
              pathType: 'Prefix',
              backend: { service: { name: 'web', port: { number: 80 } } },
            },
          ],
        },
      },
    ],
  },
};

const ingressRoute: KubeObject = {
  apiVersion: `${route.group}/${route.version}`,
  kind: route.kind,
  metadata: { name: 'player', namespace: media },
  spec: {
    entryPoints: ['websecure'],
    routes: [
      {
        kind: 'Rule',
        match: 'Host(`media.rack.example`)',
        services: [{ name: 'player', port: 8096 }],
      },
    ],
  },
};

const networkPolicy: KubeObject = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'db-from-web', namespace: shop },
  spec: {
    podSelector: { matchLabels: { app: 'db' } },
    ingress: [
      { from: [{ podSelector: { matchLabels: { app: 'web' } } }], ports: [{ port: 5432 }] },
    ],
  },
};

const configuration: readonly KubeObject[] = [
  {
    ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: shop } },
    data: { 'app.conf': 'workers = 2\nlisten = 80\n' },
  },
  {
    ...{ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'db', namespace: shop } },
    stringData: { password: 'sample-password' },
  },
];

const databaseUrl = { DATABASE_URL: 'postgres://web@db.shop.svc.cluster.local:5432/shop' };

const workloads: readonly KubeObject[] = [
  deployment('web', {
    namespace: shop,
    replicas: 3,
    image: 'registry.example/web:2.1',
    env: databaseUrl,
  }),
  service('web', shop, 80),
  disruptionBudget('web', shop, 2),
  statefulSet('db', { namespace: shop, image: 'registry.example/postgres:16' }),
  service('db', shop, 5432),
  disruptionBudget('db', shop, 1),
  daemonSet('node-logs', { namespace: 'kube-system' }),
  deployment('player', { namespace: media, localData: true }),
  service('player', media, 8096),
  cronJob('backup', '17 3 * * *', { namespace: shop }),
  barePod('toolbox', { namespace: media }),
  // For a machine that this rack does not have.
  deployment('transcoder', { namespace: media, nodeSelector: { 'rackhelm.test/gpu': 'yes' } }),
  deployment('broken-image', {
    namespace: media,
    image: 'registry.example/no-such:1',
    byHand: true,
  }),
  deployment('crashing', { namespace: media, byHand: true }),
];

interface Pod {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly nodeName?: string;
    readonly containers: readonly { readonly name: string }[];
  };
}

export async function podsOf(
  cluster: Cluster,
  namespaceName: string,
  app: string,
): Promise<readonly Pod[]> {
  const path = `/api/v1/namespaces/${namespaceName}/pods?labelSelector=app%3D${app}`;
  return (await cluster.api.must('GET', path)).items;
}

/** Writes the status of a pod that kwok leaves alone, as its kubelet would. */
async function writeStatus(
  cluster: Cluster,
  app: string,
  state: Readonly<Record<string, unknown>>,
): Promise<void> {
  const scheduled = async () =>
    (await podsOf(cluster, media, app)).filter(({ spec }) => spec.nodeName);
  await until(`a pod of ${app} has a node`, async () => (await scheduled()).length > 0);
  for (const { metadata, spec } of await scheduled()) {
    const containers = spec.containers.map(({ name }) => ({
      name,
      image: '',
      imageID: '',
      ready: false,
      ...state,
    }));
    await cluster.api.must('PATCH', `/api/v1/namespaces/${media}/pods/${metadata.name}/status`, {
      type: 'application/strategic-merge-patch+json',
      body: { status: { phase: 'Pending', containerStatuses: containers } },
    });
  }
}

const failures: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'broken-image': {
    restartCount: 0,
    state: {
      waiting: {
        reason: 'ImagePullBackOff',
        message: 'Back-off pulling image "registry.example/no-such:1"',
      },
    },
  },
  crashing: {
    restartCount: 7,
    state: {
      waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s restarting failed container' },
    },
    lastState: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
  },
};

/** What a small lab runs, with what goes wrong in one. */
export async function applySample(cluster: Cluster): Promise<void> {
  await cluster.apply([namespace(shop), namespace(media), storageClass, routeDefinition]);
  const claim = { namespace: shop, name: 'data-db-0' };
  await cluster.apply([
    localVolume('pv-db-0', 'node-1', claim),
    ...configuration,
    networkPolicy,
    ingress,
  ]);
  await cluster.apply(workloads);
  await cluster.apply([ingressRoute]);
  for (const [app, state] of Object.entries(failures)) await writeStatus(cluster, app, state);
}
