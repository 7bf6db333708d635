import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { createDrain, type Drain } from '../../../electron/host/cluster/drain/index.ts';
import {
  createCredentialWays,
  createKubeClient,
  type KubeClient,
  readDocument,
  resolveContext,
} from '../../../electron/host/connections/kubernetes/index.ts';
import { type Database, openDatabase } from '../../../electron/host/db/index.ts';
import { createJobs, type JobKind, type Jobs } from '../../../electron/host/engine/jobs/index.ts';
import { createRecords } from '../../../electron/host/records/index.ts';
import { usualDrain } from '../../../shared/cluster/drain/options.ts';

export const contextId = '0190a000-0000-7000-8000-00000000d003';
export const node = 'node-1';
const clusterName = 'home';

export interface OpenDrain {
  readonly database: Database;
  readonly jobs: Jobs;
  readonly client: KubeClient;
  readonly drain: Drain;
  /** As the job has them. */
  lanes(): Promise<Parameters<Jobs['prepare']>[1]>;
  /** Begins it. */
  start(): Promise<string>;
  close(): Promise<void>;
}

interface Changes {
  readonly kind?: (kind: JobKind) => JobKind;
  readonly client?: (client: KubeClient) => KubeClient;
}

/** The host's part in draining a node of a real cluster, with its data in a directory. */
export async function openDrain(
  root: string,
  kubeconfig: string,
  { kind: change = (kind) => kind, client: seen = (client) => client }: Changes = {},
): Promise<OpenDrain> {
  const database = openDatabase({ dataDirectory: join(root, 'data') });
  const jobs = createJobs({
    database,
    // The job then fails as one does in the app; a throw here would leave it as running for good.
    report: (error) => void process.stderr.write(`${inspect(error)}\n`),
  });
  const client = await clientOf(kubeconfig);
  const register = (kind: JobKind) => jobs.register(change(kind));
  const drain = createDrain({
    db: database,
    clientOf: () => seen(client),
    jobs: new Proxy(jobs, {
      get: (target, name) => (name === 'register' ? register : Reflect.get(target, name, target)),
    }),
    times: { againMs: 200, lookMs: 200, patienceMs: 2_000 },
  });
  const { signal } = new AbortController();
  const asked = { contextId, node, options: usualDrain };
  return {
    ...{ database, jobs, client, drain },
    async lanes() {
      const { plan } = await drain.preview(asked, signal);
      return plan.lanes.map(({ lane, title, deviceId, phases }) => ({
        ...{ lane, title, deviceId },
        phases: phases.map(({ phase, params }) => ({ phase, params })),
      }));
    },
    async start() {
      const { hash } = await drain.preview(asked, signal);
      return (await drain.run({ ...asked, hash, by: 'cli' }, signal)).jobId;
    },
    async close() {
      await jobs.close();
      client.close();
      database.close();
    },
  };
}

/** The inventory as it is before the drain. */
export function knowCluster(root: string): void {
  const database = openDatabase({ dataDirectory: join(root, 'data') });
  const values = { name: clusterName, kind: 'k3s' } as const;
  const { id: clusterId } = createRecords(database).create({ kind: 'cluster', values });
  database.clusterContexts.put({
    ...{ id: contextId, clusterId, name: 'admin', source: '{}', viaDevice: null },
    ...{ addedAt: Date.now(), test: null },
  });
  database.close();
}

async function clientOf(file: string): Promise<KubeClient> {
  const { signal } = new AbortController();
  const document = await readDocument(readFileSync(file, 'utf8'), signal);
  const own = { file, document };
  const name = document.currentContext ?? '';
  const readFile = async () => readFileSync(file);
  const context = await resolveContext({ set: [own], own, context: name, readFile, signal });
  const ways = createCredentialWays({ allowed: () => null, readFile });
  return createKubeClient({ context, ways });
}
