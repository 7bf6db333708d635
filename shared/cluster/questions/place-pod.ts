import type { CensusPod } from '../census/pod.ts';
import type { CensusVolume } from '../census/storage.ts';
import { said } from '../status.ts';
import { neighbourObjection } from './neighbours.ts';
import { hasLabels, isMeant, untolerated } from './node-fit.ts';
import type { PodIndex } from './pod-index.ts';
import { lacking, portTaken, put, type Room } from './room.ts';

export interface Rooms {
  readonly all: readonly Room[];
  readonly index: PodIndex<Room>;
  /** Volumes that its claims are bound to. */
  volumesOf(pod: CensusPod): readonly CensusVolume[];
}

/** Why a node does not take a pod, as words that a number stands before; null: it does. */
function objection(pod: CensusPod, room: Room, rooms: Rooms): string | null {
  const { node } = room;
  if (!node.ready) return 'down';
  if (node.cordoned) return 'cordoned';
  const { labels, nodes, tolerations } = pod.placement;
  const taint = untolerated(node.taints, tolerations);
  if (taint !== null) return `with the taint ${said(taint.key)}`;
  if (!hasLabels(labels, node) || !isMeant(nodes, node))
    return 'without the labels that it asks for';
  if (rooms.volumesOf(pod).some((volume) => !isMeant(volume.nodes, node))) {
    return 'without a way to its volume';
  }
  const port = portTaken(room, pod);
  if (port !== null) return `with the port ${said(port)} taken`;
  const resource = lacking(room, pod);
  if (resource !== null) return `with too little ${resourceWord(resource)} left`;
  return null;
}

function resourceWord(resource: string): string {
  const words: Readonly<Record<string, string>> = { cpu: 'CPU', pods: 'room for pods' };
  return words[resource] ?? said(resource);
}

/** Puts a pod where there is most room; where none is, tells why of how many: `2 cordoned`. */
export function placePod(
  pod: CensusPod,
  candidates: readonly Room[],
  rooms: Rooms,
): { readonly room: Room | null; readonly why: readonly string[] } {
  const reasons = new Map<string, number>();
  const besideOthers = neighbourObjection(pod, rooms.all, rooms.index);
  let best: Room | null = null;
  for (const room of candidates) {
    const reason = objection(pod, room, rooms) ?? besideOthers(room);
    if (reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
    else if (best === null || freeOf(room) > freeOf(best)) best = room;
  }
  if (best !== null) put(best, pod);
  const why = [...reasons]
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => `${count === 1 ? '1 node' : `${count} nodes`} ${reason}`);
  return { room: best, why: best === null ? why : [] };
}

function freeOf({ node, asked }: Room): number {
  return (node.allocatable.cpu ?? 0) - (asked.get('cpu') ?? 0);
}
