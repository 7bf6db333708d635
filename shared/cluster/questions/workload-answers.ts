import { type Census, podsByWorkload, type Steps } from '../census/census.ts';
import type { CensusNode } from '../census/node.ts';
import type { CensusPod } from '../census/pod.ts';
import type { CensusWorkload } from '../census/workload.ts';
import { goArchitecture } from '../drift/compare-node.ts';
import { said } from '../status.ts';
import type { ArchitectureAnswer, MachineClass, Placed, Thin, WorkloadName } from './answers.ts';
import { type ImageBuilds, imageBuilds } from './image-builds.ts';
import { hasLabels, isMeant } from './node-fit.ts';
import { workloadKindIds } from './workload-name.ts';

interface Looked {
  readonly workload: CensusWorkload;
  readonly pods: readonly CensusPod[];
}

const nameOf = ({ kind, namespace, name }: CensusWorkload): WorkloadName => ({
  kind: workloadKindIds[kind],
  ...{ namespace, name },
});

const nodesOf = (pods: readonly CensusPod[]) =>
  [...new Set(pods.flatMap(({ node }) => node ?? []))].sort();

/** Workloads with the pods that run or shall run. */
export function workloadsOf(census: Census): Looked[] {
  const pods = podsByWorkload(census);
  return census.workloads.map((workload) => ({ workload, pods: pods.get(workload.key) ?? [] }));
}

/** Which workloads sit on which class of machine. */
export function placedOn(
  looked: readonly Looked[],
  classOf: ReadonlyMap<string, MachineClass>,
): Placed[] {
  return looked.flatMap(({ workload, pods }) => {
    const counts = new Map<MachineClass, number>();
    for (const { node } of pods) {
      const machine = classOf.get(node ?? '');
      if (machine !== undefined) counts.set(machine, (counts.get(machine) ?? 0) + 1);
    }
    if (counts.size === 0) return [];
    const on = [...counts].map(([machine, count]) => ({ machine, pods: count }));
    return [{ ...nameOf(workload), on, nodes: nodesOf(pods).slice(0, 50) }];
  });
}

/** What one node, or one pod, that goes takes down altogether. */
export function thinOnes(looked: readonly Looked[]): Thin[] {
  return looked.flatMap(({ workload, pods }): Thin[] => {
    const { replicas } = workload;
    if (replicas === null || replicas === 0) return [];
    const nodes = nodesOf(pods);
    const [node = null] = nodes;
    const told = { ...nameOf(workload), pods: pods.length, node };
    if (replicas === 1) return [{ ...told, finding: 'one-replica' }];
    return nodes.length === 1 && pods.length > 1 ? [{ ...told, finding: 'one-node' }] : [];
  });
}

/** What does not run where it is for its processor, wants another, or could not move to others. */
export function* architectureAnswers(
  { nodes, pods }: Pick<Census, 'nodes' | 'pods'>,
  looked: readonly Looked[],
): Steps<ArchitectureAnswer[]> {
  const buildsOf = yield* imageBuilds(nodes, pods);
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const all = [...new Set(nodes.map(({ architecture }) => goArchitecture(architecture)))].filter(
    (name) => name !== '',
  );
  yield;
  const answers: ArchitectureAnswer[] = [];
  for (const { workload, pods: own } of looked) {
    yield;
    const on = [
      ...new Set(own.flatMap(({ node }) => byName.get(node ?? '')?.architecture || [])),
    ].map(goArchitecture);
    const answer = architectureOf(workload, {
      builds: workload.images.map((image) => [image, buildsOf(image)]),
      ...{ on, all, nodes },
    });
    if (answer !== null) answers.push({ ...nameOf(workload), on, ...answer });
  }
  return answers;
}

interface Asked {
  readonly builds: readonly (readonly [image: string, builds: ImageBuilds])[];
  /** Architectures that it is on, and that there are. */
  readonly on: readonly string[];
  readonly all: readonly string[];
  readonly nodes: readonly CensusNode[];
}

type Answer = Pick<ArchitectureAnswer, 'finding' | 'about' | 'why'>;

function architectureOf(
  workload: CensusWorkload,
  { builds, on, all, nodes }: Asked,
): Answer | null {
  const lacks = (architecture: string) =>
    builds.filter(([, { lacks: none }]) => none.has(architecture)).map(([image]) => image);
  const wrong = on.filter((architecture) => lacks(architecture).length > 0);
  if (wrong.length > 0) {
    const why = wrong.flatMap((architecture) =>
      lacks(architecture).map((image) => `${said(image)} has no build for ${architecture}`),
    );
    return { finding: 'wrong', about: wrong, why };
  }
  const named = builds.flatMap(([image]) => namedFor(image) ?? []);
  const misplaced = on.filter((one) => named.length > 0 && !named.includes(one));
  if (misplaced.length > 0) {
    const why = [`the name of its image says ${named.join(', ')}`];
    return { finding: 'misplaced', about: misplaced, why };
  }
  const others = reachable(workload, nodes, all).filter((one) => !on.includes(one));
  const without = others.filter((architecture) => lacks(architecture).length > 0);
  if (without.length > 0) {
    const why = without.flatMap((one) =>
      lacks(one).map((image) => `${said(image)} has no build for ${one}, where it may be put`),
    );
    return { finding: 'bound', about: without, why };
  }
  const unknown = others.filter((one) => builds.some(([, { has }]) => !has.has(one)));
  if (unknown.length === 0 || on.length === 0) return null;
  const why = [`its images never ran on ${unknown.join(', ')} here, and no node there has them`];
  return { finding: 'unknown', about: unknown, why };
}

/** Architectures of the nodes that its selectors leave. */
function reachable(
  { placement }: CensusWorkload,
  nodes: readonly CensusNode[],
  all: readonly string[],
): string[] {
  const left = nodes.filter(
    (node) => hasLabels(placement.labels, node) && isMeant(placement.nodes, node),
  );
  const found = new Set(left.map(({ architecture }) => goArchitecture(architecture)));
  return all.filter((one) => found.has(one));
}

/** `registry.example/app:2.1-arm64`, `arm64v8/redis`: people say it so. */
function namedFor(image: string): string | null {
  const [, found] =
    /(?:^|[/:_.-])(amd64|x86_64|arm64v8|arm64|aarch64|arm32v7|armv7)(?=$|[/:_.@-])/i.exec(image) ??
    [];
  if (found === undefined) return null;
  const name = found
    .toLowerCase()
    .replace(/^arm64v8$/, 'arm64')
    .replace(/^(arm32v7|armv7)$/, 'arm');
  return goArchitecture(name);
}
