import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Compare, createCompare } from '../../electron/host/cluster/index.ts';
import {
  createCredentialWays,
  createKubeClient,
  type KubeClient,
  readDocument,
  resolveContext,
} from '../../electron/host/connections/kubernetes/index.ts';
import { type Database, newId } from '../../electron/host/db/index.ts';
import { type TemporaryData, temporaryData } from '../../electron/host/db/temporary-data.ts';
import { createRecords } from '../../electron/host/records/index.ts';
import { applySample, describeCluster, limitedUser, podsOf, until } from '../cluster/index.ts';

const signal = AbortSignal.timeout(240_000);
const neverAsked = () => Promise.reject(new Error('Nothing of this was expected.'));

async function clientOf(file: string): Promise<KubeClient> {
  const document = await readDocument(readFileSync(file, 'utf8'), signal);
  const own = { file, document };
  const read = async () => readFileSync(file);
  const context = await resolveContext({
    ...{ set: [own], own, context: document.currentContext ?? '', readFile: read, signal },
  });
  return createKubeClient({
    context,
    ways: createCredentialWays({ allowed: () => null, readFile: neverAsked }),
  });
}

describeCluster('drift of a real cluster with the sample', { nodes: 3 }, (cluster) => {
  const contextId = newId();
  let data: TemporaryData;
  let db: Database;
  let admin: KubeClient;
  let compare: Compare;

  beforeAll(async () => {
    await applySample(cluster());
    for (const [namespace, app, pods] of [
      ['shop', 'web', 3],
      ['shop', 'db', 1],
      ['media', 'player', 1],
    ] as const) {
      await until(`${app} has nodes`, async () => {
        const found = await podsOf(cluster(), namespace, app);
        return found.filter(({ spec }) => spec.nodeName).length === pods;
      });
    }
    data = temporaryData();
    db = data.open();
    admin = await clientOf(cluster().adminKubeconfig);
    compare = createCompare({ db, clientOf: () => admin });
    const records = createRecords(db);
    const { id: clusterId } = records.create({
      kind: 'cluster',
      values: { name: 'home', kind: 'k3s' },
    });
    // A rack that lacks node-3, has a machine that is no node, and calls node-1 a server.
    for (const [name, role] of [
      ['node-1', 'control-plane'],
      ['node-2', 'worker'],
      ['old-pi', 'worker'],
    ] as const) {
      const { id: device } = records.create({
        kind: 'device',
        values: { name, kind: 'sbc', status: 'active', heightUnits: 1 },
      });
      records.create({ kind: 'cluster-member', values: { cluster: clusterId, device, role } });
    }
    db.clusterContexts.put({
      ...{ id: contextId, clusterId, name: 'admin', source: '{}', viaDevice: null },
      ...{ addedAt: Date.now(), test: null },
    });
  });
  afterAll(() => {
    compare.close();
    admin.close();
    db.close();
    data.remove();
  });

  const list = (fresh = false, of = compare) =>
    of.drift.list(
      { contextId, state: 'open', group: null, search: '', offset: 0, limit: 500, fresh },
      signal,
    );

  it('tells the node that the rack lacks, the machine that is none, and the wrong role', async () => {
    const { rows } = await list();
    const told = rows.map(({ subject, about }) => `${subject}: ${about}`);
    expect(told).toEqual(
      expect.arrayContaining([
        'node-1: role',
        'node-3: node-not-declared',
        'old-pi: member-not-seen',
        'shop/web: workload-not-declared',
        'shop/db: workload-not-declared',
        'home: version',
      ]),
    );
    expect(told.filter((line) => line.startsWith('kube-system/'))).toEqual([]);
    expect(rows.find(({ about }) => about === 'dependency')).toMatchObject({
      subject: 'shop/web',
      cluster: 'shop/db',
      evidence: [
        'DATABASE_URL names db.shop.svc.cluster.local',
        'the network policy db-from-web lets it through',
      ],
    });
  });

  it('accepts all of it at once, and finds nothing left but what is no matter of the inventory', async () => {
    const { rows } = await list();
    const keys = rows.filter(({ fix }) => fix !== null).map(({ key }) => key);
    await compare.drift.accept({ contextId, keys }, signal);
    const left = (await list(true)).rows.map(({ about }) => about);
    expect(new Set(left)).toEqual(new Set(['address']));
    const web = db.tables.services.list().find(({ name }) => name === 'shop/web');
    expect(web?.dependsOn.map(({ serviceName }) => serviceName)).toEqual(['shop/db']);
    db.history.undo();
    expect((await list()).rows).toHaveLength(rows.length);
  });

  it('knows that the database cannot leave the node of its volume', async () => {
    const { answers } = await compare.questions.ask({ contextId, fresh: true }, signal);
    const [loss] = answers.losses.filter(({ node }) => node === 'node-1');
    expect(loss?.stays.find(({ name }) => name === 'db')).toMatchObject({
      finding: 'nowhere',
      why: ['2 nodes without a way to its volume'],
    });
    expect(answers.thin.rows.map(({ name }) => name)).toContain('db');
  });

  it('goes as far as a user may see, and says how far that is', async () => {
    const credentials = await limitedUser(cluster(), {
      name: 'looker',
      rules: [{ apiGroups: [''], resources: ['nodes', 'pods'], verbs: ['list'] }],
    });
    const limited = await clientOf(cluster().kubeconfigFile({ credentials }));
    const own = createCompare({ db, clientOf: () => limited });
    try {
      const { rows, gaps } = await list(false, own);
      expect(gaps.map(({ what }) => what)).toContain('deployments');
      expect(new Set(rows.map(({ group }) => group))).toEqual(new Set(['nodes']));
    } finally {
      own.close();
      limited.close();
    }
  });
});
