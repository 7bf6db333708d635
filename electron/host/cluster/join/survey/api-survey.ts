import { z } from 'zod';
import { conditionOf, conditions } from '../../../../../shared/cluster/condition.ts';
import type { JoinServer } from '../../../../../shared/cluster/join/join-cluster.ts';
import {
  flagsOfWords,
  type GivenFlags,
  wordsOfNote,
} from '../../../../../shared/cluster/join/node-args.ts';
import type { KubeObject } from '../../../../../shared/cluster/kube-object.ts';
import { readPlacingNode } from '../../../../../shared/cluster/placing/placing-node.ts';
import { said } from '../../../../../shared/cluster/status.ts';
import { listOf, part, text } from '../../../../../shared/cluster/tolerant.ts';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import { resources } from '../../resources.ts';

const nodeParts = part({
  status: part({ conditions, addresses: listOf(z.object({ type: text, address: text })) }),
});

export interface ApiNode extends Omit<JoinServer, 'deviceId'> {
  readonly isServer: boolean;
  readonly cordoned: boolean;
  /** Why it is not ready, as its kubelet says. */
  readonly why: string | null;
  /** Addresses that others reach it by. */
  readonly addresses: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** What K3s noted of how it was started; null: nothing. */
  readonly flags: GivenFlags | null;
}

/** A node as far as a join goes. */
export function readApiNode(object: KubeObject): ApiNode {
  const { name, roles, ready, cordoned, kubeletVersion, labels } = readPlacingNode(object);
  const { status } = nodeParts.parse(object);
  const addresses = status.addresses
    .filter(({ type }) => type === 'InternalIP')
    .map(({ address }) => address);
  const isEtcd = roles.includes('etcd');
  const isVoter = conditionOf(status.conditions, 'EtcdIsVoter')?.status;
  const words = wordsOfNote(object.metadata.annotations?.['k3s.io/node-args']);
  return {
    ...{ name, ready, cordoned, labels, addresses, version: kubeletVersion.slice(0, 100) },
    why: said(conditionOf(status.conditions, 'Ready')?.message ?? '') || null,
    address: addresses[0] ?? null,
    isServer: isEtcd || roles.includes('control-plane') || roles.includes('master'),
    // K3s tells it by a condition; where nobody tells, a member counts as a whole one.
    etcd: isEtcd ? (isVoter === 'False' ? 'learner' : 'voter') : null,
    flags: words === null ? null : flagsOfWords(words),
  };
}

/** Nodes of a cluster that anybody looks through. */
const mostNodes = 2_000;

export async function readApiNodes(client: KubeClient, signal: AbortSignal): Promise<ApiNode[]> {
  const found: ApiNode[] = [];
  for await (const { items } of client.list(resources.nodes, { signal })) {
    found.push(...items.map(readApiNode));
    if (found.length >= mostNodes) break;
  }
  return found;
}

const passwordSecret = /^(.{1,253})\.node-password\.k3s$/;
const namesOnly = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const partial = z.object({
  items: z.array(z.object({ metadata: z.object({ name: z.string() }) })),
  metadata: z.object({ continue: z.string().optional() }).optional(),
});
const mostPages = 10;

/** Nodes of which the cluster holds a password; null where this user may not see. Values never come. */
export async function readPasswordNames(
  client: KubeClient,
  signal: AbortSignal,
): Promise<string[] | null> {
  const names: string[] = [];
  let more: string | undefined;
  try {
    for (let page = 0; page < mostPages; page += 1) {
      const answer = await client.request({
        path: '/api/v1/namespaces/kube-system/secrets',
        query: { limit: 500, ...(more === undefined ? {} : { continue: more }) },
        ...{ accept: namesOnly, signal },
      });
      const { items, metadata } = partial.parse(answer);
      for (const item of items) {
        const name = passwordSecret.exec(item.metadata.name)?.[1];
        if (name !== undefined) names.push(name);
      }
      more = metadata?.continue || undefined;
      if (more === undefined) break;
    }
    return names;
  } catch (error) {
    if (error instanceof KubeError && error.code === 'KUBE_FORBIDDEN') return null;
    throw error;
  }
}
