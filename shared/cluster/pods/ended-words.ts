import { type ClusterStatus, said, spelled, statusOf } from '../status.ts';
import type { Pod } from './pod.ts';

/** Of a pod that failed as a whole, not through one of its containers; null where it did not. */
export function endedByOthers({ status }: Pod): ClusterStatus | null {
  const { reason, message } = status;
  switch (reason) {
    case 'Evicted':
      return statusOf('bad', 'Evicted', evictedText(message));
    case 'NodeLost':
      return statusOf('bad', 'Lost', 'its node does not answer any more');
    case 'Terminated':
    case 'NodeShutdown':
    case 'Shutdown':
      return statusOf('warn', 'Ended', 'its node was shut down');
    case 'DeadlineExceeded':
      return statusOf('bad', 'Too slow', 'it ran longer than it was allowed to');
    case 'Preempting':
    case 'Preempted':
      return statusOf('warn', 'Pushed out', 'a pod of higher priority needed its place');
    case 'UnexpectedAdmissionError':
    case 'NodeAffinity':
    case 'NodePorts':
    case 'OutOfcpu':
    case 'OutOfmemory':
    case 'OutOfpods':
      return statusOf('bad', 'Refused by node', refusedText(reason, message));
    case '':
      return null;
    default:
      return statusOf('bad', 'Failed', [spelled(reason), said(message)].filter(Boolean).join(': '));
  }
}

function refusedText(reason: string, message: string): string {
  const [, lacking] = /^OutOf(.+)$/.exec(reason) ?? [];
  if (lacking !== undefined) return `the node has too little ${lacking} left`;
  if (reason === 'NodeAffinity') return 'the node has not the labels that it asks for';
  if (reason === 'NodePorts') return 'its port is taken on the node';
  return said(message);
}

const scarce: Readonly<Record<string, string>> = {
  memory: 'memory',
  'ephemeral-storage': 'disk space',
  imagefs: 'disk space for images',
  nodefs: 'disk space',
  inodes: 'room for files (inodes)',
  pids: 'process numbers',
};

/** `The node was low on resource: ephemeral-storage. Threshold …` */
function evictedText(message: string): string {
  const [, resource] = /low on resource: ([\w-]+)/.exec(message) ?? [];
  if (resource !== undefined) return `its node was low on ${scarce[resource] ?? said(resource)}`;
  const [, condition] = /had condition: \[(\w+)\]/.exec(message) ?? [];
  if (condition === 'DiskPressure') return 'its node was low on disk space';
  if (condition === 'MemoryPressure') return 'its node was low on memory';
  if (
    /exceeds? the total limit of containers|ephemeral local storage usage exceeds/.test(message)
  ) {
    return 'it wrote more to the disk than its limit';
  }
  const [, volume] = /Usage of EmptyDir volume "([^"]*)" exceeds/.exec(message) ?? [];
  if (volume !== undefined) return `its temporary volume ${said(volume)} grew over its limit`;
  return message === '' ? 'its node sent it away' : said(message);
}
