import { z } from 'zod';
import type { ClusterKind, ReadContext } from '../kind.ts';
import { leavingStatus } from '../leaving.ts';
import type { Reference } from '../links.ts';
import { quantities } from '../quantity.ts';
import { column } from '../row.ts';
import { type ClusterStatus, said, statusOf } from '../status.ts';
import { listOf, optionalPart, optionalText, part, text, texts } from '../tolerant.ts';
import { accessWord, downNode } from './volume-claims.ts';

const expression = z.object({ key: text, operator: text, values: listOf(z.string()) });
const term = part({ matchExpressions: listOf(expression) });
const place = optionalPart({ path: text });

const schema = part({
  spec: part({
    capacity: quantities,
    accessModes: listOf(z.string()),
    persistentVolumeReclaimPolicy: text,
    storageClassName: optionalText,
    claimRef: optionalPart({ namespace: optionalText, name: text }),
    nodeAffinity: part({ required: part({ nodeSelectorTerms: listOf(term) }) }),
    local: place,
    hostPath: place,
    nfs: optionalPart({ server: text, path: text }),
    iscsi: optionalPart({ targetPortal: text, iqn: text }),
    csi: optionalPart({ driver: text, volumeHandle: text, volumeAttributes: texts }),
  }),
  status: part({ phase: text, message: text }),
});
type Volume = z.infer<typeof schema>;

export const volumes: ClusterKind = {
  id: 'persistentvolumes',
  group: '',
  resource: 'persistentvolumes',
  kind: 'PersistentVolume',
  title: 'Volumes',
  one: 'volume',
  namespaced: false,
  columns: [
    column('size', 'Size', 'bytes'),
    column('lies', 'Where it lies'),
    column('claim', 'Claim', 'text', { refers: 'persistentvolumeclaims' }),
    column('class', 'Storage class'),
    column('keeps', 'When let go'),
    column('access', 'Access', 'list'),
    column('nodes', 'Nodes', 'list', { extra: true }),
  ],
  needs: ['nodes'],
  read(object, context) {
    const volume = schema.parse(object);
    const { spec } = volume;
    const nodes = nodesOf(volume);
    const claim = spec.claimRef;
    const refers: Reference[] = nodes.map((name) => ({ kind: 'nodes', namespace: null, name }));
    if (claim !== null) {
      refers.push({ kind: 'persistentvolumeclaims', namespace: claim.namespace, name: claim.name });
    }
    return {
      status: volumeStatus(volume, context),
      cells: {
        size: spec.capacity.storage ?? null,
        lies: liesText(volume, nodes),
        claim: claim === null ? null : `${claim.namespace ?? ''}/${claim.name}`,
        class: spec.storageClassName,
        keeps: spec.persistentVolumeReclaimPolicy === 'Delete' ? 'deleted' : 'kept',
        access: spec.accessModes.map(accessWord),
        nodes,
      },
      links: { refers, picks: null },
      unsettled: context.metadata.deletionTimestamp !== null,
    };
  },
  fill({ cells, status }, look) {
    const down = downNode(cells.nodes, look);
    if (down === null || status.level !== 'well') return { cells: {} };
    return {
      cells: {},
      status: statusOf('warn', status.label, `its data lies on ${said(down)}, which is down`),
    };
  },
};

/** The nodes that it can be used on; none where any will do. */
function nodesOf({ spec }: Volume): string[] {
  const named = spec.nodeAffinity.required.nodeSelectorTerms
    .flatMap(({ matchExpressions }) => matchExpressions)
    .filter(({ key, operator }) => key === 'kubernetes.io/hostname' && operator === 'In')
    .flatMap(({ values }) => values);
  return [...new Set(named)];
}

/** `node-2:/var/lib/rancher/k3s/storage/…`, `nas.lan:/export/media (NFS)`, `longhorn (pvc-…)`. */
function liesText({ spec }: Volume, nodes: readonly string[]): string | null {
  const directory = spec.local?.path ?? spec.hostPath?.path;
  if (directory !== undefined) return `${nodes.join(', ') || 'any node'}:${directory}`;
  if (spec.nfs !== null) return `${spec.nfs.server}:${spec.nfs.path} (NFS)`;
  if (spec.iscsi !== null) return `${spec.iscsi.targetPortal} ${spec.iscsi.iqn} (iSCSI)`;
  if (spec.csi === null) return null;
  const { server, share } = spec.csi.volumeAttributes;
  if (server !== undefined && share !== undefined) return `${server}:${share} (${spec.csi.driver})`;
  const where = nodes.length > 0 ? `${nodes.join(', ')}: ` : '';
  return `${where}${spec.csi.driver} (${spec.csi.volumeHandle})`;
}

function volumeStatus({ spec, status }: Volume, context: ReadContext): ClusterStatus {
  const leaving = leavingStatus(context);
  if (leaving !== null) return leaving;
  const detail = status.message === '' ? '' : `: ${said(status.message)}`;
  switch (status.phase) {
    case 'Bound':
      return statusOf('well', 'Bound');
    case 'Available':
      return statusOf('well', 'Free', 'no claim has it');
    case 'Released':
      return spec.persistentVolumeReclaimPolicy === 'Delete'
        ? statusOf('busy', 'Let go', `its claim is gone; it is being deleted${detail}`)
        : statusOf('warn', 'Let go', 'its claim is gone; its data is kept, and nobody uses it');
    case 'Failed':
      return statusOf('bad', 'Failed', `it could not be cleaned up${detail}`);
    default:
      return statusOf('busy', 'Being made');
  }
}
