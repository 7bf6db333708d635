import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../cluster/api.ts';
import type { Etcd } from './etcd.ts';
import type { Options } from './options.ts';

const group = 'rbac.authorization.k8s.io';
const rbac = `/apis/${group}/v1`;
const apply = { type: 'application/apply-patch+yaml' };

/** Agents read all nodes, to find the way to the pods of each. */
export async function allowNodes(api: Api): Promise<void> {
  const name = 'system:k3s-controller';
  const place = (kind: string) =>
    `${rbac}/${kind}/${encodeURIComponent(name)}?fieldManager=k3s&force=true`;
  const apiVersion = `${group}/v1`;
  const rules = [
    { apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['get', 'list', 'watch', 'patch'] },
  ];
  const role = { apiVersion, kind: 'ClusterRole', metadata: { name }, rules };
  await api.must('PATCH', place('clusterroles'), { ...apply, body: role });
  await api.must('PATCH', place('clusterrolebindings'), {
    ...apply,
    body: {
      ...{ apiVersion, kind: 'ClusterRoleBinding', metadata: { name } },
      subjects: [{ kind: 'User', name, apiGroup: group }],
      roleRef: { apiGroup: group, kind: 'ClusterRole', name },
    },
  });
}

interface Marks {
  readonly name: string;
  readonly etcd: Etcd | null;
  readonly options: Options;
}

/** By which a node is known to be a server, once it has registered. */
export async function markServer(api: Api, { name, etcd, options }: Marks): Promise<void> {
  const roles = ['control-plane', ...(etcd ? ['etcd'] : [])];
  const labels = Object.fromEntries(
    roles.map((role) => [`node-role.kubernetes.io/${role}`, 'true']),
  );
  const annotations = {
    'k3s.io/node-args': JSON.stringify(['server', ...options.asArguments()]),
    ...(etcd ? { 'etcd.k3s.cattle.io/node-name': etcd.name } : {}),
  };
  const body = { metadata: { labels, annotations } };
  const type = 'application/merge-patch+json';
  for (;;) {
    const { status } = await api.request('PATCH', `/api/v1/nodes/${name}`, { type, body });
    if (status === 200) return;
    await sleep(200);
  }
}
