import { type Census, podsByWorkload, type Steps } from '../census/census.ts';
import { compareDependencies } from './compare-dependencies.ts';
import { compareNodes } from './compare-nodes.ts';
import { compareWorkloads, matchServices } from './compare-workloads.ts';
import type { Declared } from './declared.ts';
import type { Drift } from './drift-line.ts';
import { matchNodes } from './match-nodes.ts';

/** Everything in which the inventory and the cluster differ: nodes, workloads, dependencies. */
export function* findDrift(census: Census, declared: Declared): Steps<Drift[]> {
  const matches = matchNodes(census.nodes, declared);
  const nodes = compareNodes(census.nodes, declared, matches);
  yield;
  const pods = podsByWorkload(census);
  yield;
  const services = matchServices(census.workloads, declared);
  const side = { workloads: census.workloads, pods, matches };
  yield;
  const workloads = yield* compareWorkloads(side, declared, services);
  yield;
  const dependencies = yield* compareDependencies(census, declared, services);
  // What nothing could be read of differs in nothing.
  const blind = new Set(census.gaps.map(({ what }) => what));
  return [
    ...(blind.has('nodes') ? [] : nodes),
    ...workloads.filter(({ about }) => about !== 'service-not-seen' || !isBlind(blind)),
    ...dependencies,
  ];
}

const workloadLists = ['deployments', 'stateful sets', 'daemon sets', 'cron jobs'];

function isBlind(blind: ReadonlySet<string>): boolean {
  return workloadLists.some((what) => blind.has(what));
}
