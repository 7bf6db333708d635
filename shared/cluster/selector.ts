import { z } from 'zod';
import { listOf, part, text, texts } from './tolerant.ts';

const requirement = part({ key: text, operator: text, values: listOf(z.string()) });

export const labelSelector = z
  .object({ matchLabels: texts, matchExpressions: listOf(requirement) })
  .nullable()
  .catch(null);
export type LabelSelector = NonNullable<z.infer<typeof labelSelector>>;

/** A plain map, as services have it; an empty one picks nothing there. */
export function selectorOf(labels: Readonly<Record<string, string>>): LabelSelector | null {
  if (Object.keys(labels).length === 0) return null;
  return { matchLabels: { ...labels }, matchExpressions: [] };
}

export function matches(
  { matchLabels, matchExpressions }: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  for (const name in matchLabels) {
    if (labels[name] !== matchLabels[name]) return false;
  }
  return matchExpressions.every(({ key, operator, values }) => {
    const value = Object.hasOwn(labels, key) ? labels[key] : undefined;
    switch (operator) {
      case 'In':
        return value !== undefined && values.includes(value);
      case 'NotIn':
        return value === undefined || !values.includes(value);
      case 'Exists':
        return value !== undefined;
      case 'DoesNotExist':
        return value === undefined;
      // One that we do not know picks nothing rather than everything.
      default:
        return false;
    }
  });
}
