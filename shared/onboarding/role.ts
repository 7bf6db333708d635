import { z } from 'zod';

/** What a machine is to be. `control-plane` to `edge` are those of a cluster; `gpu` runs models. */
export const nodeRoles = ['control-plane', 'worker', 'storage', 'gpu', 'edge'] as const;
export const nodeRole = z.enum(nodeRoles);
export type NodeRole = z.infer<typeof nodeRole>;

export const roleWords: Readonly<
  Record<NodeRole, { readonly label: string; readonly is: string }>
> = {
  'control-plane': {
    label: 'Control plane',
    is: 'Keeps the state of the cluster and decides where workloads run.',
  },
  worker: { label: 'Worker', is: 'Runs workloads.' },
  storage: { label: 'Storage', is: 'Keeps data for others: volumes, backups, S3.' },
  gpu: { label: 'GPU', is: 'Runs models and other work that wants a graphics processor.' },
  edge: {
    label: 'Edge',
    is: 'Small services that others lean on: DNS, proxies, monitoring, Git.',
  },
};

export const roleReason = z.object({
  /** `against`: it would do, and something speaks against it. `rules-out`: it would not do. */
  weight: z.enum(['for', 'against', 'rules-out']),
  /** One sentence. */
  text: z.string(),
});
export type RoleReason = z.infer<typeof roleReason>;

export const rankedRole = z.object({
  role: nodeRole,
  /** 0 to 100; 0 where something rules it out. */
  score: z.number().int().min(0).max(100),
  reasons: z.array(roleReason),
  /** What it would be good for in that role: `DNS`, `databases`. */
  suits: z.array(z.string()),
});
export type RankedRole = z.infer<typeof rankedRole>;
