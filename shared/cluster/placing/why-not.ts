import { formatResource } from '../quantity.ts';
import { matches } from '../selector.ts';
import { said } from '../status.ts';
import type { NodeExpression, NodeTerms, PlacedPod, Toleration } from './placed-pod.ts';
import type { PlacingNode, Taint } from './placing-node.ts';

/** What is still free on a node, by resource; and who is there. */
export interface Room {
  readonly node: PlacingNode;
  readonly free: Readonly<Record<string, number>>;
  readonly pods: readonly PlacedPod[];
}

export interface PlacingRules {
  /** Where the volumes of its claims can be used, one for each that is bound to some nodes. */
  readonly volumes: readonly { readonly claim: string; readonly terms: NodeTerms }[];
  /** Everybody, for what a pod wants to be apart from. */
  readonly rooms: readonly Room[];
}

/**
 * Why the scheduler would not put this pod on that node, in words; null: it would. As far as is known
 * here: preferences, spread constraints and plug-ins of a scheduler are left aside.
 */
export function whyNot(
  pod: PlacedPod,
  room: Room,
  { volumes, rooms }: PlacingRules,
): string | null {
  const { node } = room;
  if (node.ready !== 'ready') return 'it is not ready';
  if (node.cordoned) return 'it is cordoned';
  for (const [key, value] of Object.entries(pod.nodeSelector)) {
    if (node.labels[key] !== value) return `it has no label ${said(`${key}=${value}`)}`;
  }
  if (!fitsTerms(pod.nodeTerms, node)) return 'it is not one of the nodes that the pod asks for';
  const held = volumes.find(({ terms }) => !fitsTerms(terms, node));
  if (held !== undefined) return `the volume of its claim ${said(held.claim)} cannot be used there`;
  const taint = node.taints.find((one) => keepsAway(one, pod.tolerations));
  if (taint !== undefined) return `it has the taint ${said(taint.key)}`;
  return tooFull(pod, room) ?? tooClose(pod, node, rooms);
}

function tooFull({ asks }: PlacedPod, { free, pods, node }: Room): string | null {
  for (const [name, asked] of Object.entries(asks)) {
    const left = free[name] ?? 0;
    if (asked > 0 && asked > left + 1e-9) {
      return `it has ${formatResource(name, Math.max(0, left))} of ${shortName(name)} free`;
    }
  }
  const most = node.allocatable.pods;
  return most !== undefined && pods.length >= most ? `it runs ${most} pods already` : null;
}

function shortName(resource: string): string {
  return resource === 'cpu' ? 'CPU' : said(resource);
}

function tooClose(pod: PlacedPod, node: PlacingNode, rooms: readonly Room[]): string | null {
  for (const { selector, topologyKey, namespaces } of pod.apart) {
    const place = node.labels[topologyKey];
    if (place === undefined) continue;
    const near = rooms
      .filter((room) => room.node.labels[topologyKey] === place)
      .flatMap(({ pods }) => pods)
      .find(
        (other) =>
          other.uid !== pod.uid &&
          namespaces.includes(other.namespace) &&
          matches(selector, other.labels),
      );
    if (near !== undefined) return `it must not be beside ${said(near.name)}`;
  }
  return null;
}

/** Whether this taint keeps a pod with these tolerations from being put there. */
export function keepsAway(taint: Taint, tolerations: readonly Toleration[]): boolean {
  if (taint.effect !== 'NoSchedule' && taint.effect !== 'NoExecute') return false;
  return !tolerations.some(
    ({ key, operator, value, effect }) =>
      (effect === '' || effect === taint.effect) &&
      (key === '' ? operator === 'Exists' : key === taint.key) &&
      (operator === 'Exists' || value === taint.value),
  );
}

export function fitsTerms(terms: NodeTerms, node: Pick<PlacingNode, 'name' | 'labels'>): boolean {
  if (terms === null) return true;
  return terms.nodeSelectorTerms.some(({ matchExpressions, matchFields }) => {
    // A term without any condition holds nowhere.
    if (matchExpressions.length + matchFields.length === 0) return false;
    return (
      matchExpressions.every((one) => holds(one, node.labels)) &&
      matchFields.every((one) => holds(one, { 'metadata.name': node.name }))
    );
  });
}

function holds(
  { key, operator, values }: NodeExpression,
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return value !== undefined && Number(value) > Number(values[0]);
    case 'Lt':
      return value !== undefined && Number(value) < Number(values[0]);
    default:
      return false;
  }
}
