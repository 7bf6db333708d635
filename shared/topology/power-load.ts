import type { PowerGraph, PowerPoint } from './power-graph.ts';

/** Whether power arrives: from the house, from a battery on the way, or not at all. */
export type Supply = 'mains' | 'battery' | 'none';

export interface PointLoad {
  readonly supply: Supply;
  /** Watts as measured, by the nameplate where nobody measured. */
  readonly load: number;
  /** Watts by the nameplates: the most that may be drawn. */
  readonly worst: number;
}

export interface DeviceLoad {
  readonly supply: Supply;
  /** What it draws in all; null where neither a measurement nor a nameplate is declared. */
  readonly draw: number | null;
  readonly basis: 'measured' | 'nameplate' | null;
  /** Supplies, and how many of them power arrives at. */
  readonly supplies: number;
  readonly live: number;
}

export interface PowerLoads {
  readonly points: ReadonlyMap<string, PointLoad>;
  /** Devices that consume: those with supplies and no outlet. */
  readonly consumers: ReadonlyMap<string, DeviceLoad>;
  /** What hangs on the outlets of a device that passes power on: a UPS or a PDU. */
  readonly passed: ReadonlyMap<string, { readonly load: number; readonly worst: number }>;
}

const nothing = { load: 0, worst: 0 };
const best = { mains: 2, battery: 1, none: 0 } as const;

/**
 * The load of every point, when the points in `failed` give nothing. What a device draws is split
 * evenly over those of its supplies that power arrives at (over all as they were measured, where
 * each of them was); an outlet that any input may feed draws evenly from those that are live. Losses
 * of a UPS and of supplies are not reckoned with. O(points).
 */
export function loadsOf(graph: PowerGraph, failed: ReadonlySet<string> = new Set()): PowerLoads {
  const order = fromBottom(graph);
  const supplies = suppliesOf(graph, order.toReversed(), failed);
  const drawn = new Map<string, { load: number; worst: number }>();
  const add = (id: string, load: number, worst: number) => {
    const known = drawn.get(id) ?? { ...nothing };
    drawn.set(id, { load: known.load + load, worst: known.worst + worst });
  };
  const consumers = new Map<string, DeviceLoad>();
  for (const [deviceId, inputs] of graph.inputsOf) {
    if (graph.outletsOf.has(deviceId)) continue;
    consumers.set(deviceId, consume(graph, { deviceId, inputs, supplies, add }));
  }
  const passed = new Map<string, { load: number; worst: number }>();
  for (const id of order) {
    const own = drawn.get(id) ?? nothing;
    const from = liveFeeders(graph, id, supplies);
    for (const one of from) add(one, own.load / from.length, own.worst / from.length);
    const deviceId = firstOutletOf(graph, id);
    if (deviceId === undefined) continue;
    const sum = passed.get(deviceId) ?? nothing;
    passed.set(deviceId, { load: sum.load + own.load, worst: sum.worst + own.worst });
  }
  const points = new Map<string, PointLoad>();
  for (const id of graph.points.keys()) {
    points.set(id, { ...(drawn.get(id) ?? nothing), supply: supplies.get(id) ?? 'none' });
  }
  return { points, consumers, passed };
}

/** Those that it draws from: of several the ones with mains, else those with a battery. */
function liveFeeders(graph: PowerGraph, id: string, supplies: ReadonlyMap<string, Supply>) {
  const from = graph.feeders.get(id) ?? [];
  const rankOf = (one: string) => best[supplies.get(one) ?? 'none'];
  const top = Math.max(0, ...from.map(rankOf));
  return top === 0 ? [] : from.filter((one) => rankOf(one) === top);
}

/** The device whose outlet it is, unless another outlet of that device feeds it and is counted there. */
function firstOutletOf(graph: PowerGraph, id: string): string | undefined {
  const point = graph.points.get(id);
  if (point?.role !== 'outlet' || point.deviceId === null) return undefined;
  const isSecond = (graph.feeders.get(id) ?? []).some((one) => {
    const feeder = graph.points.get(one);
    return feeder?.role === 'outlet' && feeder.deviceId === point.deviceId;
  });
  return isSecond ? undefined : point.deviceId;
}

