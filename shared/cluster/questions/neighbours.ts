import type { PodTerm, Spread } from '../census/placement.ts';
import type { CensusPod } from '../census/pod.ts';
import { matches } from '../selector.ts';
import type { Room } from './room.ts';

type Objection = (room: Room) => string | null;

/** Whether a term of one pod means another: by its labels, in its own namespace unless others are named. */
function means(
  { labelSelector, namespaces }: Pick<PodTerm, 'labelSelector' | 'namespaces'>,
  owner: CensusPod,
  other: CensusPod,
): boolean {
  const isNear =
    namespaces.length > 0
      ? namespaces.includes(other.namespace)
      : owner.namespace === other.namespace;
  return isNear && labelSelector !== null && matches(labelSelector, other.labels);
}

/**
 * What a pod asks of the pods beside it, and what they ask of it. All pods are looked through once, and
 * each node is then told from what was found.
 */
export function neighbourObjection(pod: CensusPod, rooms: readonly Room[]): Objection {
  const { beside, apart, spread } = pod.placement;
  const objections: Objection[] = [
    ...apart.map((term) => apartFrom(pod, term, rooms)),
    keptAway(pod, rooms),
    ...beside.map((term) => besideOf(pod, term, rooms)),
    ...spread.map((one) => spreadOver(pod, one, rooms)),
  ];
  return (room) => {
    for (const objection of objections) {
      const reason = objection(room);
      if (reason !== null) return reason;
    }
    return null;
  };
}

/** Nodes that have the same value of a label are one place. */
function placesWith(
  rooms: readonly Room[],
  key: string,
  is: (pod: CensusPod) => boolean,
): Set<string> {
  const places = new Set<string>();
  for (const { node, pods } of rooms) {
    const place = node.labels[key];
    if (place === undefined || places.has(place)) continue;
    for (const pod of pods) {
      if (!is(pod)) continue;
      places.add(place);
      break;
    }
  }
  return places;
}

function apartFrom(pod: CensusPod, term: PodTerm, rooms: readonly Room[]): Objection {
  const places = placesWith(rooms, term.topologyKey, (other) => means(term, pod, other));
  return ({ node }) =>
    places.has(node.labels[term.topologyKey] ?? '') ? 'with a pod that it must not be with' : null;
}

function keptAway(pod: CensusPod, rooms: readonly Room[]): Objection {
  const closed = new Map<string, Set<string>>();
  for (const { node, keepers } of rooms) {
    for (const keeper of keepers) {
      for (const term of keeper.placement.apart) {
        const place = node.labels[term.topologyKey];
        if (place === undefined || !means(term, keeper, pod)) continue;
        const places = closed.get(term.topologyKey) ?? new Set();
        closed.set(term.topologyKey, places.add(place));
      }
    }
  }
  return ({ node }) => {
    for (const [key, places] of closed) {
      if (places.has(node.labels[key] ?? '')) return 'with a pod that keeps it away';
    }
    return null;
  };
}

function besideOf(pod: CensusPod, term: PodTerm, rooms: readonly Room[]): Objection {
  const places = placesWith(rooms, term.topologyKey, (other) => means(term, pod, other));
  // The first of a group that wants itself may begin anywhere.
  const begins = places.size === 0 && means(term, pod, pod);
  return ({ node }) =>
    begins || places.has(node.labels[term.topologyKey] ?? '')
      ? null
      : 'without the pods that it wants beside it';
}

function spreadOver(
  pod: CensusPod,
  { topologyKey, maxSkew, labelSelector }: Spread,
  rooms: readonly Room[],
): Objection {
  const counts = new Map<string, number>();
  for (const { node, pods } of rooms) {
    const place = node.labels[topologyKey];
    if (place === undefined || !node.ready) continue;
    let count = counts.get(place) ?? 0;
    for (const other of pods) {
      if (means({ labelSelector, namespaces: [] }, pod, other)) count += 1;
    }
    counts.set(place, count);
  }
  const least = counts.size === 0 ? 0 : Math.min(...counts.values());
  return ({ node }) => {
    const count = counts.get(node.labels[topologyKey] ?? '');
    if (count === undefined) return 'without the label that it is spread by';
    return count + 1 - least > Math.max(1, maxSkew) ? 'with too many of its kind already' : null;
  };
}
