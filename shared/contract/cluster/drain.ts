import { z } from 'zod';
import { drainPreview } from '../../cluster/drain/drain-preview.ts';
import { drainOptions } from '../../cluster/drain/options.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

const asked = z.object({
  contextId: id,
  node: z.string().min(1).max(253),
  options: drainOptions,
});

/** Empties a node as a job: cordon, then eviction of its pods. */
export const drain = {
  /** What would be done, what would be lost, and what stops it. Changes nothing. */
  preview: procedure.input(asked).output(drainPreview),
  /** Throws CHANGED_SINCE where that is not what was shown. */
  run: procedure
    .input(asked.extend({ hash: z.string().min(1).max(64) }))
    .output(z.object({ jobId: id })),
};
