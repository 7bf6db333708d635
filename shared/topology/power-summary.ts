import { capacityOf, type PowerGraph } from './power-graph.ts';
import { loadsOf, type PowerLoads } from './power-load.ts';

export const feeds = ['A', 'B'] as const;
export const phases = ['L1', 'L2', 'L3'] as const;
export type Feed = (typeof feeds)[number];
export type Phase = (typeof phases)[number];

/** Watts that supplies draw, by the feed and the phase that they hang on in the end. */
export interface Balance {
  readonly feeds: Readonly<Record<Feed | 'none', number>>;
  readonly phases: Readonly<Record<Phase | 'none', number>>;
}

export function balanceOf(graph: PowerGraph, loads: PowerLoads): Balance {
  const byFeed = { A: 0, B: 0, none: 0 };
  const byPhase = { L1: 0, L2: 0, L3: 0, none: 0 };
  for (const deviceId of loads.consumers.keys()) {
    for (const { id } of graph.inputsOf.get(deviceId) ?? []) {
      const load = loads.points.get(id)?.load ?? 0;
      const nature = graph.nature.get(id);
      byFeed[nature?.feed ?? 'none'] += load;
      byPhase[nature?.phase ?? 'none'] += load;
    }
  }
  return { feeds: byFeed, phases: byPhase };
}

/** What happens when a feed, or one point, gives nothing any more. */
export interface Failure {
  /** Devices that go off, of those that were on. */
  readonly dark: readonly string[];
  /** Devices that go on from a battery. */
  readonly onBattery: readonly string[];
  /** Points that then have to carry more than they may. */
  readonly overloaded: readonly string[];
}

/** The beginnings of a feed: what says of itself that it belongs to it, and nothing above it does. */
export function beginningsOf(graph: PowerGraph, feed: Feed): ReadonlySet<string> {
  const own = [...graph.points.values()].filter((point) => point.feed === feed);
  return new Set(
    own.flatMap(({ id }) => {
      const from = graph.feeders.get(id) ?? [];
      return from.some((one) => graph.nature.get(one)?.feed === feed) ? [] : [id];
    }),
  );
}

/** `before`: the loads as long as nothing has failed. */
export function failureOf(
  graph: PowerGraph,
  failed: ReadonlySet<string>,
  before: PowerLoads,
): Failure {
  const after = loadsOf(graph, failed);
  const on = [...after.consumers].filter(([id]) => before.consumers.get(id)?.supply !== 'none');
  const was = (id: string) => before.consumers.get(id)?.supply;
  return {
    dark: on.flatMap(([id, { supply }]) => (supply === 'none' ? [id] : [])),
    onBattery: on.flatMap(([id, { supply }]) =>
      supply === 'battery' && was(id) === 'mains' ? [id] : [],
    ),
    overloaded: overloadedIn(graph, after),
  };
}

/** Points that carry more than they may. */
export function overloadedIn(graph: PowerGraph, loads: PowerLoads): string[] {
  return [...loads.points].flatMap(([id, { load }]) => {
    const capacity = capacityOf(graph, id);
    // A supply's plate says what it can give, not what it may draw.
    const isSupply =
      graph.points.get(id)?.role === 'input' &&
      !graph.outletsOf.has(graph.points.get(id)?.deviceId ?? '');
    return !isSupply && capacity !== null && load > capacity ? [id] : [];
  });
}

export interface RunTime {
  /** The figure to show; between the two others. */
  readonly minutes: number;
  readonly least: number;
  readonly most: number;
}

/**
 * How long a battery carries a load, in minutes. What arrives of the watt hours on the battery's label
 * depends on its age, the losses of the inverter and how fast it is emptied: between six and nine
 * tenths, three quarters as the figure. Null where nothing is drawn, or no battery is declared.
 */
export function runTimeOf(wattHours: number | null, load: number): RunTime | null {
  if (wattHours === null || wattHours <= 0 || load <= 0) return null;
  const minutes = (share: number) => ((wattHours * share) / load) * 60;
  return { minutes: minutes(0.75), least: minutes(0.6), most: minutes(0.9) };
}

/** In words, beside each run time. */
export const runTimeAssumption =
  'Assumes that 60 to 90 % of the battery’s watt hours arrive at the outlets, depending on its age and the load.';
