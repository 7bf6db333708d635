import { createPrivateKey, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Authority, type Identity } from './certificates.ts';
import type { Cluster } from './cluster.ts';

/** As in a Role: `{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }`. */
export interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

export interface LimitedOptions {
  readonly name: string;
  readonly rules: readonly Rule[];
  /** The only one where the rules hold; left out they hold everywhere. */
  readonly namespace?: string;
}

interface Subject {
  readonly kind: 'User' | 'ServiceAccount';
  readonly name: string;
  readonly namespace?: string;
}

async function allow(cluster: Cluster, options: LimitedOptions, subject: Subject): Promise<void> {
  const { name, rules, namespace } = options;
  const [role, binding] = namespace
    ? (['Role', 'RoleBinding'] as const)
    : (['ClusterRole', 'ClusterRoleBinding'] as const);
  const metadata = { name: `test-${name}`, ...(namespace ? { namespace } : {}) };
  const apiGroup = 'rbac.authorization.k8s.io';
  const apiVersion = `${apiGroup}/v1`;
  const subjects = [subject.kind === 'User' ? { ...subject, apiGroup } : subject];
  await cluster.apply([
    { apiVersion, kind: role, metadata, rules },
    {
      apiVersion,
      kind: binding,
      metadata,
      subjects,
      roleRef: { apiGroup, kind: role, name: metadata.name },
    },
  ]);
}

/** A user with a client certificate who may do what the rules say and nothing else. */
export async function limitedUser(cluster: Cluster, options: LimitedOptions): Promise<Identity> {
  await allow(cluster, options, { kind: 'User', name: options.name });
  return cluster.authority.issue({ commonName: options.name });
}

/** The same for a service account; what it has is a token, of ten minutes or longer. */
export async function limitedToken(
  cluster: Cluster,
  { seconds = 3600, ...options }: LimitedOptions & { readonly seconds?: number },
): Promise<{ readonly token: string }> {
  const { name, namespace = 'default' } = options;
  await cluster.apply([
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace } },
  ]);
  await allow(cluster, options, { kind: 'ServiceAccount', name, namespace });
  const body = {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'TokenRequest',
    spec: { expirationSeconds: seconds },
  };
  const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${name}/token`;
  const { status } = await cluster.api.must('POST', path, { body });
  return { token: status.token };
}

const day = 24 * 3600_000;

/** The administrator's certificate, as it is a day after its end. */
export function expiredAdmin(cluster: Cluster): Identity {
  return cluster.authority.issue({
    ...{ commonName: 'rackhelm-admin', organizations: ['system:masters'] },
    ...{ from: new Date(Date.now() - 366 * day), until: new Date(Date.now() - day) },
  });
}

/** The administrator's certificate as another cluster of the same name would have signed it. */
export function strangeAdmin(cluster: Cluster): Identity {
  const another = new Authority(cluster.authority.name);
  return another.issue({ commonName: 'rackhelm-admin', organizations: ['system:masters'] });
}

const text = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A token that the cluster itself signed and that ended an hour ago: the API says 401 to it. */
export async function expiredToken(cluster: Cluster): Promise<{ readonly token: string }> {
  const account = await cluster.api.must(
    'GET',
    '/api/v1/namespaces/default/serviceaccounts/default',
  );
  const issuer = 'https://kubernetes.default.svc.cluster.local';
  const end = Math.floor(Date.now() / 1000) - 3600;
  const serviceaccount = { name: 'default', uid: account.metadata.uid };
  const body = [
    text({ alg: 'ES256', typ: 'JWT' }),
    text({
      ...{ iss: issuer, aud: [issuer], sub: 'system:serviceaccount:default:default' },
      ...{ iat: end - 3600, nbf: end - 3600, exp: end },
      'kubernetes.io': { namespace: 'default', serviceaccount },
    }),
  ].join('.');
  const key = createPrivateKey(readFileSync(cluster.serviceAccountKeyFile));
  const signature = sign('sha256', Buffer.from(body), { key, dsaEncoding: 'ieee-p1363' });
  return { token: `${body}.${signature.toString('base64url')}` };
}
