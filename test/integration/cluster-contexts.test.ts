import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contextsBed, signal } from '../../electron/host/cluster/contexts/trial/contexts-bed.ts';
import {
  configMaps,
  kubeClientContract,
} from '../../electron/host/connections/kubernetes/kube-client.contract.ts';
import type { KubeObject, ResourceType } from '../../shared/cluster/kube-object.ts';
import type { Cluster } from '../cluster/index.ts';
import {
  applySample,
  describeCluster,
  expiredAdmin,
  expiredToken,
  limitedUser,
  startFaultyProxy,
  strangeAdmin,
  throttle,
  until,
} from '../cluster/index.ts';

const type = (resource: string, kind: string, namespaced = true): ResourceType => ({
  group: '',
  version: 'v1',
  resource,
  kind,
  namespaced,
  verbs: [],
});
const pods = type('pods', 'Pod');

describeCluster('contexts of a real cluster', { nodes: 2 }, (cluster) => {
  let bed: ReturnType<typeof contextsBed>;
  beforeEach(() => {
    bed = contextsBed();
  });
  afterEach(() => bed.close());

  let count = 0;
  const tested = async (file: string) => {
    count += 1;
    return bed.contexts.test(await bed.taken(file, `cluster-${count}`), signal);
  };
  const signedBy = (credentials: Parameters<Cluster['kubeconfig']>[0]['credentials']) =>
    cluster().kubeconfigFile({ credentials });

  kubeClientContract('A real API server', async () => {
    const real = contextsBed();
    const client = real.contexts.clientOf(await real.taken(cluster().adminKubeconfig));
    const namespace = 'contract';
    await client.create(
      type('namespaces', 'Namespace', false),
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } },
      { signal },
    );
    return { client, namespace, close: () => real.close() };
  });

  it('tells version, who one is, what one may do and which cluster it is', async () => {
    const before = readFileSync(cluster().adminKubeconfig, 'utf8');
    const test = await tested(cluster().adminKubeconfig);
    expect(test).toMatchObject({
      failure: null,
      version: expect.stringMatching(/^v1\.\d+/),
      who: { user: 'rackhelm-admin', groups: expect.arrayContaining(['system:masters']) },
      clusterUid: expect.any(String),
    });
    expect(test.permissions.flatMap(({ denied }) => denied)).toEqual([]);
    expect(test.certificates.map(({ of }) => of)).toEqual(['client', 'authority', 'server']);
    expect(readFileSync(cluster().adminKubeconfig, 'utf8')).toBe(before);
  });

  it('works for somebody who may do little, and says what is missing', async () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['list', 'watch'] }];
    const { failure, version, clusterUid, permissions } = await tested(
      signedBy(await limitedUser(cluster(), { name: 'little', rules })),
    );
    expect([failure, version === null, clusterUid]).toEqual([null, false, null]);
    const of = (resource: string) => permissions.find((one) => one.resource === resource);
    expect(of('pods')).toMatchObject({ allowed: ['list', 'watch'], denied: ['delete'] });
    expect(of('nodes')).toMatchObject({ allowed: [] });
  });

  it('tells a certificate that is over, one of a stranger and a token that is over apart', async () => {
    const codes = [];
    for (const credentials of [
      expiredAdmin(cluster()),
      strangeAdmin(cluster()),
      await expiredToken(cluster()),
    ]) {
      const { failure } = await tested(signedBy(credentials));
      codes.push(failure?.code);
    }
    expect(codes).toEqual(['KUBE_CERTIFICATE_EXPIRED', 'KUBE_UNAUTHORIZED', 'KUBE_UNAUTHORIZED']);
  });

  it('waits as long as an API that is asked too much wants', async () => {
    const who = await limitedUser(cluster(), {
      name: 'busy',
      rules: [{ apiGroups: [''], resources: ['*'], verbs: ['*'] }],
    });
    const client = bed.contexts.clientOf(await bed.taken(signedBy(who)));
    await client.version({ signal });
    await using _ = await throttle(cluster(), 'busy');
    const answer = () =>
      Array.fromAsync(client.list(pods, { signal })).then(
        () => null,
        (error: unknown) => error,
      );
    await expect
      .poll(answer, { timeout: 45_000, interval: 200 })
      .toMatchObject({ code: 'KUBE_BUSY', retryAfterMs: expect.any(Number) });
  }, 60_000);

  it('follows on through a restart of the API and a silent network, and misses nothing', async () => {
    const proxy = await startFaultyProxy(Number(new URL(cluster().server).port));
    const credentials = await limitedUser(cluster(), {
      name: 'follower',
      rules: [{ apiGroups: [''], resources: ['configmaps'], verbs: ['*'] }],
    });
    const file = cluster().kubeconfigFile({ credentials, server: proxy.server });
    const client = bed.contexts.clientOf(await bed.taken(file));
    const seen: string[] = [];
    const leave = new AbortController();
    const following = (async () => {
      for await (const event of client.follow(configMaps, {
        namespace: 'default',
        silentMs: 4_000,
        signal: leave.signal,
      })) {
        if (event.type === 'put') seen.push((event.object as KubeObject).metadata.name);
        else if (event.type !== 'page' && event.type !== 'delete') seen.push(event.type);
      }
    })();
    const add = (name: string) =>
      cluster().apply([
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } },
      ]);
    await until('it is listed', async () => seen.includes('listed'));
    await add('first');
    await until('the first is seen', async () => seen.includes('first'));
    proxy.cut();
    await cluster().restartApi({ kill: true });
    await add('second');
    await until('the second is seen', () => seen.includes('second'), { timeoutMs: 60_000 });
    proxy.silent();
    await add('third');
    await until(
      'trouble is told',
      async () => seen.lastIndexOf('trouble') > seen.indexOf('second'),
    );
    proxy.clear();
    await until('the third is seen', () => seen.includes('third'), { timeoutMs: 60_000 });
    leave.abort();
    await following;
    expect(seen.filter((word) => ['first', 'second', 'third'].includes(word))).toEqual([
      'first',
      'second',
      'third',
    ]);
    await proxy[Symbol.asyncDispose]();
  }, 120_000);

  it('reads logs, runs commands to their last byte, and reaches ports of pods', async () => {
    await applySample(cluster());
    const client = bed.contexts.clientOf(await bed.taken(cluster().adminKubeconfig));
    let pod = { namespace: '', name: '' };
    await until('a pod runs', async () => {
      const [page] = await Array.fromAsync(
        client.list(pods, { fieldSelector: 'status.phase=Running', limit: 1, signal }),
      );
      const { name = '', namespace = '' } = page?.items[0]?.metadata ?? {};
      pod = { name, namespace };
      return name !== '';
    });
    const lines = await Array.fromAsync(client.logs(pod, { tailLines: 3, signal }));
    expect(lines).toHaveLength(3);
    const { output, ended } = await client.exec(pod, {
      command: ['head', '-c', '3000000', '/dev/zero'],
      signal,
    });
    let bytes = 0;
    for await (const { data } of output) bytes += data.length;
    expect([bytes, await ended]).toEqual([3_000_000, { code: 0, message: null }]);
    const stream = await client.portForward(pod, 8080, { signal });
    stream.write('ping\n');
    const [answer] = await Array.fromAsync(stream.take(1));
    expect(String(answer)).toBe('ping\n');
    stream.destroy();
  }, 60_000);
});
