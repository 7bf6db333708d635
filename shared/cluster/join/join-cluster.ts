import { z } from 'zod';
import { id } from '../../model/inventory.ts';
import { sharedSettings } from '../k3s-settings.ts';

const named = z.string().max(253);

/** A node of the control plane as the API tells it. */
export const joinServer = z.object({
  name: named,
  /** Under which others reach it; null: it told none. */
  address: z.string().max(64).nullable(),
  /** Null: the inventory has no device of this name in the cluster. */
  deviceId: id.nullable(),
  ready: z.enum(['ready', 'not-ready', 'unknown']),
  version: z.string().max(100),
  /** What it is in etcd; null: it has none, or does not tell. */
  etcd: z.enum(['voter', 'learner']).nullable(),
});
export type JoinServer = z.infer<typeof joinServer>;

/** What is known of a cluster that machines are to join. Nothing secret. */
export const joinCluster = z.object({
  id,
  name: z.string().max(200),
  /** `empty`: it has no server yet, and the first one makes it. `unknown`: nobody could look. */
  state: z.enum(['empty', 'running', 'unknown']),
  contextId: id.nullable(),
  servers: z.array(joinServer).max(50),
  agents: z.number().int(),
  /** Names that are taken: of nodes, and of nodes that were and left a password. */
  nodeNames: z.array(named).max(2_000),
  passwordNames: z.array(named).max(2_000).nullable(),
  store: z.enum(['sqlite', 'etcd', 'external', 'unknown']),
  /** What all servers have to have alike. Null: no server told. */
  shared: sharedSettings.nullable(),
  /** Who told: a server over SSH, or the notes of its node in the API. */
  sharedFrom: z.string().max(300).nullable(),
  /** Flags that Rackhelm does not set, which further servers need as well, by name. */
  otherFlags: z.array(z.string().max(80)).max(50),
  /** SHA-256 of what /cacerts answers, in hex. */
  caHash: z.string().length(64).nullable(),
  /** How far its clock is ahead of that of this computer. */
  clockAheadMs: z.number().nullable(),
  /** What could not be read, and why; sentences. */
  unread: z.array(z.string().max(600)).max(20),
});
export type JoinCluster = z.infer<typeof joinCluster>;

/** Where machines join: at a server that is up, a voter before others. */
export function serverToJoin({ servers }: JoinCluster): JoinServer | undefined {
  const up = servers.filter(({ ready, address }) => ready === 'ready' && address !== null);
  return up.find(({ etcd }) => etcd !== 'learner') ?? up[0];
}

export function urlOf(address: string): string {
  return `https://${address.includes(':') ? `[${address}]` : address}:6443`;
}
