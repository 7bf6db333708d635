import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createUpkeep } from '../../../electron/host/cluster/upkeep/index.ts';
import type { KubeClient } from '../../../electron/host/connections/kubernetes/index.ts';
import { newId } from '../../../electron/host/db/index.ts';
import { temporaryData } from '../../../electron/host/db/temporary-data.ts';
import { createJobs } from '../../../electron/host/engine/jobs/index.ts';
import { createMachines } from '../../../electron/host/engine/machines/index.ts';
import { createInventory } from '../../../electron/host/inventory/index.ts';
import { createRecords } from '../../../electron/host/records/index.ts';
import type { UpkeepWork } from '../../../shared/cluster/upkeep/upkeep-work.ts';
import { type K3sServer, k3sFile } from '../../k3s/index.ts';
import type { Node, Rack } from '../../rack/index.ts';
import { clientOf } from '../cluster-work-bed.ts';
import { directTarget } from '../rack/login.ts';
import { makeScratch } from '../scratch.ts';
import { never, testClient } from '../sshd/client.ts';

/** Which K3s runs on a node: the kubelet of the stand-in only tells which Kubernetes. */
const running =
  "for p in /proc/[0-9]*; do tr '\\0' '\\n' <$p/environ 2>/dev/null | grep ^K3S_STANDIN_VERSION= | cut -d= -f2; done | sort -u | head -n 1";

/** Tells the versions of nodes as K3s does. */
function tellingVersions(client: KubeClient, rack: Rack): KubeClient {
  const told = async <T>(object: T): Promise<T> => {
    const { metadata, status } = object as { metadata: { name: string }; status?: object }; // as any node has it
    const node: Node | undefined = rack.nodes.find(({ name }) => name === metadata.name);
    const kubeletVersion = (await node?.exec(running))?.stdout.trim() ?? '';
    const { nodeInfo } = (status ?? {}) as { nodeInfo?: object }; // the same
    return kubeletVersion === ''
      ? object
      : { ...object, status: { ...status, nodeInfo: { ...nodeInfo, kubeletVersion } } };
  };
  return {
    ...client,
    get: async (type, which, options) => {
      const object = await client.get(type, which, options);
      return type.resource === 'nodes' ? await told(object) : object;
    },
    async *list(type, options) {
      for await (const page of client.list(type, options)) {
        yield type.resource === 'nodes'
          ? { ...page, items: await Promise.all(page.items.map(told)) }
          : page;
      }
    },
  };
}

/** How its API is reached. */
interface Way {
  readonly client: KubeClient;
  readonly url: string;
  /** Of the kubeconfig. */
  readonly text: string;
}

/** Work on the nodes of a K3s on the rack, as one Rackhelm does it. */
export class UpkeepBed {
  readonly #rack: Rack;
  readonly #ssh = testClient();
  readonly #directory = makeScratch('k3s-upkeep');
  readonly #data = temporaryData();
  readonly #db = this.#data.open();
  readonly #contextId = newId();
  readonly #clusterId: string;
  readonly jobs: ReturnType<typeof createJobs>;
  readonly upkeep: ReturnType<typeof createUpkeep>;

  static async over(rack: Rack, server: K3sServer): Promise<UpkeepBed> {
    const directory = makeScratch('k3s-upkeep-kubeconfig');
    const file = path.join(directory, 'k3s.yaml');
    const text = await server.kubeconfig();
    writeFileSync(file, text);
    const client = await clientOf(file);
    rmSync(directory, { recursive: true });
    return new UpkeepBed(rack, { client: tellingVersions(client, rack), url: server.url, text });
  }

  constructor(rack: Rack, { client, url, text }: Way) {
    this.#rack = rack;
    const db = this.#db;
    this.jobs = createJobs({ database: db, report: () => {} });
    const inventory = createInventory(db);
    const records = createRecords(db);
    this.#clusterId = records.create({
      kind: 'cluster',
      values: { name: 'lab', kind: 'k3s' },
    }).id;
    db.clusterContexts.put({
      ...{ id: this.#contextId, clusterId: this.#clusterId, name: 'lab', viaDevice: null },
      ...{ addedAt: 1, test: null },
      source: JSON.stringify({ kind: 'files', files: [], file: '', context: 'lab' }),
    });
    const nodes = new Map<string, string>();
    for (const { name } of rack.nodes) {
      const { id } = inventory.devices.create({ name, kind: 'server', sshHost: name });
      const values = { cluster: this.#clusterId, device: id, role: 'worker' };
      records.create({ kind: 'cluster-member', values });
      nodes.set(id, name);
    }
    this.upkeep = createUpkeep({
      ...{ db, jobs: this.jobs, clientOf: () => client, serverOf: async () => url },
      authorityOf: async () =>
        Buffer.from(/certificate-authority-data: (\S+)/.exec(text)?.[1] ?? '', 'base64'),
      machines: createMachines({
        pool: async () => this.#ssh.pool,
        owner: { host: 'desk', user: 'ada' },
        isOver: (id) => this.jobs.isOver(id),
      }),
      targetOf: (id) => directTarget(rack.node(nodes.get(id) ?? ''), rack.account('deploy')),
      revert: async (id) => db.history.revert(id),
      leaveTimes: { stepMs: 300, answerMs: 15_000, goneMs: 60_000 },
      upgradeTimes: { stepMs: 500, backMs: 60_000, nodeMs: 90_000, wellMs: 60_000 },
      times: { againMs: 1_000, lookMs: 300, patienceMs: 2_000 },
    });
  }

  /** A folder with the files of a release, as one downloads them. */
  release(version: string, text = k3sFile(version).text): string {
    const folder = path.join(this.#directory, version);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'k3s'), text);
    return folder;
  }

  plan(work: UpkeepWork) {
    const ask = async () => ({ kind: 'ssh', answer: { kind: 'host-key', accept: true } }) as const;
    return this.upkeep.plan({ contextId: this.#contextId, work }, { signal: never, ask });
  }

  /** To its end, and how it stands then. */
  async run(work: UpkeepWork) {
    const { hash, findings } = await this.plan(work);
    const stops = findings.filter(({ weight }) => weight === 'stop').map(({ says }) => says);
    if (stops.length > 0) throw new Error(stops.join(' '));
    const { jobId } = await this.upkeep.run({ contextId: this.#contextId, hash });
    return await this.jobs.ended(jobId);
  }

  async undo(jobId: string) {
    await this.jobs.undo(jobId, { attended: false });
    return (await this.jobs.ended(jobId)).state;
  }

  async log(id: string): Promise<string> {
    const query = { stepId: null, after: null, search: '', limit: 500 };
    const { lines } = await this.jobs.log(id, query);
    return lines.map(({ text }) => text).join('\n');
  }

  members(): string[] {
    return this.#db.clusterContexts.members(this.#clusterId).map(({ name }) => name);
  }

  /** The version that runs there. */
  async runs(name: string): Promise<string> {
    return (await this.#rack.node(name).exec(running)).stdout.trim();
  }

  async close(): Promise<void> {
    await this.jobs.close();
    await this.#ssh.close();
    this.#data.remove();
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
