import { z } from 'zod';
import { id } from '../model/inventory.ts';
import { mostAtOnce, proposal, proposalFilter, proposalQuery } from '../model/proposals.ts';
import { procedure } from './base.ts';

const key = z.string().min(1).max(300);

/** Named ones as they were shown, or all that a filter finds while the list is still as it was shown. */
const choice = z.union([
  z.object({
    items: z
      .array(z.object({ key, version: z.string().max(100) }))
      .min(1)
      .max(mostAtOnce),
  }),
  z.object({ filter: proposalFilter, revision: z.number().int() }),
]);

const done = z.object({ changeSetId: id, count: z.number().int() });

/** What was seen on the machines and is not declared. Nothing here acts by itself. */
export const proposals = {
  list: procedure.input(proposalQuery).output(
    z.object({
      rows: z.array(proposal),
      total: z.number().int(),
      /** Of the whole list; changes with any of it. */
      revision: z.number().int(),
      /** Devices whose newest facts are not looked through yet. */
      pending: z.number().int(),
    }),
  ),
  /** How many are open, by area. Cheap: for badges. */
  counts: procedure.input(z.object({ deviceId: id.nullable().default(null) }).optional()).output(
    z.object({
      services: z.number().int(),
      networks: z.number().int(),
      dismissed: z.number().int(),
    }),
  ),
  /**
   * Declares what they propose, as one change set. CHANGED_SINCE where what was seen, or the list, is
   * not as it was shown; then nothing is written. Of a filter at most `mostAtOnce` are taken.
   */
  accept: procedure.input(choice).output(done),
  /** Remembers that they are not wanted, until `restore` or an undo. */
  dismiss: procedure.input(choice).output(done),
  /** Brings dismissed ones back. */
  restore: procedure.input(z.object({ keys: z.array(key).min(1).max(mostAtOnce) })).output(done),
};
