import { z } from 'zod';

/** Which container of which pod; null: the only one, or the first. */
export const podPlace = z.object({
  contextId: z.uuid(),
  namespace: z.string().min(1).max(253),
  pod: z.string().min(1).max(253),
  container: z.string().min(1).max(253).nullable(),
});
export type PodPlace = z.infer<typeof podPlace>;
