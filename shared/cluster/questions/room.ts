import type { CensusNode } from '../census/node.ts';
import type { CensusPod } from '../census/pod.ts';

/** What runs on one node while pods are tried there. */
export interface Room {
  readonly node: CensusNode;
  readonly asked: Map<string, number>;
  readonly pods: Set<CensusPod>;
  /** Of the pods those that keep others away. */
  readonly keepers: Set<CensusPod>;
}

export function roomOf(node: CensusNode, pods: readonly CensusPod[]): Room {
  const room: Room = { node, asked: new Map(), pods: new Set(), keepers: new Set() };
  for (const pod of pods) put(room, pod);
  return room;
}

export function put({ asked, pods, keepers }: Room, pod: CensusPod): void {
  pods.add(pod);
  if (pod.placement.apart.length > 0) keepers.add(pod);
  for (const [resource, amount] of Object.entries(pod.asks)) {
    asked.set(resource, (asked.get(resource) ?? 0) + amount);
  }
}

export function take({ asked, pods, keepers }: Room, pod: CensusPod): void {
  if (!pods.delete(pod)) return;
  keepers.delete(pod);
  for (const [resource, amount] of Object.entries(pod.asks)) {
    asked.set(resource, (asked.get(resource) ?? 0) - amount);
  }
}

/** Sums of fractions of cores are not exact. */
const hair = 1e-6;

/** The first resource of which too little is left; null: there is enough. */
export function lacking({ node, asked, pods }: Room, { asks }: CensusPod): string | null {
  const { allocatable } = node;
  if (pods.size + 1 > (allocatable.pods ?? Number.POSITIVE_INFINITY)) return 'pods';
  for (const [resource, amount] of Object.entries(asks)) {
    if ((asked.get(resource) ?? 0) + amount > (allocatable[resource] ?? 0) + hair) return resource;
  }
  return null;
}

export function portTaken({ pods }: Room, { hostPorts }: CensusPod): string | null {
  if (hostPorts.length === 0) return null;
  for (const other of pods) {
    const taken = other.hostPorts.find((port) => hostPorts.includes(port));
    if (taken !== undefined) return taken;
  }
  return null;
}
