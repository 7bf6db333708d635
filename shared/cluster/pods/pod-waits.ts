import type { ClusterLook } from '../kind.ts';
import { said } from '../status.ts';
import type { Pod } from './pod.ts';

/** Kinds of which the words of a waiting pod tell. */
export const waitsFor = ['nodes', 'persistentvolumeclaims', 'persistentvolumes'];

/**
 * What a pod waits for outside of itself, as far as it can be seen from the objects: its claims, their
 * volumes, and where those lie. Null where nothing is seen.
 */
export function podWaits(pod: Pod, namespace: string | null, look: ClusterLook): string | null {
  for (const { persistentVolumeClaim: volume } of pod.spec.volumes) {
    if (volume === null || volume.claimName === '') continue;
    const waits = claimWaits(volume.claimName, namespace, look);
    if (waits !== null) return waits;
  }
  return null;
}

function claimWaits(name: string, namespace: string | null, look: ClusterLook): string | null {
  const claim = look.row('persistentvolumeclaims', namespace, name);
  if (claim === undefined) return null;
  if (claim === null) return `waiting for the volume claim ${said(name)}, which does not exist`;
  const bound = claim.cells.volume;
  if (typeof bound !== 'string') {
    const why = claim.status.why === null ? '' : `: ${claim.status.why}`;
    return `waiting for the volume claim ${said(name)}, which has no volume yet${why}`;
  }
  const volume = look.row('persistentvolumes', null, bound);
  if (volume === null)
    return `waiting for the volume ${said(bound)}, which does not exist any more`;
  const nodes = volume?.cells.nodes;
  if (!Array.isArray(nodes) || nodes.length === 0) return null;
  return nodesWait(nodes, look);
}

/** A volume that lies on certain nodes, when none of them can take a pod. */
function nodesWait(nodes: readonly string[], look: ClusterLook): string | null {
  const [only] = nodes;
  if (only === undefined) return null;
  const states = nodes.map((name) => nodeProblem(name, look));
  if (states.includes(null)) return null;
  const where = nodes.length === 1 ? `the node ${said(only)}` : `${nodes.length} nodes`;
  const which = nodes.length === 1 ? states[0] : 'none of which takes pods now';
  return `waiting for a volume that is bound to ${where}, ${which}`;
}

function nodeProblem(name: string, look: ClusterLook): string | null {
  const node = look.row('nodes', null, name);
  if (node === undefined) return null;
  if (node === null) return 'which is not in the cluster any more';
  if (node.cells.ready === false) return 'which is down';
  return node.cells.cordoned === true ? 'which is cordoned' : null;
}
