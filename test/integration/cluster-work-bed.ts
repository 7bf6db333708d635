import { readFileSync } from 'node:fs';
import { type ClusterWork, createClusterWork } from '../../electron/host/cluster/index.ts';
import {
  createCredentialWays,
  createKubeClient,
  type KubeClient,
  readDocument,
  resolveContext,
} from '../../electron/host/connections/kubernetes/index.ts';
import { newId } from '../../electron/host/db/index.ts';
import { type TemporaryData, temporaryData } from '../../electron/host/db/temporary-data.ts';
import { createJobs, type Jobs } from '../../electron/host/engine/jobs/index.ts';
import { createRecords } from '../../electron/host/records/index.ts';
import { usualDrain } from '../../shared/cluster/drain/options.ts';

export const signal = AbortSignal.timeout(240_000);
const neverAsked = () => Promise.reject(new Error('Nothing of this was expected.'));

/** The API as whoever this kubeconfig is of. */
export async function clientOf(file: string): Promise<KubeClient> {
  const document = await readDocument(readFileSync(file, 'utf8'), signal);
  const own = { file, document };
  const name = document.currentContext ?? '';
  const read = async () => readFileSync(file);
  const context = await resolveContext({ set: [own], own, context: name, readFile: read, signal });
  const ways = createCredentialWays({ allowed: () => null, readFile: neverAsked });
  return createKubeClient({ context, ways });
}

/** One Rackhelm on a database of its own, which may be killed. */
export class WorkBed {
  readonly data: TemporaryData = temporaryData();
  readonly contextId = newId();
  readonly #client: KubeClient;
  readonly #processes: { readonly jobs: Jobs; readonly work: ClusterWork }[] = [];
  readonly faults: unknown[] = [];
  readonly #db = this.data.open();

  constructor(client: KubeClient) {
    this.#client = client;
    const { id: clusterId } = createRecords(this.#db).create({
      kind: 'cluster',
      values: { name: 'home', kind: 'k3s' },
    });
    this.#db.clusterContexts.put({
      ...{ id: this.contextId, clusterId, name: 'admin', source: '{}', viaDevice: null },
      ...{ addedAt: Date.now(), test: null },
    });
    this.open();
  }

  /** Of the process that was opened last. */
  get #last() {
    const last = this.#processes.at(-1);
    if (last === undefined) throw new Error('Nothing is open.');
    return last;
  }

  get jobs(): Jobs {
    return this.#last.jobs;
  }

  get actions(): ClusterWork['actions'] {
    return this.#last.work.actions;
  }

  get drain(): ClusterWork['drain'] {
    return this.#last.work.drain;
  }

  /** As another process has it. */
  open(): void {
    const jobs = createJobs({
      database: this.#db,
      report: (error) => this.faults.push(error),
    });
    const work = createClusterWork({
      ...{ db: this.#db, clientOf: () => this.#client, jobs },
      // Nothing here leaves: no machine is reached.
      ...{ machines: { open: neverAsked, look: neverAsked }, serverOf: neverAsked },
      authorityOf: neverAsked,
      targetOf: () => ({ host: 'nowhere.invalid' }),
      revert: async (id) => this.#db.history.revert(id),
      times: { againMs: 1_000, lookMs: 500, patienceMs: 2_000 },
    });
    this.#processes.push({ jobs, work });
  }

  async start(node: string, options = usualDrain): Promise<string> {
    const asked = { contextId: this.contextId, node, options };
    const { hash } = await this.drain.preview(asked, signal);
    return (await this.drain.run({ ...asked, hash }, signal)).jobId;
  }

  async close(): Promise<void> {
    for (const { jobs } of this.#processes.splice(0)) await jobs.close();
    this.data.remove();
  }
}
