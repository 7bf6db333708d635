import type { ClusterKind, ReadContext, Reading } from '../kind.ts';
import type { Reference } from '../links.ts';
import { askedBy, type Container, isSidecar, type Pod, podSchema } from '../pods/pod.ts';
import { podStatus } from '../pods/pod-status.ts';
import { waitsFor } from '../pods/pod-waits.ts';
import { column } from '../row.ts';
import { type ClusterStatus, said, statusOf } from '../status.ts';

export const pods: ClusterKind = {
  id: 'pods',
  group: '',
  resource: 'pods',
  kind: 'Pod',
  title: 'Pods',
  one: 'pod',
  namespaced: true,
  columns: [
    column('ready', 'Ready', 'ratio'),
    column('restarts', 'Restarts', 'number'),
    column('node', 'Node', 'text', { refers: 'nodes' }),
    column('cpuUsed', 'CPU used', 'cores'),
    column('memoryUsed', 'Memory used', 'bytes'),
    column('cpuAsked', 'CPU asked', 'cores', { extra: true }),
    column('memoryAsked', 'Memory asked', 'bytes', { extra: true }),
    column('memoryLimit', 'Memory limit', 'bytes', { extra: true }),
    column('restartedAt', 'Last restart', 'time', { extra: true }),
    column('ip', 'Address', 'text', { extra: true }),
    column('owner', 'Made by', 'text', { extra: true }),
    column('images', 'Images', 'list', { extra: true }),
    column('quality', 'Class', 'text', { extra: true }),
  ],
  needs: waitsFor,
  read(object, context): Reading {
    const pod = podSchema.parse(object);
    const status = podStatus(pod, context);
    const [owner] = context.metadata.ownerReferences;
    return {
      status,
      cells: {
        ...countCells(pod),
        node: pod.spec.nodeName,
        ended: pod.status.phase === 'Succeeded' || pod.status.phase === 'Failed',
        cpuUsed: null,
        memoryUsed: null,
        cpuAsked: askedBy(pod, 'cpu'),
        memoryAsked: askedBy(pod, 'memory'),
        memoryLimit: limitOf(pod),
        ip: pod.status.podIP,
        owner: owner === undefined ? null : `${owner.kind} ${owner.name}`,
        images: pod.spec.containers.map(({ image }) => image),
        quality: pod.status.qosClass || null,
      },
      links: { refers: podReferences(pod, context.metadata.namespace), picks: null },
      unsettled: isUnsettled(pod, status, context),
    };
  },
  fill({ namespace, name, status, cells: { node } }, look) {
    const usage = look.usageOf('pods', namespace, name);
    const cells = { cpuUsed: usage?.cpu ?? null, memoryUsed: usage?.memory ?? null };
    if (status.level !== 'well' || typeof node !== 'string') return { cells };
    if (look.row('nodes', null, node)?.cells.ready !== false) return { cells };
    const why = `its node ${said(node)} is down; this is what it said last`;
    return { cells, status: statusOf('unknown', 'Unknown', why, status.since) };
  },
};

function isUnsettled(pod: Pod, { level }: ClusterStatus, { metadata }: ReadContext): boolean {
  if (metadata.deletionTimestamp !== null || level === 'busy') return true;
  if (level === 'bad') return pod.spec.nodeName === null;
  return level === 'warn' && pod.status.phase === 'Running';
}

function countCells({ spec, status }: Pod) {
  const sidecars = spec.initContainers.filter(isSidecar).map(({ name }) => name);
  const counted = [
    ...status.containerStatuses,
    ...status.initContainerStatuses.filter(({ name }) => sidecars.includes(name)),
  ];
  const all = [...status.containerStatuses, ...status.initContainerStatuses];
  const ends = all.map(({ lastState }) => lastState.terminated?.finishedAt ?? 0);
  const restartedAt = Math.max(0, ...ends);
  return {
    ready: `${counted.filter(({ ready }) => ready).length}/${spec.containers.length + sidecars.length}`,
    restarts: all.reduce((sum, { restartCount }) => sum + restartCount, 0),
    restartedAt: restartedAt === 0 ? null : restartedAt,
  };
}

/** Null where one of its containers has none. */
function limitOf({ spec }: Pod): number | null {
  let sum = 0;
  for (const { resources } of spec.containers) {
    if (resources.limits.memory === undefined) return null;
    sum += resources.limits.memory;
  }
  return spec.containers.length === 0 ? null : sum;
}

function podReferences({ spec }: Pod, namespace: string | null): Reference[] {
  const all = new Map<string, Reference>();
  const add = (kind: string, name: string | null | undefined, where: string | null = namespace) => {
    if (name) all.set(`${kind} ${name}`, { kind, namespace: where, name });
  };
  add('nodes', spec.nodeName, null);
  for (const volume of spec.volumes) {
    add('persistentvolumeclaims', volume.persistentVolumeClaim?.claimName);
    add('configmaps', volume.configMap?.name);
    add('secrets', volume.secret?.secretName);
    for (const { configMap, secret } of volume.projected?.sources ?? []) {
      add('configmaps', configMap?.name);
      add('secrets', secret?.name);
    }
  }
  for (const container of [...spec.containers, ...spec.initContainers]) {
    for (const [kind, name] of settingsOf(container)) add(kind, name);
  }
  for (const { name } of spec.imagePullSecrets) add('secrets', name);
  return [...all.values()];
}

function settingsOf({ envFrom, env }: Container): [kind: string, name: string | undefined][] {
  return [
    ...envFrom.map(({ configMapRef }): [string, string | undefined] => [
      'configmaps',
      configMapRef?.name,
    ]),
    ...envFrom.map(({ secretRef }): [string, string | undefined] => ['secrets', secretRef?.name]),
    ...env.map(({ valueFrom }): [string, string | undefined] => [
      'configmaps',
      valueFrom.configMapKeyRef?.name,
    ]),
    ...env.map(({ valueFrom }): [string, string | undefined] => [
      'secrets',
      valueFrom.secretKeyRef?.name,
    ]),
  ];
}
