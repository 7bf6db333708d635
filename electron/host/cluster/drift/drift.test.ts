import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { KubeObject, ResourceType } from '../../../../shared/cluster/kube-object.ts';
import { KubeError } from '../../connections/kubernetes/index.ts';
import { type Database, newId } from '../../db/index.ts';
import { snapshot } from '../../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createRecords, type Records } from '../../records/index.ts';
import { type Compare, createCompare } from '../compare.ts';

const { signal } = new AbortController();
const contextId = newId();

let data: TemporaryData;
let db: Database;
let records: Records;
let compare: Compare;
let objects: Record<string, object[]>;
let asked: string[];

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  records = createRecords(db);
  objects = {};
  asked = [];
  compare = createCompare({ db, clientOf: () => ({ list }) });
  const clusterId = add('cluster', { name: 'rack', kind: 'k3s', version: 'v1.37.0' });
  for (const name of ['pi-1', 'pi-2']) {
    const device = add('device', {
      ...{ name, kind: 'sbc', status: 'active', heightUnits: 1 },
      ...{ architecture: 'aarch64', cpuCores: 4, memoryBytes: 8 * 1024 ** 3 },
    });
    add('cluster-member', { cluster: clusterId, device, role: 'worker' });
  }
  db.clusterContexts.put({
    ...{ id: contextId, clusterId, name: 'default', addedAt: 1, viaDevice: null, test: null },
    source: JSON.stringify({ kind: 'files', files: ['/k'], file: '/k', context: 'default' }),
  });
});
afterEach(() => {
  compare.close();
  db.close();
  data.remove();
});

function add(kind: Parameters<Records['create']>[0]['kind'], values: object): string {
  return records.create({ kind, values: values as Record<string, string> }).id; // canonical, as tests write them
}

async function* list({ resource }: ResourceType) {
  asked.push(resource);
  const found = objects[resource];
  if (resource === 'networkpolicies' && found === undefined) throw forbidden();
  const items = (found ?? []) as KubeObject[]; // as far as they are read
  yield { items, resourceVersion: '1', continue: null, remaining: null };
}

const forbidden = () => new KubeError('KUBE_FORBIDDEN', 'This user may not list them.');

function node(name: string, labels: object = {}) {
  return {
    metadata: { name, labels },
    status: {
      capacity: { cpu: '4', memory: '8Gi' },
      conditions: [{ type: 'Ready', status: 'True' }],
      nodeInfo: { kubeletVersion: 'v1.37.0', architecture: 'arm64' },
    },
  };
}

function deployment(name: string, env: object[] = []) {
  const containers = [
    { name, image: 'app', env, resources: { requests: { cpu: '250m', memory: '64Mi' } } },
  ];
  return {
    metadata: { name, namespace: 'shop' },
    spec: { replicas: 2, template: { metadata: { labels: { app: name } }, spec: { containers } } },
  };
}

const ask = (more: Partial<Parameters<Compare['drift']['list']>[0]> = {}) =>
  compare.drift.list(
    {
      contextId,
      state: 'open',
      group: null,
      search: '',
      offset: 0,
      limit: 100,
      fresh: false,
      ...more,
    },
    signal,
  );
const told = async (more = {}) =>
  (await ask(more)).rows.map(({ subject, about }) => `${subject} ${about}`);
const keysOf = async (...abouts: string[]) =>
  (await ask()).rows.filter(({ about }) => abouts.includes(about)).map(({ key }) => key);

describe('drift of a cluster', () => {
  beforeEach(() => {
    const env = [{ name: 'DB_HOST', value: 'db' }];
    objects = {
      nodes: [node('pi-1', { 'node-role.kubernetes.io/control-plane': '' }), node('pi-9')],
      deployments: [deployment('web', env), deployment('db')],
      services: [
        { metadata: { name: 'db', namespace: 'shop' }, spec: { selector: { app: 'db' } } },
      ],
      pods: [],
    };
  });

  it('asks the cluster once, and again only when it is told to', async () => {
    expect((await ask()).counts).toEqual({ nodes: 3, workloads: 2, dependencies: 1, dismissed: 0 });
    const once = asked.length;
    await ask({ search: 'web' });
    expect(asked.length).toBe(once);
    await ask({ fresh: true });
    expect(asked.length).toBe(2 * once);
  });

  it('tells what may not be read, and goes by the rest', async () => {
    const { gaps, rows } = await ask();
    expect(gaps.map(({ what }) => what)).toEqual(['network policies']);
    expect(rows.length).toBe(6);
  });

  it('accepts many as one change set, services before what needs them, and undo takes all back', async () => {
    const before = snapshot(db.file);
    const { rows } = await ask();
    const keys = rows.map(({ key }) => key);
    // The dependency comes first here, and its services with it all the same.
    const done = await compare.drift.accept({ contextId, keys: keys.toReversed() }, signal);
    expect(done.count).toBe(6);
    expect(await told()).toEqual([]);
    const web = db.tables.services.list().find(({ name }) => name === 'shop/web');
    expect(web?.dependsOn.map(({ serviceName }) => serviceName)).toEqual(['shop/db']);
    const { record } = records.get({ kind: 'service', id: web?.id ?? '' });
    expect(record.values).toMatchObject({ namespace: 'shop', replicas: 2, cpuRequest: 250 });
    const members = db.clusterContexts.members(db.clusterContexts.get(contextId)?.clusterId ?? '');
    expect(members.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'pi-1 control-plane',
      'pi-9 worker',
    ]);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('accepts no dependency of what is no service', async () => {
    const keys = await keysOf('dependency');
    await expect(compare.drift.accept({ contextId, keys }, signal)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(db.tables.services.list()).toEqual([]);
  });

  it('remembers what was dismissed until something else is seen, and brings it back', async () => {
    const keys = await keysOf('role', 'workload-not-declared');
    await compare.drift.dismiss({ contextId, keys }, signal);
    expect(await told({ state: 'dismissed' })).toHaveLength(3);
    expect((await ask()).counts.dismissed).toBe(3);
    // Its machines propose it no more either.
    expect(db.tables.proposals.dismissedKeys()).toContain('service/shop-web');
    objects.nodes = [node('pi-1', { 'node-role.kubernetes.io/etcd': '' }), node('pi-9')];
    expect(await told({ fresh: true })).toContain('pi-1 role');
    const [key = ''] = keys.slice(1);
    await compare.drift.restore({ contextId, keys: [key] }, signal);
    expect((await ask()).counts.dismissed).toBe(1);
  });

  it('writes nothing where one of them is not so any more', async () => {
    const keys = await keysOf('role', 'node-not-declared');
    objects.nodes = [node('pi-1')];
    await ask({ fresh: true });
    await expect(compare.drift.accept({ contextId, keys }, signal)).rejects.toMatchObject({
      code: 'CHANGED_SINCE',
    });
  });

  it('reads once for two who ask at once, also when one of them leaves', async () => {
    const leaver = new AbortController();
    const left = compare.questions.ask({ contextId, fresh: false }, leaver.signal);
    const stayed = compare.questions.ask({ contextId, fresh: false }, signal);
    leaver.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    const { answers } = await stayed;
    expect(answers.classes.map(({ machine, nodes }) => [machine, ...nodes])).toEqual([
      ['ARM board', 'pi-1', 'pi-9'],
    ]);
    expect(asked.filter((resource) => resource === 'nodes')).toHaveLength(1);
  });
});
