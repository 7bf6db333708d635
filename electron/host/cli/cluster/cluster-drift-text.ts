import type { CensusGap } from '../../../../shared/cluster/census/census.ts';
import type { DriftLine } from '../../../../shared/cluster/drift/drift-line.ts';
import type { Answers, Loss, WorkloadName } from '../../../../shared/cluster/questions/answers.ts';
import { formatCount } from '../../../../shared/model/amounts.ts';
import { printable } from '../terminal/printable.ts';
import { formatTable } from '../terminal/text-table.ts';

interface DriftPage {
  readonly cluster: { readonly name: string };
  readonly rows: readonly DriftLine[];
  readonly gaps: readonly CensusGap[];
}

export function driftText({ cluster, rows, gaps }: DriftPage, state: 'open' | 'dismissed'): string {
  if (rows.length === 0) {
    const none =
      state === 'open'
        ? `The inventory and ${printable(cluster.name)} agree.\n`
        : 'None was dismissed.\n';
    return none + gapText(gaps);
  }
  const lines = rows.map(({ subject, label, inventory, cluster: seen, fix, advice }) => [
    ...[subject, label, inventory ?? '-', seen ?? '-', fix ?? advice ?? ''],
  ]);
  return (
    formatTable([['WHAT', 'FIELD', 'INVENTORY', 'CLUSTER', 'ACCEPTING IT'], ...lines]) +
    gapText(gaps)
  );
}

function gapText(gaps: readonly CensusGap[]): string {
  return gaps.map(({ what, why }) => `Not read: ${what}. ${printable(why)}\n`).join('');
}

const nameOf = ({ namespace, name }: WorkloadName) => `${namespace}/${name}`;

const findings = {
  wrong: 'does not run there',
  misplaced: 'asks for another',
  bound: 'cannot move there',
  unknown: 'not known',
} as const;

export function answersText({
  answers,
  gaps,
}: {
  readonly answers: Answers;
  readonly gaps: readonly CensusGap[];
}): string {
  const { classes, placed, architectures, thin, losses } = answers;
  return [
    part('Machines', [
      ['CLASS', 'NODES', 'PODS'],
      ...classes.map(({ machine, nodes, pods }) => [machine, nodes.join(', '), String(pods)]),
    ]),
    part('Where workloads sit', [
      ['WORKLOAD', 'ON', 'NODES'],
      ...placed.rows.map((row) => [
        nameOf(row),
        row.on.map(({ machine, pods }) => `${machine} (${pods})`).join(', '),
        row.nodes.join(', '),
      ]),
    ]),
    part('Architectures', [
      ['WORKLOAD', 'ON', 'ABOUT', 'FINDING', 'WHY'],
      ...architectures.rows.map((row) => [
        ...[nameOf(row), row.on.join(', '), row.about.join(', ')],
        ...[findings[row.finding], row.why.join('; ')],
      ]),
    ]),
    part('On one pod or one node', [
      ['WORKLOAD', 'FINDING', 'NODE'],
      ...thin.rows.map((row) => [
        nameOf(row),
        row.finding === 'one-replica' ? 'one replica' : `all ${row.pods} on one node`,
        row.node ?? '-',
      ]),
    ]),
    ...losses.map(lossText),
    gapText(gaps),
  ].join('');
}

function part(title: string, rows: readonly (readonly string[])[]): string {
  return `${title}\n${rows.length > 1 ? formatTable(rows) : 'Nothing.\n'}\n`;
}

function lossText({ node, pods, moves, stays, more, budgets, leaves }: Loss): string {
  const head = `If ${printable(node)} went: ${moves} of ${formatCount(pods, 'pod')} would run elsewhere\n`;
  const rows = stays.map((row) => [`  ${nameOf(row)}`, row.pod, row.why.join('; ')]);
  const rest = [
    ...(more > 0 ? [`and ${formatCount(more, 'more', 'more')}`] : []),
    ...budgets.map((name) => `the budget ${printable(name)} holds a drain`),
    ...leaves.map((text) => `left behind: ${printable(text)}`),
  ];
  return `${head}${formatTable(rows)}${rest.map((line) => `  ${line}\n`).join('')}\n`;
}
