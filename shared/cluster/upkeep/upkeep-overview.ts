import { z } from 'zod';
import { id } from '../../model/inventory.ts';
import { etcdSnapshot } from './snapshot.ts';

const device = z.object({
  id,
  name: z.string(),
  /** Whether the inventory says how it is reached by SSH. */
  reached: z.boolean(),
});

const upkeepNode = z.object({
  name: z.string(),
  isServer: z.boolean(),
  vote: z.enum(['voter', 'learner']).nullable(),
  ready: z.enum(['ready', 'not-ready', 'unknown']),
  cordoned: z.boolean(),
  version: z.string(),
  architecture: z.string(),
  /** Null: which one it is, is not known. */
  device: device.nullable(),
  /** Why it may not leave, as far as the control plane goes; null: it may. */
  staysBecause: z.string().nullable(),
});
export type UpkeepNode = z.infer<typeof upkeepNode>;

/** A token that agents may join with, and that ends by itself. Never the token. */
const agentToken = z.object({
  id: z.string(),
  description: z.string(),
  /** UTC milliseconds. */
  createdAt: z.number().nullable(),
  /** UTC milliseconds; null: it does not end. */
  expiresAt: z.number().nullable(),
});

/** What a cluster is made of, and what is kept of it. Lists are bounded; `…Total` says how many there are. */
export const upkeepOverview = z.object({
  readAt: z.number(),
  cluster: z.object({ id, name: z.string() }),
  /** `other`: K3s keeps its data in SQLite, or in a database elsewhere. */
  datastore: z.enum(['etcd', 'other', 'no-k3s']),
  nodes: z.array(upkeepNode).max(500),
  nodesTotal: z.number().int(),
  /** How many members of etcd may fail now; null: there is no etcd. */
  mayFail: z.number().int().nullable(),
  snapshots: z.array(etcdSnapshot).max(200),
  snapshotsTotal: z.number().int(),
  /** Why there are none to list; null: they are listed. */
  noSnapshots: z.string().nullable(),
  tokens: z.array(agentToken).max(100),
  /** Why they are not listed; null: they are. */
  noTokens: z.string().nullable(),
  /** Jobs that are under way in this cluster. */
  work: z.array(z.object({ jobId: id, title: z.string() })).max(100),
});
export type UpkeepOverview = z.infer<typeof upkeepOverview>;
