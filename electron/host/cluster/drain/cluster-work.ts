import { z } from 'zod';
import { isUnderWay, type JobState } from '../../../../shared/jobs/job-state.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Jobs } from '../../engine/jobs/index.ts';

/** Kinds of jobs that take a node of a cluster away for a while or for good; their input has `clusterId`. */
export const clusterWorkKinds = [
  'drain',
  'onboarding',
  'leave',
  'upgrade',
  'certificates',
  'rotate-token',
  'to-etcd',
] as const;

const clusterInput = z.looseObject({ clusterId: z.string() });
/** So many at once nobody has. */
const mostJobs = 100;

export type LookedUpJobs = Pick<Jobs, 'list' | 'input' | 'isOver'>;

export interface OtherWork {
  readonly id: string;
  readonly title: string;
  readonly state: JobState;
}

/** What else is under way in this cluster, in this process or another on the same database. */
export function otherWork(
  jobs: LookedUpJobs,
  clusterId: string,
  ownId: string | null,
): OtherWork[] {
  const { rows } = jobs.list({
    ...{ states: ['queued', 'running', 'asking', 'undoing'], kinds: [...clusterWorkKinds] },
    ...{ deviceId: null, search: '', offset: 0, limit: mostJobs },
  });
  return rows.filter(({ id, state }) => {
    if (id === ownId || !isUnderWay(state) || jobs.isOver(id)) return false;
    const input = clusterInput.safeParse(jobs.input(id));
    return input.success && input.data.clusterId === clusterId;
  });
}

/**
 * The one that this job has to wait for, of two that began at once: whichever began first goes on. One that
 * waits for its turn holds up nobody.
 */
function aheadOf(
  own: { readonly id: string; readonly startedAt: number },
  others: readonly OtherWork[],
): OtherWork | undefined {
  return others.find(({ id, state }) => {
    if (state.state === 'queued' || !('startedAt' in state)) return false;
    const { startedAt } = state;
    return startedAt < own.startedAt || (startedAt === own.startedAt && id < own.id);
  });
}

export type GuardedJobs = LookedUpJobs & {
  readonly get: (id: string) => { readonly state: object };
};

/** What this job has to wait for, as `aheadOf` has it. */
export function workAhead(
  jobs: GuardedJobs,
  clusterId: string,
  jobId: string,
): OtherWork | undefined {
  const { state } = jobs.get(jobId);
  const startedAt = 'startedAt' in state ? Number(state.startedAt) : Date.now();
  return aheadOf({ id: jobId, startedAt }, otherWork(jobs, clusterId, jobId));
}

/** Throws CLUSTER_BUSY where another work of this cluster began before this job. */
export function refuseBeside(jobs: GuardedJobs, clusterId: string, jobId: string): void {
  const ahead = workAhead(jobs, clusterId, jobId);
  if (ahead === undefined) return;
  const message = `"${ahead.title}" is under way in this cluster.`;
  throw new RackhelmError('CLUSTER_BUSY', message, { data: { jobId: ahead.id } });
}

/** Throws CHANGED_SINCE where another node has the name by now. */
export function sameNode(node: { readonly name: string; readonly uid: string }, uid: string): void {
  if (node.uid === uid) return;
  throw new RackhelmError(
    'CHANGED_SINCE',
    `${node.name} is another node than the one that was shown.`,
  );
}
