import { z } from 'zod';

/** Which node of which cluster, of phases that ask its API. */
export const nodeParams = z.object({
  contextId: z.uuid(),
  clusterId: z.uuid(),
  /** How the API is called in evidence. */
  where: z.string().max(255),
  node: z.string().min(1).max(253),
  /** Of the node as it was shown: another of the same name is another node. */
  uid: z.string().max(100),
});
export type NodeParams = z.infer<typeof nodeParams>;

/** How K3s runs on its machine. */
export const serviceParams = z.object({
  service: z.enum(['k3s', 'k3s-agent']),
  init: z.enum(['systemd', 'openrc']),
});
export type ServiceParams = z.infer<typeof serviceParams>;

/** Where a copy of K3s's database lies that was made before something else was done. */
export const copyPath = z.string().regex(/^\/var\/lib\/k3s-before-[A-Za-z0-9._-]+$/);
