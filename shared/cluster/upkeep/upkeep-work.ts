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

/** Where another version of K3s comes from. */
const k3sSource = z.discriminatedUnion('from', [
  /** Each machine fetches it from where K3s publishes it; only the checksum is asked for here. */
  z.object({ from: z.literal('network') }),
  /** Files of one release, on this computer, with their list of checksums. */
  z.object({ from: z.literal('folder'), folder: z.string().min(1).max(1_000) }),
]);

/** Servers, then agents, one after the other. */
const upgradeWork = z.object({
  kind: z.literal('upgrade'),
  /** `v1.37.2+k3s1`; from the network also a channel: `stable`, `v1.37`. */
  version: z.string().trim().min(1).max(60),
  source: k3sSource,
  /** None: all that have another version. */
  nodes: z.array(nodeName).max(64),
  /** Empty each node first; else what runs goes on running while K3s is restarted. */
  drain: z.boolean(),
  drainOptions,
});

/** Takes a snapshot of etcd. */
const snapshotWork = z.object({
  kind: z.literal('snapshot'),
  /** Null: the first server that is well. */
  server: nodeName.nullable(),
  /** A server adds its name and the time to it. */
  name: z
    .string()
    .max(60)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
});

/** Moves the state of the only server from SQLite into etcd, so that others can join. */
const toEtcdWork = z.object({ kind: z.literal('to-etcd') });
/** New certificates of K3s, server by server, then agents. */
const certificatesWork = z.object({
  kind: z.literal('certificates'),
  /** None: all. */
  nodes: z.array(nodeName).max(64),
});

/** Another token of the servers, for all that hold the one before. */
const rotateTokenWork = z.object({ kind: z.literal('rotate-token') });

/** Finds out why a node does not come back, and mends what can be mended from here. */
const doctorWork = z.object({ kind: z.literal('doctor'), node: nodeName });

export const upkeepWork = z.discriminatedUnion('kind', [
  leaveWork,
  upgradeWork,
  snapshotWork,
  toEtcdWork,
  certificatesWork,
  rotateTokenWork,
  doctorWork,
]);
export type UpkeepWork = z.infer<typeof upkeepWork>;
export type LeaveWork = z.infer<typeof leaveWork>;
export type UpgradeWork = z.infer<typeof upgradeWork>;
export type SnapshotWork = z.infer<typeof snapshotWork>;
export type DoctorWork = z.infer<typeof doctorWork>;
export type CertificatesWork = z.infer<typeof certificatesWork>;

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
