import { z } from 'zod';
import { type Condition, conditionOf, conditions } from '../condition.ts';
import { type ClusterKind, noLinks, type ReadContext } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import { quantities } from '../quantity.ts';
import { column } from '../row.ts';
import { type ClusterStatus, said, spelled, statusOf } from '../status.ts';
import { flag, listOf, part, text, time } from '../tolerant.ts';

const taint = z.object({ key: text, value: text, effect: text, timeAdded: time });

const nodeSchema = part({
  spec: part({ unschedulable: flag, taints: listOf(taint), providerID: text, podCIDR: text }),
  status: part({
    capacity: quantities,
    allocatable: quantities,
    conditions,
    addresses: listOf(z.object({ type: text, address: text })),
    nodeInfo: part({
      kubeletVersion: text,
      osImage: text,
      kernelVersion: text,
      containerRuntimeVersion: text,
      architecture: text,
      operatingSystem: text,
    }),
  }),
});
type Node = z.infer<typeof nodeSchema>;

const rolePrefix = 'node-role.kubernetes.io/';

export const nodes: ClusterKind = {
  id: 'nodes',
  group: '',
  resource: 'nodes',
  kind: 'Node',
  title: 'Nodes',
  one: 'node',
  namespaced: false,
  columns: [
    column('roles', 'Roles', 'list'),
    column('version', 'Version'),
    column('cpu', 'CPU', 'cores'),
    column('cpuAsked', 'CPU asked', 'cores'),
    column('cpuUsed', 'CPU used', 'cores'),
    column('memory', 'Memory', 'bytes'),
    column('memoryAsked', 'Memory asked', 'bytes'),
    column('memoryUsed', 'Memory used', 'bytes'),
    column('pods', 'Pods', 'number'),
    column('podLimit', 'Pods at most', 'number', { extra: true }),
    column('cpuWhole', 'CPU in all', 'cores', { extra: true }),
    column('memoryWhole', 'Memory in all', 'bytes', { extra: true }),
    column('address', 'Address'),
    column('architecture', 'Architecture'),
    column('taints', 'Taints', 'list', { extra: true }),
    column('ready', 'Answers', 'flag', { extra: true }),
    column('cordoned', 'Cordoned', 'flag', { extra: true }),
    column('system', 'System', 'text', { extra: true }),
    column('kernel', 'Kernel', 'text', { extra: true }),
    column('runtime', 'Runtime', 'text', { extra: true }),
  ],
  needs: ['pods'],
  read(object, context) {
    const node = nodeSchema.parse(object);
    const { allocatable, capacity, nodeInfo } = node.status;
    return {
      status: nodeStatus(node, context),
      cells: {
        roles: rolesOf(context.metadata.labels),
        version: nodeInfo.kubeletVersion || null,
        cpu: allocatable.cpu ?? null,
        cpuAsked: null,
        cpuUsed: null,
        memory: allocatable.memory ?? null,
        memoryAsked: null,
        memoryUsed: null,
        pods: null,
        podLimit: allocatable.pods ?? null,
        cpuWhole: capacity.cpu ?? null,
        memoryWhole: capacity.memory ?? null,
        address: addressOf(node),
        architecture: nodeInfo.architecture || null,
        taints: node.spec.taints.map(
          ({ key, value, effect }) => `${key}${value === '' ? '' : `=${value}`}:${effect}`,
        ),
        ready: conditionOf(node.status.conditions, 'Ready')?.status === 'True',
        cordoned: node.spec.unschedulable,
        system: nodeInfo.osImage || null,
        kernel: nodeInfo.kernelVersion || null,
        runtime: nodeInfo.containerRuntimeVersion || null,
      },
      links: noLinks,
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
  fill({ name }, look) {
    const asked = look.askedOn(name);
    const used = look.usageOf('nodes', null, name);
    return {
      cells: {
        cpuAsked: asked?.cpu ?? null,
        memoryAsked: asked?.memory ?? null,
        pods: asked?.pods ?? null,
        cpuUsed: used?.cpu ?? null,
        memoryUsed: used?.memory ?? null,
      },
    };
  },
};

export function rolesOf(labels: Readonly<Record<string, string>>): string[] {
  return Object.keys(labels)
    .filter((label) => label.startsWith(rolePrefix) && label.length > rolePrefix.length)
    .map((label) => label.slice(rolePrefix.length))
    .filter((role) => role !== 'master' || labels[`${rolePrefix}control-plane`] === undefined)
    .sort();
}

function addressOf({ status: { addresses } }: Node): string | null {
  const first = addresses.find(({ type }) => type === 'InternalIP') ?? addresses[0];
  return first?.address ?? null;
}

/** What a node lacks while it answers. */
const pressures: Readonly<Record<string, string>> = {
  DiskPressure: 'it is low on disk space and sends pods away',
  MemoryPressure: 'it is low on memory and sends pods away',
  PIDPressure: 'it is low on process numbers',
  NetworkUnavailable: 'its pod network is not set up',
};

function nodeStatus(node: Node, context: ReadContext): ClusterStatus {
  const all = node.status.conditions;
  const ready = conditionOf(all, 'Ready');
  const leaving = leavingStatus(context);
  if (leaving !== null) return leaving;
  if (ready === undefined) {
    return statusOf('unknown', 'Unknown', 'it has not said yet whether it is ready');
  }
  if (ready.status !== 'True') return downStatus(ready);
  const troubles = all
    .filter(({ status }) => status === 'True')
    .flatMap(({ type }) => pressures[type] ?? []);
  const since = ready.lastTransitionTime;
  if (troubles.length > 0) return statusOf('warn', 'Ready', troubles.join('; '), since);
  if (node.spec.unschedulable) return statusOf('warn', 'Cordoned', 'it takes no new pods', since);
  const hard = node.spec.taints.find(({ key }) => key === 'node.kubernetes.io/out-of-service');
  if (hard !== undefined) return statusOf('warn', 'Ready', 'it is marked as out of service', since);
  return statusOf('well', 'Ready', null, since);
}

function downStatus({
  status,
  reason,
  message,
  lastTransitionTime: since,
}: Condition): ClusterStatus {
  if (status === 'Unknown') {
    return statusOf('bad', 'Down', 'its kubelet does not answer any more', since);
  }
  if (/cni|network plugin/i.test(message)) {
    return statusOf('bad', 'Not ready', `its pod network is not set up: ${said(message)}`, since);
  }
  const why = message === '' ? spelled(reason) : said(message);
  return statusOf('bad', 'Not ready', why || null, since);
}
