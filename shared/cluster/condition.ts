import { z } from 'zod';
import { listOf, part, text, time } from './tolerant.ts';

const condition = part({
  type: text,
  status: text,
  reason: text,
  message: text,
  lastTransitionTime: time,
});
export type Condition = z.infer<typeof condition>;

export const conditions = listOf(condition);

const withConditions = part({ status: part({ conditions }) });

/** Of any object that has the usual ones. */
export function conditionsOf(object: unknown): readonly Condition[] {
  return withConditions.parse(object).status.conditions;
}

export function conditionOf(all: readonly Condition[], type: string): Condition | undefined {
  return all.find((each) => each.type === type);
}

/** As the contract tells it. */
export const shownCondition = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string(),
  message: z.string(),
  /** UTC milliseconds. */
  lastTransitionTime: z.number().nullable(),
});
