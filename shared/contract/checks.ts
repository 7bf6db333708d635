import { z } from 'zod';
import { checkId, checkStatus, shownCheck } from '../checks/check.ts';
import { id } from '../model/inventory.ts';
import { procedure } from './base.ts';

const named = z.object({ check: checkId, part: z.string().max(200).default(''), subjectId: id });

/** Results of checks, whichever area they belong to. Running them is the area's own procedure. */
export const checks = {
  /** The newest results of these things, grouped as they are shown. */
  of: procedure
    .input(z.object({ subjectIds: z.array(id).min(1).max(16) }))
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
};
