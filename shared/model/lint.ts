import { z } from 'zod';
import { id } from './inventory.ts';
import { kindNames } from './kinds/index.ts';

/** `error`: does not work as it stands; `warning`: likely not meant; `note`: worth knowing. */
export const severities = ['error', 'warning', 'note'] as const;
export const severity = z.enum(severities);
export type Severity = z.infer<typeof severity>;

/** What a finding is about; `field` where one field of it is meant. */
const findingSubject = z.object({
  kind: z.enum(kindNames),
  id,
  name: z.string(),
  field: z.string().nullable(),
});
export type FindingSubject = z.infer<typeof findingSubject>;

/** Something in the inventory that contradicts itself, or will not work as it is written. */
export const finding = z.object({
  /** The same as long as the same things contradict each other; silencing goes by it. */
  key: z.string(),
  /** The rule that found it: `address-twice`. */
  rule: z.string(),
  severity,
  message: z.string(),
  /** What to do about it. */
  hint: z.string(),
  /** The first is where it stands; at most a handful, `more` counts the others. */
  subjects: z.array(findingSubject),
  more: z.number().int().nonnegative(),
  /** Why somebody lives with it; null where nobody said so. */
  silenced: z.object({ reason: z.string(), suppressionId: id }).nullable(),
});
export type Finding = z.infer<typeof finding>;

/** The longest key and reason that are kept. */
export const mostKey = 400;
export const mostReason = 1_000;
