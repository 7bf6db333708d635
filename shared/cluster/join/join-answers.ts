import { z } from 'zod';
import { labelKey, labelValue, serverAddress, taint, tlsName } from '../k3s-settings.ts';

/** `server`: of the control plane; the first one makes the cluster. `none`: it stays outside. */
export const joinAs = z.enum(['server', 'agent', 'none']);
export type JoinAs = z.infer<typeof joinAs>;

/** What is answered once for all machines that join; nothing secret is ever among it. */
export const commonJoin = z.object({
  /** `files`: a folder of this computer with what K3s publishes of a version. */
  from: z.enum(['network', 'files']),
  folder: z.string().trim().min(1).max(4_096).nullable(),
  /** `v1.37.2+k3s1`. Null: that of the servers, or what the channel has. */
  version: z.string().trim().max(60).nullable(),
  /** Asked where there is no server yet and no version was named. */
  channel: z
    .string()
    .trim()
    .max(40)
    .regex(/^(stable|latest|testing|v1\.\d{1,3})$/),
  /** Whom to join; null: a server of the cluster that answers. */
  server: serverAddress.nullable(),
  /** Of a cluster that is yet to be made. */
  datastore: z.enum(['sqlite', 'etcd']),
  /** Beside the names and addresses of the server itself. */
  tlsNames: z.array(tlsName).max(20),
  /** How long one join may take, in minutes. */
  minutes: z.number().int().min(1).max(60),
});
export type CommonJoin = z.infer<typeof commonJoin>;

export const usualJoin: CommonJoin = {
  from: 'network',
  folder: null,
  version: null,
  channel: 'stable',
  server: null,
  datastore: 'sqlite',
  tlsNames: [],
  minutes: 10,
};

const label = z.object({ key: labelKey, value: labelValue });
export type MachineLabel = z.infer<typeof label>;

/** What is answered for one machine. Null: as its role suggests. */
export const machineJoin = z.object({
  as: joinAs.nullable(),
  labels: z.array(label).max(50).nullable(),
  taints: z.array(taint).max(20).nullable(),
});
export type MachineJoin = z.infer<typeof machineJoin>;

export const noMachineJoin: MachineJoin = { as: null, labels: null, taints: null };

const labelText = /^([^=:]{1,317})=([^=:]{0,63})$/;
const taintText = /^([^=:]{1,317})(?:=([^=:]{0,63}))?:([A-Za-z]{1,40})$/;

/** `disk=ssd`, as kubectl and answers files write a label. Undefined: it is none. */
export function readLabel(text: string): MachineLabel | undefined {
  const [, key = '', value = ''] = labelText.exec(text.trim()) ?? [];
  return label.safeParse({ key, value }).data;
}

/** `gpu=true:NoSchedule`. Undefined: it is none. */
export function readTaint(text: string): MachineTaint | undefined {
  const [, key = '', value = '', effect = ''] = taintText.exec(text.trim()) ?? [];
  return taint.safeParse({ key, value, effect }).data;
}

export type MachineTaint = NonNullable<MachineJoin['taints']>[number];

export function taintWords({ key, value, effect }: MachineTaint): string {
  return `${key}${value === '' ? '' : `=${value}`}:${effect}`;
}
