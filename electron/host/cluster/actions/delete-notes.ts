import { serverFindings } from '../../../../shared/cluster/drain/server-guard.ts';
import type { KubeObject } from '../../../../shared/cluster/kube-object.ts';
import { readPlacedPod } from '../../../../shared/cluster/placing/placed-pod.ts';
import { readPlacingNode } from '../../../../shared/cluster/placing/placing-node.ts';
import { said } from '../../../../shared/cluster/status.ts';
import type { PlanItem } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { resources } from '../resources.ts';
import { type Acting, noteItem, partOf, underWayNotes } from './acting.ts';

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
export async function lossNotes(
  acting: Acting,
  kind: string,
  object: KubeObject,
): Promise<PlanItem[]> {
  switch (kind) {
    case 'nodes':
      return [...nodeNotes(object), ...underWayNotes(acting)];
    case 'pods':
      return podNotes(object);
    case 'namespaces': {
      const text =
        'Everything else in it goes as well: config maps, secrets, and what is of other kinds.';
      return [noteItem(text, 'warning')];
    }
    case 'customresourcedefinitions.apiextensions.k8s.io':
      return await definitionNotes(acting, object);
    default:
      return [];
  }
}

/** So many are counted; whoever has more knows that it is a lot. */
const mostCounted = 1_000;

/** All objects of a kind go with its definition. */
async function definitionNotes(
  { client, typeOf, signal }: Acting,
  object: KubeObject,
): Promise<PlanItem[]> {
  const kind = said(String(partOf(object, 'spec', 'names', 'kind')));
  let count = 0;
  try {
    const type = await typeOf(object.metadata.name);
    for await (const { items } of client.list(type, { signal })) {
      count += items.length;
      if (count >= mostCounted) break;
    }
  } catch (error) {
    if (!(error instanceof RackhelmError)) throw error;
    return [noteItem(`Every ${kind} there is goes with it; how many is not known.`, 'warning')];
  }
  if (count === 0) return [noteItem(`There is no ${kind} that would go with it.`)];
  const many = count >= mostCounted ? `at least ${mostCounted}` : String(count);
  return [noteItem(`Every ${kind} there is goes with it: ${many} in all namespaces.`, 'warning')];
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
