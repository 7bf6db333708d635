import type { NodeTerms, PlacedPod } from './placed-pod.ts';
import type { PlacingNode } from './placing-node.ts';
import { type PlacingRules, type Room, whyNot } from './why-not.ts';

/** Where the volume of a claim can be used; null: anywhere. */
export type VolumeTerms = (namespace: string, claim: string) => NodeTerms;

export interface Homeless {
  readonly pod: PlacedPod;
  /** By node, why it does not go there. */
  readonly reasons: readonly { readonly node: string; readonly why: string }[];
}

interface MutableRoom {
  readonly node: PlacingNode;
  readonly free: Record<string, number>;
  readonly pods: PlacedPod[];
}

/** What is free on each node beside those that are about to go. */
export function roomsOf(
  nodes: readonly PlacingNode[],
  pods: readonly PlacedPod[],
  without: ReadonlySet<string>,
): Room[] {
  const rooms = new Map<string, MutableRoom>(
    nodes.map((node) => [node.name, { node, free: { ...node.allocatable }, pods: [] }]),
  );
  for (const pod of pods) {
    const room = pod.node === null ? undefined : rooms.get(pod.node);
    if (room !== undefined && !pod.isFinished && !without.has(pod.uid)) settle(room, pod);
  }
  return [...rooms.values()];
}

/**
 * Those of the pods that no room takes. The largest are placed first, each where most memory is free, and
 * what is placed counts for the next: a scheduler that does it in another order may come to another end.
 */
export function placeElsewhere(
  leaving: readonly PlacedPod[],
  rooms: readonly Room[],
  volumeTerms: VolumeTerms,
): Homeless[] {
  const open: MutableRoom[] = rooms.map(({ node, free, pods }) => ({
    ...{ node, free: { ...free }, pods: [...pods] },
  }));
  const homeless: Homeless[] = [];
  for (const pod of [...leaving].sort(bySize)) {
    const rules: PlacingRules = { volumes: heldBy(pod, volumeTerms), rooms: open };
    const looked = open.map((room) => ({ room, why: whyNot(pod, room, rules) }));
    const [best] = looked
      .filter(({ why }) => why === null)
      .map(({ room }) => room)
      .sort((a, b) => (b.free.memory ?? 0) - (a.free.memory ?? 0));
    if (best !== undefined) settle(best, pod);
    else {
      const reasons = looked.map(({ room, why }) => ({ node: room.node.name, why: why ?? '' }));
      homeless.push({ pod, reasons });
    }
  }
  return homeless;
}

function settle({ free, pods }: MutableRoom, pod: PlacedPod): void {
  pods.push(pod);
  for (const [name, asked] of Object.entries(pod.asks)) free[name] = (free[name] ?? 0) - asked;
}

function heldBy({ namespace, claims }: PlacedPod, volumeTerms: VolumeTerms) {
  return claims
    .map((claim) => ({ claim, terms: volumeTerms(namespace, claim) }))
    .filter(({ terms }) => terms !== null);
}

function bySize(a: PlacedPod, b: PlacedPod): number {
  return (b.asks.memory ?? 0) - (a.asks.memory ?? 0) || (b.asks.cpu ?? 0) - (a.asks.cpu ?? 0);
}
