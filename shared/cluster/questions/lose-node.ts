import type { Census, Steps } from '../census/census.ts';
import type { CensusPod } from '../census/pod.ts';
import { matches } from '../selector.ts';
import { said } from '../status.ts';
import { type Loss, type LossOfPod, mostOfNode } from './answers.ts';
import { placePod, type Rooms } from './place-pod.ts';
import { PodIndex } from './pod-index.ts';
import { put, type Room, roomOf, take } from './room.ts';
import { workloadNameOf } from './workload-name.ts';

/**
 * Node by node: what becomes of its pods when it goes and does not come back. A trial on paper, by the
 * rules of the scheduler that hold a pod back; preferences and preemption are left out, so that a pod may
 * find a place that is not told of here.
 */
export function* loseEachNode(census: Census): Steps<Loss[]> {
  const byNode = Map.groupBy(
    census.pods.filter(({ ended, node }) => !ended && node !== null),
    ({ node }) => node ?? '',
  );
  const index = new PodIndex<Room>();
  const rooms: Room[] = [];
  for (const node of census.nodes) {
    rooms.push(roomOf(node, byNode.get(node.name) ?? [], index));
    yield;
  }
  const all: Rooms = { all: rooms, index, volumesOf: volumesOf(census) };
  const losses: Loss[] = [];
  for (const { name } of census.nodes) {
    const pods = byNode.get(name) ?? [];
    losses.push(yield* loseNode({ name, pods, rooms: all, census }));
    yield;
  }
  return losses;
}

function volumesOf({ claims, volumes }: Census): Rooms['volumesOf'] {
  const byName = new Map(volumes.map((volume) => [volume.name, volume]));
  const byClaim = new Map(claims.map(({ key, volume }) => [key, byName.get(volume ?? '')]));
  return ({ namespace, claims: names }) =>
    names.flatMap((name) => byClaim.get(`${namespace}/${name}`) ?? []);
}

interface Losing {
  readonly name: string;
  readonly pods: readonly CensusPod[];
  readonly rooms: Rooms;
  readonly census: Census;
}

function* loseNode({ name, pods, rooms, census }: Losing): Steps<Loss> {
  const own = rooms.all.find(({ node }) => node.name === name);
  const others = rooms.all.filter((room) => room !== own);
  const moving = pods.filter(({ mirror, owner }) => !mirror && owner?.kind !== 'DaemonSet');
  // All go at once, before the first looks for a place.
  if (own !== undefined) for (const pod of pods) take(own, pod);
  const without: Rooms = { ...rooms, all: others };
  const stays: LossOfPod[] = [];
  const placed: (readonly [CensusPod, (typeof others)[number]])[] = [];
  for (const pod of moving) {
    const told = fateOf(pod, (one) => {
      const { room, why } = placePod(one, others, without);
      if (room !== null) placed.push([one, room]);
      return room === null ? why : null;
    });
    if (told !== null) stays.push({ ...workloadNameOf(pod), pod: pod.name, ...told });
    yield;
  }
  for (const [pod, room] of placed) take(room, pod);
  if (own !== undefined) for (const pod of pods) put(own, pod);
  return {
    node: name,
    pods: moving.length,
    moves: moving.length - stays.length,
    stays: stays.slice(0, mostOfNode),
    more: Math.max(0, stays.length - mostOfNode),
    budgets: blocking(census, moving).slice(0, mostOfNode),
    leaves: leftBehind(moving).slice(0, mostOfNode),
  };
}

type Fate = Pick<LossOfPod, 'finding' | 'why'>;

/** `place`: tries it elsewhere; null: it found a place, else why not. Null: it moves by itself. */
function fateOf(pod: CensusPod, place: (pod: CensusPod) => readonly string[] | null): Fate | null {
  if (pod.owner === null) return { finding: 'gone', why: ['nobody makes it again'] };
  const why = place(pod);
  if (why !== null) {
    return { finding: 'nowhere', why: why.length > 0 ? [...why] : ['there is no other node'] };
  }
  // A second one with the same identity could write to the same data.
  if (pod.owner.kind === 'StatefulSet') {
    return {
      finding: 'waits',
      why: ['it is made again only when somebody says that the node is gone for good'],
    };
  }
  return null;
}

function blocking({ budgets }: Census, pods: readonly CensusPod[]): string[] {
  return budgets
    .filter(({ allows }) => allows === 0)
    .filter(({ namespace, picks }) =>
      pods.some((pod) => {
        return pod.namespace === namespace && picks !== null && matches(picks, pod.labels);
      }),
    )
    .map(({ namespace, name }) => `${namespace}/${name}`);
}

function leftBehind(pods: readonly CensusPod[]): string[] {
  return pods.flatMap(({ key, hostPaths, scratch }) => [
    ...hostPaths.slice(0, 3).map((path) => `${key}: ${said(path)} on the node itself`),
    ...(scratch ? [`${key}: a directory that goes with the pod`] : []),
  ]);
}
