import https from 'node:https';
import type { Cluster } from './cluster.ts';

/** A request in the name of the user whose body never ends, and another one when the API gives it up. */
function holdSeat(cluster: Cluster, user: string): { release(): void } {
  let held: ReturnType<typeof https.request> | null = null;
  let released = false;
  const hold = () => {
    if (released) return;
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    held = https.request(`${cluster.server}${path}`, {
      method: 'POST',
      ...{ ca: cluster.authority.certificate, cert: cluster.admin.certificate },
      key: cluster.admin.key,
      headers: {
        ...{ 'impersonate-user': user, 'impersonate-group': 'system:authenticated' },
        ...{ 'content-type': 'application/json', 'content-length': '1000' },
      },
    });
    held.on('error', () => {});
    held.on('close', () => setTimeout(hold, 20));
    held.write('{');
  };
  hold();
  return {
    release() {
      released = true;
      held?.destroy();
    },
  };
}

/**
 * From now on the API answers this user 429 with Retry-After, by its own priority and fairness: the one
 * request that even the least of its levels lets through is one of ours that does not come to its end.
 */
export async function throttle(cluster: Cluster, user: string): Promise<AsyncDisposable> {
  const apiVersion = 'flowcontrol.apiserver.k8s.io/v1';
  const metadata = { name: `test-throttle-${user}` };
  const levels = '/apis/flowcontrol.apiserver.k8s.io/v1/prioritylevelconfigurations';
  const schemas = '/apis/flowcontrol.apiserver.k8s.io/v1/flowschemas';
  const limited = {
    ...{ nominalConcurrencyShares: 0, lendablePercent: 0, borrowingLimitPercent: 0 },
    limitResponse: { type: 'Reject' },
  };
  const every = {
    verbs: ['*'],
    apiGroups: ['*'],
    resources: ['*'],
    namespaces: ['*'],
    clusterScope: true,
  };
  await cluster.apply([
    {
      apiVersion,
      kind: 'PriorityLevelConfiguration',
      metadata,
      spec: { type: 'Limited', limited },
    },
    {
      ...{ apiVersion, kind: 'FlowSchema', metadata },
      spec: {
        ...{ priorityLevelConfiguration: { name: metadata.name }, matchingPrecedence: 2 },
        rules: [
          {
            subjects: [{ kind: 'User', user: { name: user } }],
            resourceRules: [every],
            nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
          },
        ],
      },
    },
  ]);
  const seat = holdSeat(cluster, user);
  return {
    async [Symbol.asyncDispose]() {
      seat.release();
      await cluster.api.must('DELETE', `${schemas}/${metadata.name}`);
      await cluster.api.must('DELETE', `${levels}/${metadata.name}`);
    },
  };
}
