import type { PowerOverview } from '../../../shared/contract/power.ts';
import { capacityOf } from '../../../shared/topology/power-graph.ts';
import {
  balanceOf,
  beginningsOf,
  failureOf,
  feeds,
  overloadedIn,
} from '../../../shared/topology/power-summary.ts';
import type { Database } from '../db/index.ts';
import { passingCapacity, pointName, type Reckoned, reckon, runTimeOfDevice } from './reckoned.ts';

/** Nobody reads more names in a sentence; how many there are is told beside. */
const mostNamed = 8;
const mostBreakers = 100;

export function overviewOf(db: Database): PowerOverview {
  const all = reckon(db);
  const { graph, loads } = all;
  const consumers = [...loads.consumers];
  const deviceName = (id: string) => all.devices.get(id)?.name ?? '';
  return {
    empty: graph.points.size === 0,
    ...sums(all),
    consumers: consumers.length,
    unmeasured: consumers.filter(([, { basis }]) => basis === 'nameplate').length,
    unknown: consumers.filter(([, { basis }]) => basis === null).length,
    ...balanceOf(graph, loads),
    breakers: breakersOf(all),
    ups: upsOf(all),
    failures: failuresOf(all),
    overloaded: some(overloadedIn(graph, loads), (id) => pointName(all, id)),
    circles: graph.circles
      .slice(0, mostNamed)
      .map((circle) => circle.slice(0, mostNamed).map((id) => pointName(all, id))),
    singleSupply: some(onOneFeed(all), deviceName),
    undocumented: db.tables.power.undocumentedCount(),
  };
}

function some(ids: readonly string[], nameOf: (id: string) => string) {
  return { count: ids.length, names: ids.slice(0, mostNamed).map(nameOf) };
}

/** Of what is on. */
function sums({ loads, graph }: Reckoned) {
  let load = 0;
  let worst = 0;
  for (const deviceId of loads.consumers.keys()) {
    for (const { id } of graph.inputsOf.get(deviceId) ?? []) {
      load += loads.points.get(id)?.load ?? 0;
      worst += loads.points.get(id)?.worst ?? 0;
    }
  }
  return { load, worst };
}

function breakersOf(all: Reckoned): PowerOverview['breakers'] {
  const breakers = [...all.points.values()].filter(({ role }) => role === 'breaker');
  return breakers.slice(0, mostBreakers).map(({ id }) => ({
    id,
    name: pointName(all, id),
    feed: all.graph.nature.get(id)?.feed ?? null,
    phase: all.graph.nature.get(id)?.phase ?? null,
    load: all.loads.points.get(id)?.load ?? 0,
    worst: all.loads.points.get(id)?.worst ?? 0,
    capacity: capacityOf(all.graph, id),
  }));
}

function upsOf(all: Reckoned): PowerOverview['ups'] {
  const ups = [...all.devices.values()].filter(
    ({ id, kind, battery }) =>
      (kind === 'ups' || (battery ?? 0) > 0) && all.graph.outletsOf.has(id),
  );
  return ups.slice(0, mostBreakers).map(({ id, name, battery, measured }) => ({
    id,
    name,
    battery,
    measured,
    load: all.loads.passed.get(id)?.load ?? 0,
    capacity: passingCapacity(all, id),
    runTime: runTimeOfDevice(all, id),
  }));
}

function failuresOf(all: Reckoned): PowerOverview['failures'] {
  return feeds.flatMap((feed) => {
    const failed = beginningsOf(all.graph, feed);
    if (failed.size === 0) return [];
    const { dark, onBattery, overloaded } = failureOf(all.graph, failed, all.loads);
    const deviceName = (id: string) => all.devices.get(id)?.name ?? '';
    return [
      {
        feed,
        dark: some(dark, deviceName),
        onBattery: some(onBattery, deviceName),
        overloaded: some(overloaded, (id) => pointName(all, id)),
      },
    ];
  });
}

/** Devices with two or more supplies that all hang on one feed: the second one then is of no use. */
function onOneFeed({ graph, loads }: Reckoned): string[] {
  return [...loads.consumers].flatMap(([deviceId, { supplies }]) => {
    const fed = (graph.inputsOf.get(deviceId) ?? []).map(({ id }) => graph.nature.get(id)?.feed);
    return supplies > 1 && fed.every((feed) => feed !== null && feed === fed[0]) ? [deviceId] : [];
  });
}
