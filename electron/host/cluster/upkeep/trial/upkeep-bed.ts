import { usualDrain } from '../../../../../shared/cluster/drain/options.ts';
import type { LeaveWork, UpkeepWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { newId } from '../../../db/index.ts';
import { temporaryData } from '../../../db/temporary-data.ts';
import { createJobs } from '../../../engine/jobs/index.ts';
import type { Machines } from '../../../engine/machines/index.ts';
import type { TrialNode } from '../../../engine/phases/trial/trial-node.ts';
import { createInventory } from '../../../inventory/index.ts';
import { createRecords } from '../../../records/index.ts';
import { createUpkeep } from '../index.ts';
import type { ReleaseNeeds } from '../upgrade/releases.ts';
import { TrialCluster } from './trial-cluster.ts';

export const leaving = (node: string, over: Partial<LeaveWork> = {}): LeaveWork => ({
  ...{ kind: 'leave', node, machine: 'there', volumes: 'keep', acceptVolumes: false },
  drain: usualDrain,
  ...over,
});

/** Work on the nodes of a cluster in memory, with jobs as they really run, on a database of its own. */
export function upkeepBed({ fetchText }: ReleaseNeeds = {}) {
  const data = temporaryData();
  const db = data.open();
  const inventory = createInventory(db);
  const records = createRecords(db);
  const cluster = new TrialCluster();
  const machines = new Map<string, TrialNode>();
  const jobs = createJobs({ database: db, report: (error) => faults.push(error) });
  const faults: unknown[] = [];
  const clusterId = records.create({ kind: 'cluster', values: { name: 'lab', kind: 'k3s' } }).id;
  const contextId = newId();
  db.clusterContexts.put({
    ...{ id: contextId, clusterId, name: 'lab', viaDevice: null, addedAt: 1, test: null },
    source: JSON.stringify({ kind: 'files', files: [], file: '', context: 'lab' }),
  });
  const opened = async ({ host }: { host: string }) => {
    const node = machines.get(host);
    if (node === undefined) throw new RackhelmError('SSH_TIMEOUT', `${host} does not answer.`);
    node.machine.released = false;
    return node.machine as never; // all that jobs ask of it
  };
  const upkeep = createUpkeep({
    ...{ db, jobs, clientOf: () => cluster.client },
    machines: { open: opened, look: opened } satisfies Machines,
    targetOf: (deviceId) => inventory.sshTargetOf(deviceId),
    authorityOf: async () => Buffer.from('authority'),
    serverOf: async () => 'https://10.0.0.99:6443',
    revert: async (id) => db.history.revert(id),
    ...(fetchText && { fetchText }),
    upgradeTimes: { stepMs: 1, backMs: 50, nodeMs: 60, wellMs: 40 },
    leaveTimes: { stepMs: 1, answerMs: 20, goneMs: 50 },
    times: { againMs: 5, lookMs: 10, patienceMs: 20 },
  });
  const look = {
    signal: AbortSignal.timeout(60_000),
    ask: async () => ({ kind: 'cancel' }) as const,
  };
  return {
    ...{ db, jobs, cluster, upkeep, machines, faults, contextId, clusterId, records },
    /** A device of the cluster, reached under its name. */
    member(name: string, role: 'control-plane' | 'worker'): string {
      const { id } = inventory.devices.create({ name, kind: 'sbc', sshHost: name });
      records.create({ kind: 'cluster-member', values: { cluster: clusterId, device: id, role } });
      return id;
    },
    members: () => db.clusterContexts.members(clusterId).map(({ name }) => name),
    plan: (work: UpkeepWork) => upkeep.plan({ contextId, work }, look),
    async run(work: UpkeepWork) {
      const { hash } = await upkeep.plan({ contextId, work }, look);
      const { jobId } = await upkeep.run({ contextId, hash });
      return await jobs.ended(jobId);
    },
    async undo(jobId: string) {
      await jobs.undo(jobId, { attended: false });
      return await jobs.ended(jobId);
    },
    async close() {
      await jobs.close();
      data.remove();
    },
  };
}
