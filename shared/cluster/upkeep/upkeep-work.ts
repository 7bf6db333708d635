import { z } from 'zod';
import { jobPlan } from '../../jobs/plan.ts';
import { drainOptions } from '../drain/options.ts';

const nodeName = z.string().min(1).max(253);

/** Brings a node out of its cluster, for good. */
const leaveWork = z.object({
  kind: z.literal('leave'),
  node: nodeName,
  /** `gone`: nobody reaches it any more; only the cluster and the inventory forget it. */
  machine: z.enum(['there', 'gone']),
  /** What local volumes hold: set aside on the machine, or deleted with K3s. */
  volumes: z.enum(['keep', 'delete']),
  /** That pods lose the volumes which lie on it. */
  acceptVolumes: z.boolean(),
  drain: drainOptions,
});

export const upkeepWork = z.discriminatedUnion('kind', [leaveWork]);
export type UpkeepWork = z.infer<typeof upkeepWork>;
export type LeaveWork = z.infer<typeof leaveWork>;

/** What a person may accept, so that it stops nothing any more. */
const acceptable = z.enum(['volumes', 'local-data', 'uncontrolled', 'machine-gone']);

/** One thing to know before. */
export const upkeepFinding = z.object({
  /** stop: it does not begin; warning: something is lost or may not come about. */
  weight: z.enum(['stop', 'warning', 'info']),
  says: z.string().max(2_000),
  /** What has to be accepted; null: nothing, or nothing can. */
  accept: acceptable.nullable(),
});
export type UpkeepFinding = z.infer<typeof upkeepFinding>;

/** What such a job would come to. */
export const upkeepPlan = z.object({
  title: z.string().max(300),
  /** Those that stop it first; bounded. */
  findings: z.array(upkeepFinding).max(200),
  findingsTotal: z.number().int(),
  stopped: z.boolean(),
  /** Null: so much stands against it that nothing was looked up. */
  plan: jobPlan.nullable(),
  /** To be given back, so that nothing else is done than what was shown. */
  hash: z.string().max(64),
});
export type UpkeepPlan = z.infer<typeof upkeepPlan>;
