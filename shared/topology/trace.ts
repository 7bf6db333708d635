import type { CableEnd, CableGraph, Socket } from './cable-graph.ts';

/**
 * How a step was reached: along a cable, through a panel between front and rear, from a LAG to a
 * member of it, from an interface to the one that it sits upon.
 */
export type Way = 'start' | 'cable' | 'panel' | 'member' | 'upon';

/**
 * Why a branch ends. `connected`: at an interface or a console. The others are half of a connection:
 * nothing is plugged in (`no-cable`), the cable's other end hangs free (`open-end`), a front port that
 * leads nowhere (`no-rear`), a rear port without a front at that position (`no-front`), a breakout
 * without that lane (`no-lane`). `circle` and `too-long` say that it would not end.
 */
export type Ending =
  | 'connected'
  | 'no-cable'
  | 'open-end'
  | 'no-rear'
  | 'no-front'
  | 'no-lane'
  | 'circle'
  | 'too-long';

export interface TraceStep {
  /** The step before; null at the start. Steps stand behind the one that they come from. */
  readonly from: number | null;
  readonly way: Way;
  /** Where it arrives; null at a cable's end that is plugged in nowhere. */
  readonly socketId: string | null;
  /** Along which cable, between which of its ends. */
  readonly cable: {
    readonly id: string;
    readonly near: CableEnd;
    readonly far: CableEnd | null;
  } | null;
  /** Set where the branch ends. */
  readonly ending: Ending | null;
}

export interface Trace {
  /** As a tree: the first one is the start. */
  readonly steps: readonly TraceStep[];
  /** One for each end that was found: indexes of its steps, from the start. */
  readonly branches: readonly (readonly number[])[];
  /** There is more than `mostSteps`, which is left out. */
  readonly cut: boolean;
}

/** More than any path has, and what one trace may read and draw. */
export const mostHops = 64;
export const mostSteps = 600;

/** Where a walk stands: which socket, how it came there, and the positions that it is to come out at. */
interface Walk {
  readonly step: number;
  readonly socket: Socket;
  /**
   * The innermost last: what was gathered onto a rear port or onto one end of a breakout comes out
   * at the same position where it is spread again.
   */
  readonly positions: readonly number[];
  readonly hops: number;
  readonly passed: readonly Passed[];
}

/** A cable was entered at this end, with these positions still to come out at. */
interface Passed {
  readonly endId: string;
  readonly positions: readonly number[];
}

/** From a socket to everything that it is connected to; undefined where there is no such socket. */
export function trace(graph: CableGraph, startId: string): Trace | undefined {
  const start = graph.socket(startId);
  if (start === undefined) return undefined;
  const steps = new StepList();
  const first = steps.add({ from: null, way: 'start', socketId: start.id, cable: null });
  begin(graph, steps, { step: first, socket: start, positions: [], hops: 0, passed: [] });
  return steps.finished();
}

/** A panel's port is traced to both sides; a LAG from each member; what sits upon another, from that. */
function begin(graph: CableGraph, steps: StepList, walk: Walk): void {
  const { socket } = walk;
  if (isPanel(socket)) {
    alongCables(graph, steps, walk);
    throughPanel(graph, steps, { ...walk, hops: 1 });
  } else {
    beginBelow(graph, steps, walk, new Set([socket.id]));
  }
}

function beginBelow(graph: CableGraph, steps: StepList, walk: Walk, seen: Set<string>): void {
  const { socket } = walk;
  const parent = socket.parentId === null ? undefined : graph.socket(socket.parentId);
  const below = [
    ...graph.membersOf(socket.id).map((member) => ({ way: 'member' as const, member })),
    ...(parent === undefined ? [] : [{ way: 'upon' as const, member: parent }]),
  ].filter(({ member }) => !seen.has(member.id));
  if (below.length === 0 || graph.endsAt(socket.id).length > 0) {
    walkOn(graph, steps, walk);
    return;
  }
  for (const { member } of below) seen.add(member.id);
  for (const { way, member } of below) {
    const step = steps.add({ from: walk.step, way, socketId: member.id, cable: null });
    if (step !== undefined) beginBelow(graph, steps, { ...walk, step, socket: member }, seen);
  }
}

const isPanel = ({ role }: Socket) => role === 'front' || role === 'rear';

/** Arrived at a socket with its cable still ahead. */
function walkOn(graph: CableGraph, steps: StepList, walk: Walk): void {
  if (graph.endsAt(walk.socket.id).length === 0) steps.end(walk.step, 'no-cable');
  else alongCables(graph, steps, walk);
}

function alongCables(graph: CableGraph, steps: StepList, walk: Walk): void {
  for (const near of graph.endsAt(walk.socket.id)) alongCable(graph, steps, walk, near);
}

function alongCable(graph: CableGraph, steps: StepList, walk: Walk, near: CableEnd): void {
  const all = graph.endsOf(near.cableId);
  const spread = farEnds(all, near, walk.positions);
  const stop = isCircle(walk, near)
    ? 'circle'
    : walk.hops >= mostHops
      ? 'too-long'
      : spread.ends.length === 0
        ? spread.none
        : undefined;
  const leave = (far: CableEnd | null, socketId: string | null) =>
    steps.add({ from: walk.step, way: 'cable', socketId, cable: { id: near.cableId, near, far } });
  if (stop !== undefined) {
    steps.end(leave(null, null), stop);
    return;
  }
  const passed = [...walk.passed, { endId: near.id, positions: walk.positions }];
  for (const { end, positions } of spread.ends) {
    const socket = end.socketId === null ? undefined : graph.socket(end.socketId);
    const step = leave(end, socket?.id ?? null);
    if (step === undefined) return;
    if (socket === undefined) steps.end(step, 'open-end');
    else arrive(graph, steps, { step, socket, positions, hops: walk.hops + 1, passed });
  }
}

