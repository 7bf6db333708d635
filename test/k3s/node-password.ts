import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Api } from '../cluster/api.ts';

const secretName = (node: string) => `${node}.node-password.k3s`;
const secrets = '/api/v1/namespaces/kube-system/secrets';

function hashed(password: string, salt: Buffer): string {
  return `$1:${salt.toString('hex')}:${scryptSync(password, salt, 64).toString('base64')}`;
}

function fits(password: string, hash: string): boolean {
  const [, salt = ''] = hash.split(':');
  const own = Buffer.from(hashed(password, Buffer.from(salt, 'hex')));
  const kept = Buffer.from(hash);
  return own.length === kept.length && timingSafeEqual(own, kept);
}

/** Null: it is the one that the cluster knows this node by, or the node is new to it. Else what is wrong. */
export async function passwordObjection(
  api: Api,
  node: string,
  password: string,
): Promise<string | null> {
  const { status, body } = await api.request('GET', `${secrets}/${secretName(node)}`);
  if (status === 200) {
    const hash = Buffer.from(String(body.data?.hash ?? ''), 'base64').toString();
    return fits(password, hash) ? null : 'hash does not match';
  }
  if (status !== 404) return `failed to get the secret: ${status}`;
  await api.must('POST', secrets, {
    body: {
      ...{ apiVersion: 'v1', kind: 'Secret', type: 'Opaque', immutable: true },
      metadata: { name: secretName(node) },
      stringData: { hash: hashed(password, randomBytes(8)) },
    },
  });
  return null;
}

export async function forgetPassword(api: Api, node: string): Promise<void> {
  await api.request('DELETE', `${secrets}/${secretName(node)}`);
}
