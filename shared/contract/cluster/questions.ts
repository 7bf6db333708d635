import { z } from 'zod';
import { answers } from '../../cluster/questions/answers.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';
import { censusGap } from './drift.ts';

/** What an owner of a rack asks of a cluster. */
export const questions = {
  /** Of the cluster as it was read last; `fresh` reads it now. */
  ask: procedure
    .input(z.object({ contextId: id, fresh: z.boolean().default(false) }))
    .output(z.object({ readAt: z.number(), gaps: z.array(censusGap), answers })),
};
