import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  type Cluster,
  deployment,
  describeCluster,
  disruptionBudget,
  expiredAdmin,
  expiredToken,
  limitedToken,
  limitedUser,
  podsOf,
  startCluster,
  strangeAdmin,
  throttle,
  until,
} from './index.ts';
import { olderKubernetes } from './versions.ts';

const readsPods = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] };
const podsPath = '/api/v1/namespaces/default/pods';

async function runningPods(cluster: Cluster, app: string, count: number) {
  const path = `${podsPath}?labelSelector=app%3D${app}&fieldSelector=status.phase%3DRunning`;
  await until(`${count} pods of ${app} run`, async () => {
    return (await cluster.api.must('GET', path)).items.length === count;
  });
  return podsOf(cluster, 'default', app);
}

function evict(cluster: Cluster, name: string) {
  return cluster.api.request('POST', `${podsPath}/${name}/eviction`, {
    body: { apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace: 'default' } },
  });
}

describeCluster('a cluster of fake nodes', { nodes: 3 }, (cluster) => {
  it('says the version that it was built from', async () => {
    const { body } = await cluster().api.request('GET', '/version');
    expect(body).toMatchObject({ gitVersion: 'v1.37.2', major: '1', minor: '37' });
    expect(await cluster().kubectl(['get', 'nodes', '-o', 'name'])).toBe(
      'node/node-1\nnode/node-2\nnode/node-3\n',
    );
  });

  it.each([
    ['a user with a certificate', limitedUser],
    ['a service account with a token', limitedToken],
  ])('lets %s read pods and says 403 to the rest', async (_who, make) => {
    const credentials = await make(cluster(), {
      ...{ name: `reader-${make.name.toLowerCase()}`, namespace: 'default' },
      rules: [readsPods],
    });
    const api = cluster().apiAs(credentials);
    expect((await api.request('GET', podsPath)).status).toBe(200);
    expect((await api.request('GET', '/api/v1/nodes')).status).toBe(403);
    expect((await api.request('GET', '/api/v1/pods')).status).toBe(403);
    api.close();
  });

  it('says 401 to whom it does not know: too late, of another authority, with a spent token', async () => {
    const strangers = [
      expiredAdmin(cluster()),
      strangeAdmin(cluster()),
      await expiredToken(cluster()),
      { token: 'no-token-at-all' },
    ];
    for (const credentials of strangers) {
      const api = cluster().apiAs(credentials);
      expect((await api.request('GET', '/api/v1/nodes')).status).toBe(401);
      api.close();
    }
  });

  it('evicts with 201, and under a budget refuses with 429 and names it as the cause', async () => {
    await cluster().apply([
      deployment('free', { namespace: 'default' }),
      deployment('kept', { namespace: 'default' }),
      disruptionBudget('kept', 'default', 1),
    ]);
    const [free] = await runningPods(cluster(), 'free', 1);
    const [kept] = await runningPods(cluster(), 'kept', 1);
    expect((await evict(cluster(), free?.metadata.name ?? '')).status).toBe(201);
    const refused = await evict(cluster(), kept?.metadata.name ?? '');
    expect(refused.status).toBe(429);
    expect(refused.body.details.causes[0].reason).toBe('DisruptionBudget');
  });

  it('answers 429 to whom it throttles, and to nobody else', async () => {
    const user = await limitedUser(cluster(), { name: 'greedy', rules: [readsPods] });
    const api = cluster().apiAs(user);
    expect((await api.request('GET', '/api/v1/pods')).status).toBe(200);
    {
      await using _throttled = await throttle(cluster(), 'greedy');
      await until('it is throttled', async () => {
        return (await api.request('GET', '/api/v1/pods')).status === 429;
      });
      expect((await cluster().api.request('GET', '/api/v1/pods')).status).toBe(200);
    }
    await until('it is throttled no more', async () => {
      return (await api.request('GET', '/api/v1/pods')).status === 200;
    });
    api.close();
  });

  it('has logs of now and of before, and runs commands in fake pods as nobody', async () => {
    await cluster().apply([deployment('talks', { namespace: 'default' })]);
    await runningPods(cluster(), 'talks', 1);
    const logs = await cluster().kubectl(['logs', 'deployment/talks', '--tail=1']);
    expect(logs).toContain('request 200 answered');
    const before = await cluster().kubectl(['logs', 'deployment/talks', '--previous']);
    expect(before).toContain('out of memory');
    expect(await cluster().kubectl(['exec', 'deployment/talks', '--', 'id', '-u'])).toBe('65534\n');
  });

  it('opens with its kubeconfig file, as a person would', async () => {
    const file = cluster().kubeconfigFile({
      credentials: await limitedToken(cluster(), { name: 'by-file', rules: [readsPods] }),
      user: 'by-file',
    });
    const said = await cluster().kubectl(['--kubeconfig', file, 'auth', 'whoami', '-o', 'json']);
    expect(JSON.parse(said).status.userInfo.username).toBe('system:serviceaccount:default:by-file');
  });
});

describeCluster(
  'a cluster of the minor before',
  { version: olderKubernetes, nodes: 1 },
  (cluster) => {
    it('says its version, and runs pods', async () => {
      const { body } = await cluster().api.request('GET', '/version');
      expect(body).toMatchObject({ gitVersion: `v${olderKubernetes}`, minor: '36' });
      await cluster().apply([deployment('old', { namespace: 'default' })]);
      expect(await runningPods(cluster(), 'old', 1)).toHaveLength(1);
    });
  },
);

describeCluster('a cluster whose API goes away', { store: 'kine' }, (cluster) => {
  it.each([[false], [true]])(
    'comes back on its port with what it held (killed: %s)',
    async (kill) => {
      const name = kill ? 'after-kill' : 'after-stop';
      const path = `/api/v1/namespaces/default/configmaps`;
      await cluster().apply([
        { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'default' } },
      ]);
      const before = cluster().server;
      await cluster().restartApi({ kill });
      expect(cluster().server).toBe(before);
      expect((await cluster().api.request('GET', `${path}/${name}`)).status).toBe(200);
    },
  );

  it('says nothing while it is frozen, and goes on after', async () => {
    const apiserver = cluster().part('kube-apiserver');
    apiserver.freeze();
    await expect(cluster().api.request('GET', '/api/v1/nodes', { timeoutMs: 300 })).rejects.toThrow(
      'no answer',
    );
    apiserver.thaw();
    expect((await cluster().api.request('GET', '/api/v1/nodes')).status).toBe(200);
  });

  it('leaves nothing behind when it ends', async () => {
    const another = await startCluster({ store: 'etcd' });
    const { directory } = another;
    const pid = another.part('kube-apiserver').pid;
    expect(pid).not.toBeNull();
    await another.stop();
    expect(existsSync(directory)).toBe(false);
    expect(() => process.kill(pid ?? 0, 0)).toThrow('ESRCH');
    const running = execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' });
    expect(running).not.toContain(directory);
  });
});
