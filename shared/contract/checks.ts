import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { checkId, checkResult, checkStatus, shownCheck } from '../checks/check.ts';
import { id } from '../model/inventory.ts';
import { nodeRole } from '../onboarding/role.ts';
import { procedure } from './base.ts';

const named = z.object({ check: checkId, part: z.string().max(200).default(''), subjectId: id });

/** What comes of checking devices, each as soon as it is through. */
export const checkEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('checked'),
    deviceId: id,
    name: z.string(),
    results: z.array(checkResult),
  }),
  /** It could not be reached, or gave no answer: its former results stand. */
  z.object({
    type: z.literal('failed'),
    deviceId: id,
    name: z.string(),
    code: z.string(),
    message: z.string(),
    hint: z.string(),
  }),
]);
export type CheckEvent = z.infer<typeof checkEvent>;

/** Results of checks, whichever area they belong to. Running them is the area's own procedure. */
export const checks = {
  /** The newest results of these things, grouped as they are shown. A few: sixty each cost about 3 ms. */
  of: procedure
    .input(z.object({ subjectIds: z.array(id).min(1).max(4) }))
    .output(z.array(shownCheck)),
  /** Every result of one check on one thing that is still kept, newest first, without evidence. */
  history: procedure
    .input(named)
    .output(
      z.array(z.object({ at: z.number().int(), status: checkStatus, found: z.string() })).max(500),
    ),
  accept: procedure
    .input(
      named.extend({
        reason: z.string().trim().min(1).max(1_000),
        /** UTC milliseconds; null: until it is taken back. */
        until: z.number().int().nullable(),
      }),
    )
    .output(z.object({})),
  unaccept: procedure.input(named).output(z.object({})),
  /**
   * All checks of these devices as machines, at the same time, and nothing asked; results are kept. It
   * ends when the caller leaves.
   */
  run: procedure
    .input(
      z.object({
        deviceIds: z.array(id).min(1).max(16),
        role: nodeRole.default('worker'),
        /** What may be sent to look: nothing, questions to gateway and name servers, or also outside. */
        network: z.enum(['none', 'gateway', 'outside']).default('none'),
        /** Also try the ports between them, which opens listeners there for some seconds. */
        ports: z.boolean().default(false),
        /** Keeps and tells what this check finds, and nothing of the others that the same look shows. */
        only: checkId.optional(),
      }),
    )
    .output(eventIterator(checkEvent)),
};