/**
 * The same strand again. A trunk may be passed several times, once for each of its positions; what
 * gathers more positions at each round goes round as well.
 */
function isCircle({ passed, positions }: Walk, near: CableEnd): boolean {
  return passed.some(({ endId, positions: before }) => {
    if (endId !== near.id) return false;
    if (before.length < positions.length) return before.at(-1) === positions.at(-1);
    return before.length === positions.length && before.every((one, i) => one === positions[i]);
  });
}

interface Spread {
  readonly ends: readonly { readonly end: CableEnd; readonly positions: readonly number[] }[];
  readonly none: Ending;
}

/** Where a cable leads from one of its ends: by lane, gathered onto one end, or spread over several. */
function farEnds(all: readonly CableEnd[], near: CableEnd, positions: readonly number[]): Spread {
  const far = all.filter(({ side }) => side !== near.side);
  const nearCount = all.length - far.length;
  const [only] = far;
  if (only === undefined) return { ends: [], none: 'open-end' };
  if (nearCount > 1 && far.length > 1) {
    const same = far.filter(({ lane }) => lane === near.lane);
    return { ends: same.map((end) => ({ end, positions })), none: 'no-lane' };
  }
  if (nearCount > 1)
    return { ends: [{ end: only, positions: [...positions, near.lane] }], none: 'no-lane' };
  if (far.length === 1) return { ends: [{ end: only, positions }], none: 'no-lane' };
  const wanted = positions.at(-1);
  if (wanted === undefined)
    return { ends: far.map((end) => ({ end, positions })), none: 'no-lane' };
  const lane = far.filter((end) => end.lane === wanted);
  return { ends: lane.map((end) => ({ end, positions: positions.slice(0, -1) })), none: 'no-lane' };
}

/** Arrived along a cable. */
function arrive(graph: CableGraph, steps: StepList, walk: Walk): void {
  if (isPanel(walk.socket)) throughPanel(graph, steps, walk);
  else steps.end(walk.step, 'connected');
}

function throughPanel(graph: CableGraph, steps: StepList, walk: Walk): void {
  if (walk.socket.role === 'front') toRear(graph, steps, walk);
  else toFronts(graph, steps, walk);
}

function toFronts(graph: CableGraph, steps: StepList, walk: Walk): void {
  const fronts = graph.frontsOf(walk.socket.id);
  const wanted = walk.positions.at(-1);
  // A rear port that only one front leads to has no positions to tell apart.
  const gathers = fronts.length > 1;
  const isWanted = (front: Socket) =>
    !gathers || wanted === undefined || positionOf(front) === wanted;
  const chosen = fronts.filter(isWanted);
  if (chosen.length === 0) steps.end(walk.step, 'no-front');
  const positions = gathers ? walk.positions.slice(0, -1) : walk.positions;
  for (const front of chosen) passThrough(graph, steps, { ...walk, positions }, front);
}

function toRear(graph: CableGraph, steps: StepList, walk: Walk): void {
  const { rear } = walk.socket;
  const socket = rear === null ? undefined : graph.socket(rear.id);
  if (socket === undefined) {
    steps.end(walk.step, 'no-rear');
    return;
  }
  const gathers = graph.frontsOf(socket.id).length > 1;
  const positions = gathers ? [...walk.positions, positionOf(walk.socket)] : walk.positions;
  passThrough(graph, steps, { ...walk, positions }, socket);
}

/** Where nothing says which position it is, it is the first. */
const positionOf = ({ rear }: Socket): number => rear?.position ?? 1;

function passThrough(graph: CableGraph, steps: StepList, walk: Walk, to: Socket): void {
  const step = steps.add({ from: walk.step, way: 'panel', socketId: to.id, cable: null });
  if (step !== undefined) walkOn(graph, steps, { ...walk, step, socket: to });
}

type Open = { -readonly [K in keyof TraceStep]: TraceStep[K] };

/** Steps as they are found; nothing is added beyond what may be drawn. */
class StepList {
  readonly #steps: Open[] = [];
  #cut = false;

  add(step: Omit<TraceStep, 'ending'> & { readonly from: null }): number;
  add(step: Omit<TraceStep, 'ending'>): number | undefined;
  add(step: Omit<TraceStep, 'ending'>): number | undefined {
    if (this.#steps.length >= mostSteps) {
      this.#cut = true;
      return undefined;
    }
    return this.#steps.push({ ...step, ending: null }) - 1;
  }

  end(index: number | undefined, ending: Ending): void {
    const step = index === undefined ? undefined : this.#steps[index];
    if (step !== undefined) step.ending = ending;
  }

  finished(): Trace {
    const steps = this.#steps;
    const branches = steps.flatMap(({ ending }, index) =>
      ending === null ? [] : [pathTo(steps, index)],
    );
    return { steps, branches, cut: this.#cut };
  }
}

function pathTo(steps: readonly TraceStep[], index: number): number[] {
  const path: number[] = [];
  for (let at: number | null = index; at !== null; at = steps[at]?.from ?? null) path.push(at);
  return path.reverse();
}

/** The sockets that it is connected to in the end; itself is none of them. */
export function connectedTo({ steps }: Trace): readonly string[] {
  const ends = steps.flatMap(({ ending, socketId }) =>
    ending === 'connected' && socketId !== null ? [socketId] : [],
  );
  return [...new Set(ends)];
}
