import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import {
  afterTableEvent,
  type TableQuery,
  type TableWindow,
  tableQuery,
} from '../../shared/cluster/table.ts';
import { type HostClient, hostWith } from '../cluster/host-client.ts';
import {
  applySample,
  type Cluster,
  describeCluster,
  limitedUser,
  startFaultyProxy,
} from '../cluster/index.ts';

type Query = Partial<TableQuery> & { readonly kind: string };

const names = ({ rows }: TableWindow) => rows.map(({ name }) => name);

/** A window that is followed, as the face holds it. */
function follow({ client, contextId }: HostClient, query: Query) {
  const leave = new AbortController();
  let window: TableWindow | null = null;
  const run = async () => {
    const asked = { contextId, ...tableQuery.parse(query) };
    for await (const event of await client.cluster.live.follow(asked, { signal: leave.signal })) {
      window = afterTableEvent(window, event);
    }
  };
  const ended = run().catch(() => {}); // it was left
  return {
    until: (check: (window: TableWindow) => void) =>
      vi.waitFor(
        () => {
          if (window === null) throw new Error('nothing yet');
          check(window);
        },
        { timeout: 30_000, interval: 50 },
      ),
    leave: async () => {
      leave.abort();
      await ended;
    },
  };
}

const configMap = (name: string, data: Record<string, string> = {}) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace: 'default' },
  data,
});

describeCluster('The live view of a real cluster', { nodes: 3 }, (cluster: () => Cluster) => {
  let host: HostClient;
  beforeAll(async () => {
    await applySample(cluster());
    host = await hostWith(cluster().adminKubeconfig);
  }, 120_000);
  afterAll(() => host?.close());

  const list = (query: Query, of: HostClient = host) =>
    of.client.cluster.live.list({ contextId: of.contextId, ...tableQuery.parse(query) });

  it('has all kinds, with those of Traefik', async () => {
    const { kinds } = await host.client.cluster.live.kinds({ contextId: host.contextId });
    const ids = kinds.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['nodes', 'pods', 'ingressroutes.traefik.io']));
    expect((await list({ kind: 'nodes' })).total).toBe(3);
  });

  it('says in words why pods do not run', async () => {
    const pods = follow(host, { kind: 'pods', namespaces: ['media'] });
    await pods.until(({ rows }) => {
      const why = rows.map(({ status }) => status.why).join('\n');
      expect(why).toMatch(/cannot pull image/);
      expect(why).toMatch(/no node of 3 takes it/);
      expect(why).toMatch(/killed, since it took more memory/);
    });
    await pods.leave();
  });

  it('shows a change, an addition and a deletion', async () => {
    const { api } = cluster();
    const shown = follow(host, { kind: 'configmaps', namespaces: ['default'], search: 'live-' });
    await shown.until(({ standing }) => expect(standing.state).toBe('live'));
    await api.must('POST', '/api/v1/namespaces/default/configmaps', { body: configMap('live-a') });
    await shown.until((window) => expect(names(window)).toEqual(['live-a']));
    const at = '/api/v1/namespaces/default/configmaps/live-a';
    await api.must('PUT', at, { body: configMap('live-a', { a: 'b' }) });
    await shown.until(({ rows }) => expect(rows[0]?.cells.count).toBe(1));
    await api.must('DELETE', at);
    await shown.until(({ total }) => expect(total).toBe(0));
    await shown.leave();
  });

  it('keeps what it had while the API is restarted, and comes back', async () => {
    const { api } = cluster();
    const shown = follow(host, { kind: 'namespaces' });
    await shown.until(({ standing }) => expect(standing.state).toBe('live'));
    await cluster().restartApi({ kill: true });
    await api.must('POST', '/api/v1/namespaces', {
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'after' } },
    });
    await shown.until((window) => {
      expect(names(window)).toContain('after');
      expect(window.standing.state).toBe('live');
    });
    await shown.leave();
  }, 90_000);

  it('knows who made a pod and what leads to it', async () => {
    const { rows } = await list({ kind: 'pods', namespaces: ['shop'], search: 'web' });
    const name = rows[0]?.name ?? '';
    const which = { contextId: host.contextId, kind: 'pods', namespace: 'shop', name };
    const page = await host.client.cluster.live.object(which);
    expect(page.owners.map(({ one }) => one)).toEqual(['replica set', 'deployment']);
    expect(page.related.map(({ one }) => one)).toEqual(expect.arrayContaining(['node', 'service']));
    expect(page.yaml).toMatch(/^apiVersion: v1\nkind: Pod\nmetadata:\n {2}name: /);
    expect(page.yaml).not.toContain('managedFields');
    expect(page.events.length).toBeGreaterThan(0);
  });

  it('gives the value of a secret by its key alone', async () => {
    const which = { contextId: host.contextId, kind: 'secrets', namespace: 'shop', name: 'db' };
    const page = await host.client.cluster.live.object(which);
    const [key] = page.keys;
    const value = await host.client.cluster.live.reveal({ ...which, key: key?.key ?? '' });
    expect(value.text?.length).toBe(key?.bytes);
    expect(JSON.stringify(page)).not.toContain(value.base64);
  });

  it('works as far as a user may read', async () => {
    const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] }];
    const user = await limitedUser(cluster(), { name: 'reader', rules, namespace: 'shop' });
    const few = await hostWith(cluster().kubeconfigFile({ credentials: user }));
    try {
      expect((await list({ kind: 'pods' }, few)).standing.state).toBe('refused');
      expect((await list({ kind: 'secrets' }, few)).standing.state).toBe('refused');
      const shown = follow(few, { kind: 'pods', namespaces: ['shop'] });
      await shown.until(({ standing, total }) => {
        expect(standing.state).toBe('live');
        expect(total).toBeGreaterThan(0);
      });
      await shown.leave();
    } finally {
      await few.close();
    }
  }, 60_000);

  it('says that it is stale while the way is cut, and why', async () => {
    const port = Number(new URL(cluster().server).port);
    const proxy = await startFaultyProxy(port);
    const far = await hostWith(
      cluster().kubeconfigFile({ credentials: cluster().admin, server: proxy.server }),
    );
    try {
      const shown = follow(far, { kind: 'nodes' });
      await shown.until(({ standing }) => expect(standing.state).toBe('live'));
      proxy.refuse();
      proxy.cut();
      await shown.until(({ standing, total }) => {
        expect(standing).toMatchObject({ state: 'stale', code: 'KUBE_UNREACHABLE' });
        expect(total).toBe(3);
      });
      proxy.clear();
      await shown.until(({ standing }) => expect(standing.state).toBe('live'));
      await shown.leave();
    } finally {
      await far.close();
      await proxy[Symbol.asyncDispose]();
    }
  }, 120_000);
});
