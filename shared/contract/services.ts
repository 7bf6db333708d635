import { z } from 'zod';
import { deviceStatus, id } from '../model/inventory.ts';
import { procedure } from './base.ts';

/** Services drawn at once; of more, those around one are drawn. */
export const mostDrawn = 150;

const node = z.object({
  id,
  name: z.string(),
  kind: z.string(),
  cluster: z.string().nullable(),
  replicas: z.number().int().nullable(),
  /** Where it runs; empty: nobody said. */
  devices: z.array(z.object({ id, name: z.string(), status: deviceStatus })),
});
export type ServiceNode = z.infer<typeof node>;

/** What services need of each other. */
export const services = {
  /** All of them, or those that a service needs or that need it, over so many steps. */
  graph: procedure
    .input(z.object({ around: id.nullable(), steps: z.number().int().min(1).max(6).default(2) }))
    .output(
      z.object({
        nodes: z.array(node),
        /** `from` needs `to`. */
        edges: z.array(z.object({ from: id, to: id })),
        /** Services that are left out. */
        more: z.number().int().nonnegative(),
      }),
    ),
};
