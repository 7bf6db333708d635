import { afterAll, beforeAll, expect, it } from 'vitest';
import type { KubeClient } from '../../electron/host/connections/kubernetes/index.ts';
import type { ClusterAction } from '../../shared/cluster/actions/action.ts';
import {
  addNodes,
  barePod,
  cronJob,
  deployment,
  describeCluster,
  fakeNode,
  limitedUser,
  statefulSet,
  until,
} from '../cluster/index.ts';
import { clientOf, signal, WorkBed } from './cluster-work-bed.ts';

const namespace = 'default';

describeCluster('actions on a real cluster', { nodes: 1 }, (cluster) => {
  let client: KubeClient;
  let bed: WorkBed;
  beforeAll(async () => {
    client = await clientOf(cluster().adminKubeconfig);
    bed = new WorkBed(client);
    await cluster().apply([
      deployment('web', { namespace, replicas: 1, image: 'registry.example/web:1' }),
      statefulSet('db', { namespace, replicas: 0 }),
      cronJob('report', '0 0 1 1 *', { namespace }),
    ]);
  });
  afterAll(async () => {
    await bed?.close();
    client?.close();
  });

  const preview = (action: ClusterAction) =>
    bed.actions.preview({ contextId: bed.contextId, action }, signal);
  const run = async (action: ClusterAction) => {
    const { hash } = await preview(action);
    return await bed.actions.run({ contextId: bed.contextId, action, hash }, signal);
  };
  const undo = async ({ undo: action }: { readonly undo: ClusterAction | null }) => {
    if (action === null) throw new Error('There is nothing that takes it back.');
    return await run(action);
  };
  const apps = (path: string) =>
    cluster().api.must('GET', `/apis/apps/v1/namespaces/default/${path}`);
  const specOf = async (path: string) => (await apps(path)).spec as Record<string, never>;
  const web = { kind: 'deployments.apps', namespace, name: 'web' } as const;

  it('cordons and uncordons, only as shown, and changes nothing by a look', async () => {
    const cordon = { do: 'cordon', node: 'node-1' } as const;
    const { hash, items } = await preview(cordon);
    expect(items).toMatchObject([{ kind: 'object', action: 'update', name: 'node node-1' }]);
    expect((await client.get(nodes, { name: 'node-1' }, { signal })).spec).not.toHaveProperty(
      'unschedulable',
    );
    const done = await run(cordon);
    // Decided about when it took pods, and asked for again.
    await expect(
      bed.actions.run({ contextId: bed.contextId, action: cordon, hash }, signal),
    ).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    expect(await undo(done)).toMatchObject({ says: 'node-1 takes new pods.' });
  });

  it('scales, and back', async () => {
    const done = await run({ do: 'scale', ...web, replicas: 3 });
    expect(await specOf('deployments/web')).toMatchObject({ replicas: 3 });
    await undo(done);
    expect(await specOf('deployments/web')).toMatchObject({ replicas: 1 });
  });

  it('rolls back to what it was, and takes that back', async () => {
    await cluster().kubectl(['set', 'image', 'deployment/web', 'web=registry.example/web:2']);
    await until('two revisions are kept', async () => {
      const { revisions } = await bed.actions.revisions(
        { contextId: bed.contextId, ...web },
        signal,
      );
      return revisions.length === 2;
    });
    const { revisions } = await bed.actions.revisions({ contextId: bed.contextId, ...web }, signal);
    expect(revisions.map(({ current, images }) => [current, ...images])).toEqual([
      [true, 'registry.example/web:2'],
      [false, 'registry.example/web:1'],
    ]);
    const image = async () =>
      JSON.stringify((await specOf('deployments/web')).template).match(/web:\d/)?.[0];
    const done = await run({ do: 'roll-back', ...web, revision: revisions[1]?.revision ?? 0 });
    expect(await image()).toBe('web:1');
    await undo(done);
    expect(await image()).toBe('web:2');
  });

  it('rolls a stateful set back by its controller revisions', async () => {
    const db = { kind: 'statefulsets.apps', namespace, name: 'db' } as const;
    const asked = { contextId: bed.contextId, ...db };
    const kept = async () => (await bed.actions.revisions(asked, signal)).revisions;
    await until('a revision is kept', async () => (await kept()).length === 1);
    await cluster().kubectl(['set', 'image', 'statefulset/db', 'db=registry.example/db:2']);
    await until('another is kept', async () => (await kept()).length === 2);
    const oldest = (await kept()).at(-1)?.revision ?? 0;
    const { items } = await preview({ do: 'roll-back', ...db, revision: oldest });
    expect(items).toMatchObject([{ before: expect.stringContaining('db:2') }]);
    await run({ do: 'roll-back', ...db, revision: oldest });
    expect(JSON.stringify((await specOf('statefulsets/db')).template)).toContain('app:1');
  });

  it('restarts', async () => {
    await run({ do: 'restart', ...web });
    expect(JSON.stringify((await specOf('deployments/web')).template)).toContain('restartedAt');
  });

  it('edits: names who manages a field, forces only when told to, never over a change, and takes it back', async () => {
    const map = (data: Record<string, string>) => ({
      ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'conf', namespace }, data },
    });
    await cluster().apply([map({ level: 'info', old: 'yes' })]);
    const which = { kind: 'configmaps', namespace, name: 'conf' };
    const opened = await bed.actions.editable({ contextId: bed.contextId, ...which }, signal);
    expect(opened.yaml).toContain('level: info');
    expect(opened.yaml).not.toContain('resourceVersion');
    const yaml = opened.yaml.replace('info', 'debug').replace(/ {2}old: .*\n/, '');
    const edit = { ...opened, do: 'edit', yaml, force: false } as const;
    const { conflicts, items } = await preview(edit);
    expect(conflicts).toEqual([{ field: '.data.level', who: expect.any(String) }]);
    expect(items).toMatchObject([
      { before: expect.stringContaining('old'), after: expect.not.stringContaining('old') },
    ]);
    await expect(run(edit)).rejects.toMatchObject({ code: 'KUBE_CONFLICT' });
    const done = await run({ ...edit, force: true });
    const dataNow = async () =>
      (await client.get(configMaps, { namespace, name: 'conf' }, { signal })).data;
    expect(await dataNow()).toEqual({ level: 'debug' });
    await expect(run({ ...edit, force: true })).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
    await undo(done);
    expect(await dataNow()).toEqual({ level: 'info', old: 'yes' });
    const broken = { ...opened, do: 'edit', force: true } as const;
    await expect(preview({ ...broken, yaml: 'a: [' })).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
    });
  });

  it('runs a cron job now, which its undo deletes with what it runs', async () => {
    const done = await run({ do: 'run-now', namespace, name: 'report' });
    const job = done.made?.name ?? '';
    expect(job).toMatch(/^report-/);
    await undo(done);
    await until('it is gone', async () => {
      const { status } = await cluster().api.request(
        'GET',
        `/apis/batch/v1/namespaces/default/jobs/${job}`,
      );
      return status === 404;
    });
  });

  it('adds a container to look around in a pod', async () => {
    const { items } = await cluster().api.must(
      'GET',
      '/api/v1/namespaces/default/pods?labelSelector=app%3Dweb',
    );
    const [pod] = items as { metadata: { name: string } }[];
    const name = pod?.metadata.name ?? '';
    const done = await run({ do: 'debug', namespace, name, image: 'busybox', target: 'web' });
    const { spec } = await client.get(pods, { namespace, name }, { signal });
    expect(done.made?.name).toBe('debug-1');
    expect(spec).toMatchObject({ ephemeralContainers: [{ name: 'debug-1' }] });
    const again = await preview({ do: 'debug', namespace, name, image: 'busybox', target: null });
    expect(again.items).toMatchObject([{ name: `container debug-2 of ${name}` }, {}]);
  });

  it('names what goes with what is deleted', async () => {
    const action = { do: 'delete', ...web, orphan: false } as const;
    const { items, undo: back, hash } = await preview(action);
    const names = items.flatMap((item) => (item.kind === 'object' ? [item.name] : []));
    expect(names[0]).toBe('deployment default/web');
    expect(names.join('\n')).toMatch(/replica set default\/web-[\s\S]*pod default\/web-/);
    expect(back).toBeNull();
    // More of its pods by now are nothing new to decide about; another deployment of that name is.
    await cluster().kubectl(['scale', 'deployment/web', '--replicas=3']);
    await until('more pods are there', async () => {
      const after = await preview(action);
      return after.items.length > items.length;
    });
    await bed.actions.run({ contextId: bed.contextId, action, hash }, signal);
    const { status } = await cluster().api.request(
      'GET',
      '/apis/apps/v1/namespaces/default/deployments/web',
    );
    expect(status).toBe(404);
  });

  it('says of a pod that nothing makes anew, and of a node, what is lost with it', async () => {
    await cluster().apply([
      barePod('alone', { namespace, localData: true }),
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'lab' } },
    ]);
    const notes = async (action: ClusterAction) =>
      (await preview(action)).items.flatMap((item) => (item.kind === 'note' ? [item.text] : []));
    const pod = { do: 'delete', kind: 'pods', namespace, name: 'alone', orphan: false } as const;
    expect(await notes(pod)).toEqual([
      expect.stringMatching(/gone for good/),
      expect.stringMatching(/on its node is lost/),
    ]);
    const space = { do: 'delete', kind: 'namespaces', namespace: null, name: 'lab' } as const;
    expect((await notes({ ...space, orphan: false })).join(' ')).toMatch(/config maps, secrets/);
    const node = { do: 'delete', kind: 'nodes', namespace: null, name: 'node-1' } as const;
    expect((await notes({ ...node, orphan: false })).join(' ')).toMatch(
      /without asking their budgets.*comes back only after a restart/,
    );
  });

  it('counts what goes with the definition of a kind', async () => {
    const group = 'lab.example';
    const names = { kind: 'Rack', plural: 'racks', singular: 'rack', listKind: 'RackList' };
    const schema = { openAPIV3Schema: { type: 'object' } };
    await cluster().apply([
      {
        apiVersion: 'apiextensions.k8s.io/v1',
        kind: 'CustomResourceDefinition',
        metadata: { name: `racks.${group}` },
        spec: {
          ...{ group, scope: 'Namespaced', names },
          versions: [{ name: 'v1', served: true, storage: true, schema }],
        },
      },
    ]);
    const one = { apiVersion: `${group}/v1`, kind: 'Rack', metadata: { name: 'one', namespace } };
    await until('the kind is served', () =>
      cluster()
        .apply([one])
        .then(() => true)
        .catch(() => false),
    );
    const kind = 'customresourcedefinitions.apiextensions.k8s.io';
    const action = { do: 'delete', kind, namespace: null, name: `racks.${group}` } as const;
    const { items } = await preview({ ...action, orphan: false });
    expect(items).toContainEqual({
      ...{ kind: 'note', weight: 'warning' },
      text: 'Every Rack there is goes with it: 1 in all namespaces.',
    });
  });

  it('deletes no server that the others need for a majority', async () => {
    const labels = {
      'node-role.kubernetes.io/control-plane': 'true',
      'node-role.kubernetes.io/etcd': 'true',
    };
    await addNodes(cluster(), [fakeNode('s-1', { labels }), fakeNode('s-2', { labels })]);
    const server = { do: 'delete', kind: 'nodes', namespace: null, name: 's-1' } as const;
    await expect(preview({ ...server, orphan: false })).rejects.toMatchObject({
      code: 'QUORUM_GUARDED',
    });
  });

  it('says which verb on what somebody may not', async () => {
    const credentials = await limitedUser(cluster(), {
      ...{ name: 'reader', namespace },
      rules: [{ apiGroups: ['apps'], resources: ['*'], verbs: ['get', 'list'] }],
    });
    const reader = await clientOf(cluster().kubeconfigFile({ credentials }));
    const theirs = new WorkBed(reader);
    try {
      const action = {
        do: 'scale',
        kind: 'statefulsets.apps',
        namespace,
        name: 'db',
        replicas: 2,
      } as const;
      await expect(
        theirs.actions.preview({ contextId: theirs.contextId, action }, signal),
      ).rejects.toMatchObject({
        code: 'KUBE_FORBIDDEN',
        message: expect.stringMatching(/cannot patch resource "statefulsets\/scale"/),
      });
    } finally {
      await theirs.close();
      reader.close();
    }
  });
});

const core = (resource: string, kind: string, namespaced: boolean) => ({
  ...{ group: '', version: 'v1', resource, kind, namespaced, verbs: [] },
});
const nodes = core('nodes', 'Node', false);
const pods = core('pods', 'Pod', true);
const configMaps = core('configmaps', 'ConfigMap', true);
