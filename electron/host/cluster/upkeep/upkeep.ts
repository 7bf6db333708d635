import { createHash } from 'node:crypto';
import type { UpkeepOverview } from '../../../../shared/cluster/upkeep/upkeep-overview.ts';
import type { UpkeepPlan, UpkeepWork } from '../../../../shared/cluster/upkeep/upkeep-work.ts';
import type { UpkeepEvent } from '../../../../shared/contract/cluster/upkeep.ts';
import type { JobPlan } from '../../../../shared/jobs/plan.ts';
import type { JobAnswer } from '../../../../shared/jobs/question.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { AskedWork } from '../../asked-work.ts';
import type { AnyPhase } from '../../engine/jobs/index.ts';
import { SudoMemory } from '../../engine/machines/index.ts';
import { otherWork } from '../drain/cluster-work.ts';
import { createK3sStartPhase } from '../join/phases/start.ts';
import { rotateCertificatesPhase } from './certificates/rotate-certificates.ts';
import { wantedCertificates } from './certificates/wanted-certificates.ts';
import { forgetPasswordPhase } from './doctor/forget-password.ts';
import { wantedDoctor } from './doctor/wanted-doctor.ts';
import { leavePhases, wantedLeave } from './leave/index.ts';
import { readOverview } from './overview.ts';
import { etcdSnapshotPhase } from './snapshots/etcd-snapshot.ts';
import { wantedSnapshot } from './snapshots/wanted-snapshot.ts';
import { toEtcdPhases, wantedToEtcd } from './to-etcd/index.ts';
import {
  type AgentTokens,
  createAgentTokens,
  rotationPhases,
  wantedRotation,
} from './tokens/index.ts';
import { clusterWellPhase } from './upgrade/cluster-well.ts';
import { upgradePhases, wantedUpgrade } from './upgrade/index.ts';
import { type UpkeepInput, upkeepKind } from './upkeep-kind.ts';
import type { UpkeepLook, UpkeepNeeds, WorkContext } from './upkeep-needs.ts';
import { sorted, stop, type Wanted } from './wanted.ts';

/** So long a plan that was shown may be approved; then the cluster is looked at anew. */
const heldMs = 30 * 60_000;
const mostHeld = 20;
const mostFindings = 200;

interface Asked {
  readonly contextId: string;
  readonly work: UpkeepWork;
}

/** Work on the nodes of a cluster that takes them away for a while or for good: plan, then job. */
export interface Upkeep {
  /** How the cluster stands, by its API alone. Throws NOT_FOUND, KubeError. */
  overview(contextId: string, signal: AbortSignal): Promise<UpkeepOverview>;
  /** Looks at the cluster and its machines; changes nothing. Throws NOT_FOUND, KubeError, SSH_*, SUDO_*. */
  plan(asked: Asked, look: UpkeepLook): Promise<UpkeepPlan>;
  /** The same for a window: questions go out as events, and answers come back by id. */
  planned(
    asked: Asked & { readonly attemptId: string },
    signal: AbortSignal | undefined,
  ): AsyncGenerator<UpkeepEvent, void, void>;
  answer(input: { attemptId: string; questionId: string; answer: JobAnswer }): { taken: boolean };
  readonly tokens: AgentTokens;
  /** Starts what was planned. Throws CHANGED_SINCE where that is not what was shown last. */
  run(asked: {
    readonly contextId: string;
    readonly hash: string;
    readonly by?: 'window' | 'cli';
  }): Promise<{ jobId: string }>;
}

interface Held {
  readonly kind: UpkeepWork['kind'];
  readonly contextId: string;
  readonly title: string;
  readonly plan: JobPlan;
  readonly input: UpkeepInput;
  readonly until: number;
}

