import type { CensusNode } from '../census/node.ts';
import type { CensusPod } from '../census/pod.ts';
import type { PodIndex } from './pod-index.ts';

/** What runs on one node while pods are tried there. */
export interface Room {
  readonly node: CensusNode;
  readonly asked: Map<string, number>;
  readonly pods: Set<CensusPod>;
  readonly index: PodIndex<Room>;
}

export function roomOf(node: CensusNode, pods: readonly CensusPod[], index: PodIndex<Room>): Room {
  const room: Room = { node, asked: new Map(), pods: new Set(), index };
  for (const pod of pods) put(room, pod);
  return room;
}

export function put(room: Room, pod: CensusPod): void {
  const { asked, pods, index } = room;
  pods.add(pod);
  index.add(pod, room);
  for (const [resource, amount] of Object.entries(pod.asks)) {
    asked.set(resource, (asked.get(resource) ?? 0) + amount);
  }
}

export function take({ asked, pods, index }: Room, pod: CensusPod): void {
  if (!pods.delete(pod)) return;
  index.delete(pod);
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
