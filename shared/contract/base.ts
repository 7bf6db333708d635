import { oc } from '@orpc/contract';
import { z } from 'zod';
import { type ErrorCode, errorTable } from '../model/errors.ts';

/** What travels with every typed error beside its code and message. */
export const errorData = z.object({ hint: z.string(), data: z.record(z.string(), z.unknown()) });

type ErrorMap = { readonly [C in ErrorCode]: { readonly data: typeof errorData } };

const errors = Object.fromEntries(
  Object.keys(errorTable).map((code) => [code, { data: errorData }]),
) as ErrorMap; // fromEntries forgets the keys that errorTable has

/** Start of every procedure: any code of the one error table may come back. */
export const procedure = oc.errors(errors);