export function createUpkeep(needs: UpkeepNeeds): Upkeep {
  const { db, jobs, machines } = needs;
  const sudo = new SudoMemory();
  const looking = { ...needs, sudo };
  const attempts = new AskedWork<UpkeepEvent>((told) => ({ type: 'failed', ...told }));
  /** By hash. */
  const held = new Map<string, Held>();
  const kinds = {
    leave: leavePhases(needs),
    upgrade: upgradePhases(needs),
    snapshot: [etcdSnapshotPhase],
    'to-etcd': toEtcdPhases(needs),
    doctor: [forgetPasswordPhase(needs), createK3sStartPhase()],
    'rotate-token': rotationPhases(looking),
    certificates: [rotateCertificatesPhase(needs), clusterWellPhase(needs)],
  } satisfies Record<UpkeepWork['kind'], readonly AnyPhase[]>;
  for (const [kind, phases] of Object.entries(kinds))
    jobs.register(upkeepKind({ kind, phases, machines, sudo }));

  function contextOf(contextId: string): WorkContext {
    const context = db.clusterContexts.get(contextId);
    if (context === undefined)
      throw new RackhelmError('NOT_FOUND', 'This context is not saved any more.');
    const { clusterId, clusterName } = context;
    return { contextId, clusterId, clusterName };
  }

  function wantedOf({ contextId, work }: Asked, look: UpkeepLook): Promise<Wanted> {
    const at = contextOf(contextId);
    switch (work.kind) {
      case 'leave':
        return wantedLeave(looking, { ...at, work }, look);
      case 'upgrade':
        return wantedUpgrade(looking, { ...at, work }, look);
      case 'doctor':
        return wantedDoctor(looking, { ...at, work }, look);
      case 'certificates':
        return wantedCertificates(looking, { ...at, work }, look);
      case 'rotate-token':
        return wantedRotation(looking, at, look);
      case 'snapshot':
        return wantedSnapshot(looking, { ...at, work }, look);
      case 'to-etcd':
        return wantedToEtcd(looking, at, look);
    }
  }

  function keep(hash: string, what: Omit<Held, 'until'>): void {
    held.delete(hash);
    held.set(hash, { ...what, until: Date.now() + heldMs });
    const [oldest] = held.keys();
    if (held.size > mostHeld && oldest !== undefined) held.delete(oldest);
  }

  async function plan(asked: Asked, look: UpkeepLook): Promise<UpkeepPlan> {
    const { contextId, work } = asked;
    const wanted = await wantedOf(asked, look);
    const { title, job } = wanted;
    const clusterId = db.clusterContexts.get(contextId)?.clusterId ?? '';
    const busy = otherWork(jobs, clusterId, null).map((other) =>
      stop(`"${other.title}" is under way in this cluster: one at a time.`),
    );
    const findings = sorted([...busy, ...wanted.findings]);
    const stopped = findings.some(({ weight }) => weight === 'stop') || job === null;
    const planned =
      job &&
      (await jobs.prepare(work.kind, job.lanes, {
        ...{ input: job.input, signal: look.signal, attended: true, log: () => {} },
        ask: sudo.remembering(look.ask),
        ...(look.onProgress && { onProgress: look.onProgress }),
      }));
    const hash = createHash('sha256')
      .update(JSON.stringify([contextId, work, planned]))
      .digest('hex');
    if (planned !== null && job !== null && !stopped)
      keep(hash, { kind: work.kind, contextId, title, plan: planned, input: job.input });
    return {
      ...{ title, stopped, plan: planned, hash },
      findings: findings.slice(0, mostFindings),
      findingsTotal: findings.length,
    };
  }

  return {
    overview: async (contextId, signal) => await readOverview(needs, contextOf(contextId), signal),
    plan,
    tokens: createAgentTokens(needs),
    planned: ({ attemptId, ...asked }, signal) =>
      attempts.run(attemptId, signal, async ({ signal: left, ask, tell }) => {
        const onProgress = (done: number, total: number) =>
          tell({ type: 'progress', done, total }, 'progress');
        tell({ type: 'planned', plan: await plan(asked, { signal: left, ask, onProgress }) });
      }),
    answer: ({ attemptId, questionId, answer }) => attempts.answer(attemptId, questionId, answer),
    async run({ contextId, hash, by = 'window' }) {
      const found = held.get(hash);
      if (found === undefined || found.contextId !== contextId || found.until < Date.now())
        throw new RackhelmError('CHANGED_SINCE', 'This is not a plan that was made a while ago.', {
          hint: 'Make the plan again, look at it, and then run it.',
        });
      held.delete(hash);
      const { kind, title, plan, input } = found;
      const job = await jobs.start({ kind, title, plan, input, by, attended: true });
      return { jobId: job.id };
    },
  };
}
