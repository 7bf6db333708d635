import type { z } from 'zod';
import { RackhelmError } from '../../../shared/model/errors.ts';

/** Parses what a caller gave; throws INVALID_INPUT that names the field. */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown): z.output<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') ?? '';
  const about = field === '' ? '' : `${field}: `;
  throw new RackhelmError('INVALID_INPUT', `${about}${issue?.message ?? 'not understood'}.`, {
    cause: parsed.error,
    data: { field },
  });
}
