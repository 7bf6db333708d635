import { createHash, randomInt } from 'node:crypto';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { KubeError } from '../../../connections/kubernetes/index.ts';
import { resources } from '../../resources.ts';

/** An agent has joined by then, or never will with it. */
export const tokenLifeMs = 2 * 60 * 60_000;

const namespace = 'kube-system';
const label = 'rackhelm/join';

/** Names what a token was made for, so that it is found again and nothing else is deleted. */
export function purposeOf({
  clusterId,
  nodeName,
}: {
  readonly clusterId: string;
  readonly nodeName: string;
}) {
  return createHash('sha256').update(`${clusterId} ${nodeName}`).digest('hex').slice(0, 32);
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
const random = (length: number) =>
  Array.from({ length }, () => letters[randomInt(letters.length)]).join('');

interface AgentToken {
  readonly description: string;
  readonly lifeMs: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
}

/**
 * A token that lets agents join and ends by itself, made as a bootstrap secret. Gives back `id.secret`.
 * Throws KubeError.
 */
export async function createAgentToken(
  client: KubeClient,
  { description, lifeMs, labels, signal }: AgentToken,
): Promise<string> {
  const [id, secret] = [random(6), random(16)];
  const object = {
    apiVersion: 'v1',
    kind: 'Secret',
    type: 'bootstrap.kubernetes.io/token',
    metadata: { name: `bootstrap-token-${id}`, namespace, labels },
    stringData: {
      'token-id': id,
      'token-secret': secret,
      description,
      expiration: new Date(Date.now() + lifeMs).toISOString().replace(/\.\d+Z$/, 'Z'),
      'usage-bootstrap-authentication': 'true',
      'usage-bootstrap-signing': 'true',
      'auth-extra-groups': 'system:bootstrappers:k3s:default-node-token',
    },
  };
  await client.create(resources.secrets, object, { namespace, signal });
  return `${id}.${secret}`;
}

/** One for a node that joins, which is found again by what it was made for. Throws KubeError. */
export function createApiToken(
  client: KubeClient,
  { purpose, nodeName, signal }: { purpose: string; nodeName: string; signal: AbortSignal },
): Promise<string> {
  return createAgentToken(client, {
    ...{ description: `Rackhelm: ${nodeName} joins`, lifeMs: tokenLifeMs, signal },
    labels: { [label]: purpose },
  });
}

/** Whether one that was made for this still lets agents join; false also where this user may not see. */
export async function hasApiToken(
  client: KubeClient,
  { purpose, signal }: { readonly purpose: string; readonly signal: AbortSignal },
): Promise<boolean> {
  const asked = { namespace, labelSelector: `${label}=${purpose}`, signal };
  try {
    for await (const { items } of client.list(resources.secrets, asked)) {
      if (items.some(({ metadata }) => metadata.labels?.[label] === purpose)) return true;
    }
    return false;
  } catch (error) {
    if (error instanceof KubeError && error.code === 'KUBE_FORBIDDEN') return false;
    throw error;
  }
}

/** Deletes what was made for this; KUBE_NOT_FOUND is as well. Gives back how many there were. */
export async function deleteApiTokens(
  client: KubeClient,
  { purpose, signal }: { readonly purpose: string; readonly signal: AbortSignal },
): Promise<number> {
  let deleted = 0;
  const asked = { namespace, labelSelector: `${label}=${purpose}`, signal };
  for await (const { items } of client.list(resources.secrets, asked)) {
    for (const { metadata } of items) {
      // The API may not know selectors: what is deleted is looked at once more.
      if (metadata.labels?.[label] !== purpose) continue;
      try {
        await client.delete(resources.secrets, { name: metadata.name, namespace }, { signal });
        deleted += 1;
      } catch (error) {
        if (!(error instanceof KubeError) || error.code !== 'KUBE_NOT_FOUND') throw error;
      }
    }
  }
  return deleted;
}
