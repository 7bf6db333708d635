import type { CensusNode } from '../census/node.ts';
import type { NodeRequirement, NodeSelector, Taint, Toleration } from '../census/placement.ts';

/** Whether a node is one that the terms mean; null means any. */
export function isMeant(selector: NodeSelector, node: CensusNode): boolean {
  if (selector === null) return true;
  return selector.nodeSelectorTerms.some(({ matchExpressions, matchFields }) => {
    if (matchExpressions.length + matchFields.length === 0) return false;
    return (
      matchExpressions.every((one) => holds(one, valueIn(node.labels, one.key))) &&
      matchFields.every((one) => holds(one, one.key === 'metadata.name' ? node.name : undefined))
    );
  });
}

function valueIn(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

function holds({ operator, values }: NodeRequirement, value: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return Number(value) > Number(values[0]);
    case 'Lt':
      return Number(value) < Number(values[0]);
    default:
      return false;
  }
}

export function hasLabels(
  wanted: Readonly<Record<string, string>>,
  { labels }: CensusNode,
): boolean {
  return Object.entries(wanted).every(([key, value]) => valueIn(labels, key) === value);
}

/** The first taint that keeps a pod away; null: none does. */
export function untolerated(
  taints: readonly Taint[],
  tolerations: readonly Toleration[],
): Taint | null {
  return (
    taints.find(
      (taint) =>
        taint.effect !== 'PreferNoSchedule' && !tolerations.some((one) => tolerates(one, taint)),
    ) ?? null
  );
}

function tolerates({ key, operator, value, effect }: Toleration, taint: Taint): boolean {
  if (effect !== '' && effect !== taint.effect) return false;
  if (key === '') return operator === 'Exists';
  if (key !== taint.key) return false;
  return operator === 'Exists' || value === taint.value;
}
