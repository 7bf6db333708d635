import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { kindOf } from '../../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../../shared/model/kinds/schema.ts';
import { type Database, newId } from '../../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../../db/temporary-data.ts';
import type { Machines } from '../../../engine/machines/index.ts';
import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { createInventory } from '../../../inventory/index.ts';
import { createRecords } from '../../../records/index.ts';
import { SmallApi } from '../trial/small-api.ts';
import { surveyCluster } from './survey-cluster.ts';

const hash = 'a'.repeat(64);
const asking = {
  signal: new AbortController().signal,
  ask: async () => ({ kind: 'cancel' }) as const,
};

let data: TemporaryData;
let db: Database;
let api: SmallApi;
let clusterId: string;
/** Null: nobody answers there. */
let server: TrialNode | null;
let authority: Buffer | null;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  api = new SmallApi();
  server = null;
  authority = null;
  const values = newValues(kindOf('cluster')).parse({
    ...{ name: 'lab', kind: 'k3s', podPrefix: '10.52.0.0/16' },
  });
  clusterId = createRecords(db).create({ kind: 'cluster', values }).id;
});
afterEach(() => data.remove());

const survey = () =>
  surveyCluster(
    {
      ...{ db, clientOf: () => api.client, authorityOf: async () => authority },
      inventory: createInventory(db),
      machines: {
        look: async () => {
          if (server === null) throw new RackhelmError('SSH_TIMEOUT', 'cp-1 does not answer.');
          return server.machine as never; // all that is asked of it
        },
      } as Pick<Machines, 'look'>,
    },
    clusterId,
    asking,
  );

function connect(): void {
  db.clusterContexts.put({
    ...{ id: newId(), clusterId, name: 'lab', viaDevice: null, addedAt: 1, test: null },
    source: '{}',
  });
}

function addServer(): void {
  const device = createInventory(db).devices.create({ name: 'cp-1', kind: 'server', sshHost: 'a' });
  createRecords(db).create({
    kind: 'cluster-member',
    values: { cluster: clusterId, device: device.id, role: 'control-plane' },
  });
}

describe('a cluster before machines join it', () => {
  it('is empty where nobody knows a server, with the ranges that were planned', async () => {
    expect(await survey()).toMatchObject({
      state: 'empty',
      shared: { clusterCidr: ['10.52.0.0/16'] },
    });
  });

  it('is not taken for empty where its servers are known and no way leads to its API', async () => {
    addServer();
    expect(await survey()).toMatchObject({ state: 'unknown', servers: [] });
  });

  it('tells its names, also of nodes that were, and by a server what has to be alike', async () => {
    connect();
    addServer();
    api.node('cp-1', { server: true, etcd: 'voter', version: 'v1.37.2' });
    api.node('pi-1');
    api.put('secrets', { metadata: { name: 'gone.node-password.k3s' } });
    server = new TrialNode({
      programs: [
        [
          /^for f in \/etc\/rancher/,
          () =>
            '#rackhelm-next-file\ntoken: hunter2\nflannel-backend: host-gw\n#rackhelm-next-file\n"disable+": [traefik]\n',
        ],
        [
          /^cat \/etc\/systemd/,
          () => "ExecStart=/usr/local/bin/k3s \\\n  server \\\n '--disable' 'servicelb'\n",
        ],
        [/^\[ -d .*etcd \]/, () => ''],
        [/^sha256sum/, () => `${hash}\n`],
        [/^k3s --version/, () => 'k3s version v1.37.2+k3s1 (abc)\n'],
      ],
    });
    const found = await survey();
    expect(found).toMatchObject({
      ...{ state: 'running', store: 'etcd', caHash: hash, agents: 1 },
      servers: [{ name: 'cp-1', version: 'v1.37.2+k3s1', etcd: 'voter' }],
      ...{ nodeNames: ['cp-1', 'pi-1'], passwordNames: ['gone'] },
      // The command line wins.
      shared: { flannelBackend: 'host-gw', disable: ['servicelb'] },
      ...{ unread: [], sharedFrom: expect.stringContaining('over SSH') },
    });
    expect(JSON.stringify(found)).not.toContain('hunter2');
  });

  it('goes by the notes of its nodes where no server is reached, and says so', async () => {
    connect();
    addServer();
    authority = Buffer.from('PEM');
    const note = JSON.stringify([
      'server',
      '--cluster-cidr',
      '10.60.0.0/16',
      '--token',
      '********',
    ]);
    api.node('cp-1', { server: true, annotations: { 'k3s.io/node-args': note } });
    const found = await survey();
    expect(found).toMatchObject({
      ...{ store: 'sqlite', shared: { clusterCidr: ['10.60.0.0/16'] } },
      unread: ['cp-1 does not answer.'],
    });
    expect(found.caHash).toHaveLength(64);
    expect(found.sharedFrom).toContain('cp-1');
  });

  it('of which the secrets may not be seen is told as such, and one whose API is away as unknown', async () => {
    connect();
    api.node('cp-1', { server: true });
    api.forbidden = new Set(['secrets']);
    expect(await survey()).toMatchObject({ state: 'running', passwordNames: null });
    api.forbidden = new Set(['nodes']);
    expect(await survey()).toMatchObject({
      state: 'unknown',
      unread: [expect.stringContaining('Its API')],
    });
  });
});
