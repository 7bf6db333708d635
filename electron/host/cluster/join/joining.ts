import type { CheckResult } from '../../../../shared/checks/check.ts';
import type { JoinCluster } from '../../../../shared/cluster/join/join-cluster.ts';
import type { JoinView } from '../../../../shared/cluster/join/join-view.ts';
import type { AnyPhase } from '../../engine/jobs/index.ts';
import type { Machine } from '../../engine/machines/index.ts';
import { type LookedUpJobs, workAhead } from '../drain/cluster-work.ts';
import { type CheckJoinInput, checkJoin } from './checks/check-join.ts';
import type { JoinAsking, JoinReach } from './join-needs.ts';
import type { JoinRequest } from './join-request.ts';
import { createJoinHands } from './nodes/join-hands.ts';
import { createJoinedNodes } from './nodes/joined-nodes.ts';
import { joinPhases } from './phases/index.ts';
import { type JoinPlan, planJoin } from './plan-join.ts';
import { type FetchText, fetchText } from './release/from-network.ts';
import { surveyCluster } from './survey/survey-cluster.ts';
import { createJoinTokens } from './tokens/index.ts';
import { viewOf, viewOfNone } from './view-join.ts';

export interface JoiningNeeds extends JoinReach {
  readonly jobs: LookedUpJobs & { readonly get: (id: string) => { readonly state: object } };
  /** Default: the outside world, over https. */
  readonly fetch?: FetchText;
}

/** A server that is not reached over SSH takes its time, and each answer asks again. */
const seenMs = 30_000;

/** Machines that join a cluster, as part of their onboarding. */
export interface Joining {
  /** For the kind of job that carries joins out. */
  readonly phases: readonly AnyPhase[];
  /** Throws NOT_FOUND; what could not be read of it is told in it. */
  survey(clusterId: string, asking: JoinAsking): Promise<JoinCluster>;
  /** Checks of one machine that need the cluster; what can be known of it alone is looked at elsewhere. */
  check(machine: Machine, input: CheckJoinInput): Promise<CheckResult[]>;
  /** What a person sees before deciding; `request` null: no cluster was chosen yet. */
  view(
    request: JoinRequest | null,
    asking: JoinAsking,
    options: { readonly fresh: boolean },
  ): Promise<JoinView>;
  plan(request: JoinRequest, asking: JoinAsking): Promise<JoinPlan>;
}

export function createJoining(needs: JoiningNeeds): Joining {
  const { db, clientOf, fetch = fetchText } = needs;
  /** Of the survey that was made last; it is only a name for a certificate that everybody may see. */
  const hashes = new Map<string, string>();

  /** What was seen last, for a person who goes through answers; a plan looks anew. */
  const seen = new Map<string, { readonly cluster: JoinCluster; readonly at: number }>();

  async function survey(clusterId: string, asking: JoinAsking): Promise<JoinCluster> {
    const cluster = await surveyCluster(needs, clusterId, asking);
    if (cluster.state === 'unknown') seen.delete(clusterId);
    else seen.set(clusterId, { cluster, at: Date.now() });
    if (cluster.caHash !== null) hashes.set(clusterId, cluster.caHash);
    return cluster;
  }

  const tokens = createJoinTokens({
    ...needs,
    async caHashOf(clusterId, asking) {
      return hashes.get(clusterId) ?? (await survey(clusterId, asking)).caHash;
    },
  });
  const hands = createJoinHands({ clientOf, busyWith: busyWith(needs) });
  const nodes = createJoinedNodes({ clientOf, tokens, leave: hands.leave });
  return {
    phases: joinPhases({ tokens, hands, nodes }),
    survey,
    check: (machine, input) => checkJoin(db, machine, input),
    async view(request, asking, { fresh }) {
      if (request === null) return viewOfNone(db);
      const { clusterId } = request;
      const known = seen.get(clusterId);
      const isNew = known !== undefined && Date.now() - known.at < seenMs;
      return viewOf(db, request, isNew && !fresh ? known.cluster : await survey(clusterId, asking));
    },
    async plan(request, asking) {
      const cluster = await survey(request.clusterId, asking);
      return await planJoin({ db, request, cluster, fetch, signal: asking.signal });
    },
  };
}

/** Of two jobs that work on one cluster whichever began first goes on. */
function busyWith({ jobs }: Pick<JoiningNeeds, 'jobs'>) {
  return ({ clusterId }: { readonly clusterId: string }, jobId: string): string | null =>
    workAhead(jobs, clusterId, jobId)?.title ?? null;
}
