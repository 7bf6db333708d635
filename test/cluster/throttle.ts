import https from 'node:https';
import type { Cluster } from './cluster.ts';
import { until } from './wait.ts';

/** As whom a request is made, by the administrator who may speak for anybody. */
const inTheNameOf = (cluster: Cluster, user: string) => ({
  ...{ ca: cluster.authority.certificate, cert: cluster.admin.certificate },
  key: cluster.admin.key,
  headers: { 'impersonate-user': user, 'impersonate-group': 'system:authenticated' },
});

/** What the API answers the user now. */
function answerTo(cluster: Cluster, user: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = https.get(`${cluster.server}/version`, inTheNameOf(cluster, user), (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.on('error', reject);
  });
}

/** A request in the name of the user whose body never ends, and another one when the API gives it up. */
function holdSeat(cluster: Cluster, user: string): { again(): void; release(): void } {
  const as = inTheNameOf(cluster, user);
  let held: ReturnType<typeof https.request> | null = null;
  let released = false;
  const hold = () => {
    if (released) return;
    const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
    held = https.request(`${cluster.server}${path}`, {
      ...as,
      method: 'POST',
      headers: { ...as.headers, 'content-type': 'application/json', 'content-length': '1000' },
    });
    held.on('error', () => {});
    // An answer means that it holds nothing: it was refused itself, and would stay open for ever.
    held.on('response', () => held?.destroy());
    held.on('close', () => setTimeout(hold, 20));
    held.write('{');
  };
  hold();
  return {
    again() {
      held?.destroy();
    },
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
  await until(
    'the seat is held',
    async () => {
      if ((await answerTo(cluster, user)) === 429) return true;
      // It began before the level counted, or while our own question had the seat.
      seat.again();
      return false;
    },
    { everyMs: 300 },
  );
  return {
    async [Symbol.asyncDispose]() {
      seat.release();
      await cluster.api.must('DELETE', `${schemas}/${metadata.name}`);
      await cluster.api.must('DELETE', `${levels}/${metadata.name}`);
    },
  };
}
