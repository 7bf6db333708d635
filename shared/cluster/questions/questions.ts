import type { Census, Steps } from '../census/census.ts';
import { type Answers, machineClasses, mostRows } from './answers.ts';
import { loseEachNode } from './lose-node.ts';
import { type KnownMachine, machineClass } from './machine-class.ts';
import { architectureAnswers, placedOn, thinOnes, workloadsOf } from './workload-answers.ts';

/** `machines`: what the inventory knows, by the name of the node. */
export function* answerQuestions(
  census: Census,
  machines: ReadonlyMap<string, KnownMachine>,
): Steps<Answers> {
  const classOf = new Map(
    census.nodes.map((node) => [node.name, machineClass(node, machines.get(node.name))]),
  );
  yield;
  const looked = workloadsOf(census);
  yield;
  const placed = placedOn(looked, classOf);
  yield;
  const architectures = yield* architectureAnswers(census, looked);
  yield;
  const thin = thinOnes(looked);
  const losses = yield* loseEachNode(census);
  return {
    classes: classesOf(census, classOf),
    placed: cut(placed),
    architectures: cut(sorted(architectures)),
    thin: cut(thin),
    losses: losses.slice(0, mostRows),
  };
}

function classesOf({ nodes, pods }: Census, classOf: ReadonlyMap<string, string>) {
  return machineClasses.flatMap((machine) => {
    const names = nodes.map(({ name }) => name).filter((name) => classOf.get(name) === machine);
    if (names.length === 0) return [];
    const count = pods.filter(({ node, ended }) => !ended && classOf.get(node ?? '') === machine);
    return [{ machine, nodes: names.slice(0, mostRows), pods: count.length }];
  });
}

const order = ['wrong', 'misplaced', 'bound', 'unknown'];

function sorted(rows: Answers['architectures']['rows']): Answers['architectures']['rows'] {
  return rows.sort((a, b) => order.indexOf(a.finding) - order.indexOf(b.finding));
}

function cut<T>(rows: readonly T[]): { rows: T[]; total: number } {
  return { rows: rows.slice(0, mostRows), total: rows.length };
}
