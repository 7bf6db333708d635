import { serverFindings } from '../../../../shared/cluster/drain/server-guard.ts';
import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';
import { readPlacedPod } from '../../../../shared/cluster/placing/placed-pod.ts';
import { readPlacingNode } from '../../../../shared/cluster/placing/placing-node.ts';
import { said } from '../../../../shared/cluster/status.ts';
import type { PlanItem } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { resources } from '../resources.ts';
import { type Acting, noteItem } from './acting.ts';

/**
 * A node that is a server leaves etcd with its object, at once. Throws QUORUM_GUARDED where the others
 * are no majority.
 */
export async function guardNode({ client, signal }: Acting, name: string): Promise<void> {
  const nodes = [];
  for await (const { items } of client.list(resources.nodes, { signal })) {
    nodes.push(...items.map(readPlacingNode));
  }
  const node = nodes.find((one) => one.name === name);
  if (node === undefined) return;
  const stop = serverFindings(node, nodes).find(({ weight }) => weight === 'stop');
  if (stop !== undefined) throw new RackhelmError('QUORUM_GUARDED', stop.says);
}

/** What is lost with it, or comes back by itself. */
export function lossNotes(kind: string, object: KubeObject): PlanItem[] {
  if (kind === 'nodes') return nodeNotes(object);
  return kind === 'pods' ? podNotes(object) : [];
}

function podNotes(object: KubeObject): PlanItem[] {
  const { owner, emptyDirs, isMirror, isFinished } = readPlacedPod(object);
  if (isMirror) return [noteItem('It comes of a file on its node, and comes back by itself.')];
  if (isFinished) return [];
  const data = emptyDirs.slice(0, 10).map((volume) => said(volume.name));
  const lost = noteItem(`What lies in ${data.join(', ')} on its node is lost.`, 'warning');
  return [
    owner === null
      ? noteItem('Nothing makes it anew: it is gone for good.', 'warning')
      : noteItem(`Its ${said(owner.kind)} ${said(owner.name)} makes another one in its place.`),
    ...(data.length > 0 ? [lost] : []),
  ];
}

function nodeNotes(object: KubeObject): PlanItem[] {
  const { name, ready, roles } = readPlacingNode(object);
  const isServer = roles.some((role) => ['etcd', 'control-plane', 'master'].includes(role));
  return [
    'Its pods are deleted as well, without asking their budgets: draining it first asks them.',
    ...(isServer ? ['It is a server: where it keeps etcd, it leaves that at once.'] : []),
    ...(ready === 'ready'
      ? [`${said(name)} is up: what runs there goes on, and it comes back only after a restart.`]
      : []),
  ].map((text) => noteItem(text, 'warning'));
}