/** Every point once all that it feeds has come; what is in a circle comes last, in any order. */
function fromBottom(graph: PowerGraph): string[] {
  const waiting = new Map(
    [...graph.points.keys()].map((id) => [id, graph.fed.get(id)?.length ?? 0]),
  );
  const order = [...waiting].flatMap(([id, count]) => (count === 0 ? [id] : []));
  for (let at = 0; at < order.length; at += 1) {
    for (const feeder of graph.feeders.get(order[at] ?? '') ?? []) {
      const left = (waiting.get(feeder) ?? 0) - 1;
      waiting.set(feeder, left);
      if (left === 0) order.push(feeder);
    }
  }
  const come = new Set(order);
  return [...order, ...[...waiting.keys()].filter((id) => !come.has(id))];
}

/** From the top: what stands at the beginning is live, but for a supply, which is then not plugged in. */
function suppliesOf(
  graph: PowerGraph,
  fromTop: readonly string[],
  failed: ReadonlySet<string>,
): Map<string, Supply> {
  const supplies = new Map<string, Supply>();
  for (const id of fromTop) {
    const point = graph.points.get(id);
    if (point === undefined) continue;
    supplies.set(id, failed.has(id) ? 'none' : supplyOf(graph, point, supplies));
  }
  return supplies;
}

function supplyOf(
  graph: PowerGraph,
  point: PowerPoint,
  known: ReadonlyMap<string, Supply>,
): Supply {
  const device = point.deviceId ?? '';
  const from = graph.feeders.get(point.id) ?? [];
  if (from.length === 0) {
    // Of a UPS or a PDU it is only not documented what feeds it.
    return point.role === 'input' && !graph.outletsOf.has(device) ? 'none' : 'mains';
  }
  const arriving = from.map((id) => known.get(id) ?? 'none');
  if (arriving.includes('mains')) return 'mains';
  const hasBattery = point.role === 'outlet' && (graph.devices.get(device)?.battery ?? 0) > 0;
  return hasBattery || arriving.includes('battery') ? 'battery' : 'none';
}

interface Consuming {
  readonly deviceId: string;
  readonly inputs: readonly PowerPoint[];
  readonly supplies: ReadonlyMap<string, Supply>;
  readonly add: (id: string, load: number, worst: number) => void;
}

function consume(graph: PowerGraph, { deviceId, inputs, supplies, add }: Consuming): DeviceLoad {
  const device = graph.devices.get(deviceId);
  const measured = device?.measured ?? sumOf(inputs, 'measured');
  // Of two supplies each can bear the whole device: their plates are no sum of what it draws.
  const nameplate = device?.nameplate ?? mostOf(inputs);
  const draw = measured ?? nameplate;
  const worst = Math.max(nameplate ?? 0, draw ?? 0);
  const live = inputs.filter(({ id }) => (supplies.get(id) ?? 'none') !== 'none');
  const asMeasured = live.length === inputs.length && inputs.every((one) => one.measured !== null);
  const sum = sumOf(inputs, 'measured') ?? 0;
  for (const { id, measured: own } of live) {
    const share = asMeasured && sum > 0 ? (own ?? 0) / sum : 1 / live.length;
    add(id, (draw ?? 0) * share, worst * share);
  }
  const arriving = live.map(({ id }) => supplies.get(id));
  return {
    supply: arriving.includes('mains') ? 'mains' : arriving.length > 0 ? 'battery' : 'none',
    draw,
    basis: measured !== null ? 'measured' : nameplate !== null ? 'nameplate' : null,
    supplies: inputs.length,
    live: live.length,
  };
}

function sumOf(points: readonly PowerPoint[], field: 'measured'): number | null {
  const known = points.flatMap((point) => point[field] ?? []);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}

function mostOf(points: readonly PowerPoint[]): number | null {
  const known = points.flatMap(({ nameplate }) => nameplate ?? []);
  return known.length === 0 ? null : Math.max(...known);
}
