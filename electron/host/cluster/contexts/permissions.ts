import { z } from 'zod';
import type { KindPermissions } from '../../../../shared/cluster/contexts.ts';
import { type KubeClient, KubeError } from '../../connections/kubernetes/index.ts';

/** What the views and actions of a cluster need, by kind. */
const wanted: readonly {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
}[] = [
  { group: '', resource: 'nodes', verbs: ['list', 'watch', 'patch', 'delete'] },
  { group: '', resource: 'namespaces', verbs: ['list', 'watch'] },
  { group: '', resource: 'pods', verbs: ['list', 'watch', 'delete'] },
  { group: '', resource: 'pods/log', verbs: ['get'] },
  { group: '', resource: 'pods/exec', verbs: ['create'] },
  { group: '', resource: 'pods/portforward', verbs: ['create'] },
  { group: '', resource: 'pods/eviction', verbs: ['create'] },
  { group: 'apps', resource: 'deployments', verbs: ['list', 'watch', 'patch', 'delete'] },
  { group: 'apps', resource: 'statefulsets', verbs: ['list', 'watch', 'patch'] },
  { group: 'apps', resource: 'daemonsets', verbs: ['list', 'watch', 'patch'] },
  { group: 'batch', resource: 'jobs', verbs: ['list', 'watch', 'create'] },
  { group: 'batch', resource: 'cronjobs', verbs: ['list', 'watch'] },
  { group: '', resource: 'services', verbs: ['list', 'watch'] },
  { group: 'networking.k8s.io', resource: 'ingresses', verbs: ['list', 'watch'] },
  { group: '', resource: 'configmaps', verbs: ['list', 'watch', 'patch'] },
  { group: '', resource: 'secrets', verbs: ['list', 'watch'] },
  { group: '', resource: 'persistentvolumeclaims', verbs: ['list', 'watch'] },
  { group: '', resource: 'persistentvolumes', verbs: ['list', 'watch'] },
  { group: '', resource: 'events', verbs: ['list', 'watch'] },
];

const atOnce = 8;
const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
const review = z.looseObject({ status: z.looseObject({ allowed: z.boolean().catch(false) }) });

/**
 * What this user may do with each kind: everywhere, else in the namespace of the context. Asked one by
 * one, as the list of rules that the API gives may be incomplete.
 */
export async function readPermissions(
  client: KubeClient,
  { namespace, signal }: { readonly namespace: string | null; readonly signal: AbortSignal },
): Promise<KindPermissions[]> {
  const everywhere = await reviewed(client, wanted, { namespace: null, signal });
  const within = namespace ?? 'default';
  const lacking = everywhere.filter(({ denied }) => denied.length > 0);
  const again = wanted.filter((one) => lacking.some(({ resource }) => resource === one.resource));
  const here = await reviewed(client, again, { namespace: within, signal });
  // What is allowed in the namespace alone is told beside what is allowed everywhere.
  return [
    ...everywhere,
    ...here.filter(({ allowed, resource }) => {
      const all = everywhere.find((one) => one.resource === resource);
      return allowed.some((verb) => !all?.allowed.includes(verb));
    }),
  ];
}

async function reviewed(
  client: KubeClient,
  kinds: typeof wanted,
  { namespace, signal }: { readonly namespace: string | null; readonly signal: AbortSignal },
): Promise<KindPermissions[]> {
  const asked = kinds.flatMap(({ verbs, ...kind }) => verbs.map((verb) => ({ ...kind, verb })));
  const answers: boolean[] = [];
  for (let from = 0; from < asked.length; from += atOnce) {
    const some = asked.slice(from, from + atOnce).map(({ group, resource, verb }) => {
      const [name, subresource] = resource.split('/');
      const attributes = {
        group,
        resource: name,
        subresource,
        verb,
        namespace: namespace ?? undefined,
      };
      return isAllowed(client, attributes, signal);
    });
    answers.push(...(await Promise.all(some)));
  }
  return kinds.map(({ group, resource, verbs }) => {
    const mine = asked
      .map((one, index) => ({ ...one, allowed: answers[index] ?? false }))
      .filter((one) => one.resource === resource);
    const picked = (allowed: boolean) =>
      verbs.filter((verb) => mine.some((one) => one.verb === verb && one.allowed === allowed));
    return { group, resource, namespace, allowed: picked(true), denied: picked(false) };
  });
}

async function isAllowed(
  client: KubeClient,
  resourceAttributes: object,
  signal: AbortSignal,
): Promise<boolean> {
  const body = {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SelfSubjectAccessReview',
    spec: { resourceAttributes },
  };
  const parsed = review.safeParse(await client.request({ method: 'POST', path, body, signal }));
  return parsed.success && parsed.data.status.allowed;
}

const selfReview = z.looseObject({
  status: z.looseObject({
    userInfo: z.looseObject({
      username: z.string().max(1_000).catch(''),
      groups: z.array(z.string().max(1_000)).max(500).nullish().catch(null),
    }),
  }),
});

/** Null: an older API, which does not tell. */
export async function whoAmI(
  client: KubeClient,
  signal: AbortSignal,
): Promise<{ user: string; groups: string[] } | null> {
  const body = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
  try {
    const answer = await client.request({
      method: 'POST',
      path: '/apis/authentication.k8s.io/v1/selfsubjectreviews',
      body,
      signal,
    });
    const parsed = selfReview.safeParse(answer);
    if (!parsed.success) return null;
    const { username, groups } = parsed.data.status.userInfo;
    return { user: username, groups: groups ?? [] };
  } catch (error) {
    if (error instanceof KubeError && (error.status === 404 || error.status === 403)) return null;
    throw error;
  }
}
