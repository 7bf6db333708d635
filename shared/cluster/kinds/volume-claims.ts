import { z } from 'zod';
import { conditionOf, conditions } from '../condition.ts';
import type { ClusterKind, ReadContext } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import type { Reference } from '../links.ts';
import { quantities } from '../quantity.ts';
import { column } from '../row.ts';
import { type ClusterStatus, said, statusOf } from '../status.ts';
import { listOf, optionalText, part, text } from '../tolerant.ts';

const schema = part({
  spec: part({
    volumeName: optionalText,
    storageClassName: optionalText,
    accessModes: listOf(z.string()),
    volumeMode: text,
    resources: part({ requests: quantities }),
  }),
  status: part({ phase: text, capacity: quantities, conditions }),
});
type Claim = z.infer<typeof schema>;

export const volumeClaims: ClusterKind = {
  id: 'persistentvolumeclaims',
  group: '',
  resource: 'persistentvolumeclaims',
  kind: 'PersistentVolumeClaim',
  title: 'Volume claims',
  one: 'volume claim',
  namespaced: true,
  columns: [
    column('size', 'Size', 'bytes'),
    column('lies', 'Where it lies'),
    column('volume', 'Volume', 'text', { refers: 'persistentvolumes' }),
    column('class', 'Storage class'),
    column('access', 'Access', 'list'),
    column('asked', 'Asked', 'bytes', { extra: true }),
  ],
  needs: ['persistentvolumes', 'nodes', 'storageclasses.storage.k8s.io'],
  read(object, context) {
    const claim = schema.parse(object);
    const { spec, status } = claim;
    const refers: Reference[] = [];
    if (spec.volumeName !== null)
      refers.push({ kind: 'persistentvolumes', namespace: null, name: spec.volumeName });
    if (spec.storageClassName !== null) {
      refers.push({
        kind: 'storageclasses.storage.k8s.io',
        namespace: null,
        name: spec.storageClassName,
      });
    }
    return {
      status: claimStatus(claim, context),
      cells: {
        size: status.capacity.storage ?? null,
        lies: null,
        volume: spec.volumeName,
        class: spec.storageClassName,
        access: spec.accessModes.map(accessWord),
        asked: spec.resources.requests.storage ?? null,
      },
      links: { refers, picks: null },
      unsettled: status.phase !== 'Bound' || context.metadata.deletionTimestamp !== null,
    };
  },
  fill({ cells, status }, look) {
    if (typeof cells.volume !== 'string') return { cells: { lies: null } };
    const volume = look.row('persistentvolumes', null, cells.volume);
    const lies = volume?.cells.lies ?? null;
    const down = downNode(volume?.cells.nodes, look);
    if (down === null || status.level !== 'well') return { cells: { lies } };
    return {
      cells: { lies },
      status: statusOf('warn', 'Bound', `its data lies on ${said(down)}, which is down`),
    };
  },
};

/** The one node that data lies on, when that is down. */
export function downNode(nodes: unknown, look: ReadContext['look']): string | null {
  if (!Array.isArray(nodes) || nodes.length !== 1 || typeof nodes[0] !== 'string') return null;
  const node = look.row('nodes', null, nodes[0]);
  return node === null || node?.cells.ready === false ? nodes[0] : null;
}

const accessWords: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'one node',
  ReadOnlyMany: 'many nodes, to read',
  ReadWriteMany: 'many nodes',
  ReadWriteOncePod: 'one pod',
};

export function accessWord(mode: string): string {
  return accessWords[mode] ?? mode;
}

function claimStatus(claim: Claim, context: ReadContext): ClusterStatus {
  const { spec, status } = claim;
  const leaving = leavingStatus(context);
  if (leaving !== null) return leaving;
  if (status.phase === 'Bound') {
    const grows =
      conditionOf(status.conditions, 'Resizing') ??
      conditionOf(status.conditions, 'FileSystemResizePending');
    if (grows?.status === 'True') {
      return statusOf('busy', 'Growing', 'it grows once a pod uses it', grows.lastTransitionTime);
    }
    return statusOf('well', 'Bound');
  }
  if (status.phase === 'Lost') {
    return statusOf(
      'bad',
      'Lost',
      `its volume ${said(spec.volumeName ?? '')} does not exist any more`,
    );
  }
  return unboundStatus(claim, context);
}

function unboundStatus({ spec }: Claim, { metadata, look }: ReadContext): ClusterStatus {
  const since = metadata.creationTimestamp;
  if (spec.volumeName !== null) {
    const volume = look.row('persistentvolumes', null, spec.volumeName);
    const why = volume === null ? 'which does not exist' : 'which has not been given to it yet';
    return statusOf('warn', 'Waiting', `for the volume ${said(spec.volumeName)}, ${why}`, since);
  }
  if (spec.storageClassName === null) {
    return statusOf('warn', 'Waiting', 'it names no storage class, and no volume fits it', since);
  }
  const type = look.row('storageclasses.storage.k8s.io', null, spec.storageClassName);
  const name = said(spec.storageClassName);
  if (type === null)
    return statusOf('bad', 'Waiting', `the storage class ${name} does not exist`, since);
  if (type?.cells.waitsForPod === true) {
    return statusOf('busy', 'Waiting', 'for the first pod that uses it', since);
  }
  return statusOf(
    'warn',
    'Waiting',
    `no volume of the class ${name} was made or fits it yet`,
    since,
  );
}
