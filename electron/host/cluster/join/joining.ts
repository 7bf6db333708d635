import type { CheckResult } from '../../../../shared/checks/check.ts';
import { decideJoin, type JoinDecision } from '../../../../shared/cluster/join/decide-join.ts';
import type { JoinCluster } from '../../../../shared/cluster/join/join-cluster.ts';
import type { JoinView } from '../../../../shared/cluster/join/join-view.ts';
import { nodePlace } from '../../../../shared/cluster/join/node-place.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import type { AnyPhase, WantedLane } from '../../engine/jobs/index.ts';
import type { Machine } from '../../engine/machines/index.ts';
import { aheadOf, type LookedUpJobs, otherWork } from '../drain/cluster-work.ts';
import { type CheckJoinInput, checkJoin } from './checks/check-join.ts';
import type { JoinAsking, JoinReach } from './join-needs.ts';
import { phasesOfJoin } from './join-phases.ts';
import { type ChosenJoin, chosenJoin, type JoinMachine, type JoinRequest } from './join-request.ts';
import { nodeAddresses } from './node-addresses.ts';
import { createJoinHands } from './nodes/join-hands.ts';
import { createJoinedNodes } from './nodes/joined-nodes.ts';
import { joinPhases } from './phases/index.ts';
import { rackRegistries } from './rack-registries.ts';
import { releaseFromFolder } from './release/from-folder.ts';
import {
  type FetchText,
  fetchText,
  releaseFromNetwork,
  versionOfChannel,
} from './release/from-network.ts';
import type { Release } from './release/release.ts';
import { serverVersion } from './server-version.ts';
import { surveyCluster } from './survey/survey-cluster.ts';
import { createJoinTokens } from './tokens/index.ts';

export interface JoiningNeeds extends JoinReach {
  readonly jobs: LookedUpJobs & { readonly get: (id: string) => { readonly state: object } };
  /** Default: the outside world, over https. */
  readonly fetch?: FetchText;
  /** Milliseconds between two looks at a log or a node. */
  readonly stepMs?: number;
}

/** The steps of one machine, and what its node will be. */
export interface PlannedJoin {
  readonly phases: WantedLane['phases'];
  readonly as: 'server' | 'agent';
  readonly labels: Readonly<Record<string, string>>;
}

export interface JoinPlan {
  /** By machine; none of one that stays outside, or that something blocks. */
  readonly wanted: ReadonlyMap<string, PlannedJoin>;
  readonly problems: JoinView['problems'];
  /** Some machine joins as a server: nothing else may go on in the control plane meanwhile. */
  readonly takesTurns: boolean;
}

/** Machines that join a cluster, as part of their onboarding. */
export interface Joining {
  /** For the kind of job that carries joins out. */
  readonly phases: readonly AnyPhase[];
  /** Throws NOT_FOUND; what could not be read of it is told in it. */
  survey(clusterId: string, asking: JoinAsking): Promise<JoinCluster>;
  /** Checks of one machine that need the cluster; what can be known of it alone is looked at elsewhere. */
  check(machine: Machine, input: CheckJoinInput): Promise<CheckResult[]>;
  /** What a person sees before deciding; `request` null: no cluster was chosen yet. */
  view(request: JoinRequest | null, asking: JoinAsking): Promise<JoinView>;
  plan(request: JoinRequest, asking: JoinAsking): Promise<JoinPlan>;
}

export function createJoining(needs: JoiningNeeds): Joining {
  const { db, clientOf, jobs, fetch = fetchText, stepMs } = needs;
  /** Of the survey that was made last; it is only a name for a certificate that everybody may see. */
  const hashes = new Map<string, string>();

  async function survey(clusterId: string, asking: JoinAsking): Promise<JoinCluster> {
    const cluster = await surveyCluster(needs, clusterId, asking);
    if (cluster.caHash !== null) hashes.set(clusterId, cluster.caHash);
    return cluster;
  }

  const tokens = createJoinTokens({
    ...needs,
    async caHashOf(clusterId, asking) {
      return hashes.get(clusterId) ?? (await survey(clusterId, asking)).caHash;
    },
  });
  const hands = createJoinHands({
    clientOf,
    busyWith({ clusterId }, jobId) {
      const { state } = jobs.get(jobId);
      const startedAt = 'startedAt' in state ? Number(state.startedAt) : Date.now();
      const others = otherWork(jobs, clusterId, jobId);
      return aheadOf({ id: jobId, startedAt }, others)?.title ?? null;
    },
  });
  const nodes = createJoinedNodes({ clientOf, tokens });

  async function releaseFor(
    { common }: JoinRequest,
    { machine, version }: { readonly machine: JoinMachine; readonly version: string },
    signal: AbortSignal,
  ): Promise<Release> {
    const architecture = machine.facts?.architecture ?? null;
    if (common.from === 'network')
      return await releaseFromNetwork({ version, architecture }, { fetch, signal });
    if (common.folder === null)
      throw new RackhelmError('INVALID_INPUT', 'It was not said in which folder the files lie.');
    return await releaseFromFolder(common.folder, architecture, signal);
  }

  async function planOne(
    given: {
      readonly request: JoinRequest;
      readonly cluster: JoinCluster;
      readonly version: string;
    },
    chosen: ChosenJoin,
    signal: AbortSignal,
  ) {
    const { request, cluster, version } = given;
    const { machine } = chosen;
    const decision = decide(db, { cluster, request, chosen, version });
    const problems = decision.problems.map((one) => ({ machineId: machine.id, ...one }));
    if (decision.settings === null) return { phases: null, problems };
    try {
      const release = await releaseFor(request, { machine, version }, signal);
      const notes = release.notes.map((text) => ({
        ...{ machineId: machine.id, text },
        weight: 'warns' as const,
      }));
      const phases = phasesOfJoin({
        ...{ cluster, machine, version, release, common: request.common },
        settings: decision.settings,
        registries: rackRegistries(db),
      });
      return { phases, problems: [...problems, ...notes] };
    } catch (error) {
      if (!(error instanceof RackhelmError) || signal.aborted) throw error;
      const text = `${error.message} ${error.hint}`;
      return { phases: null, problems: [...problems, blocked(machine.id, text)] };
    }
  }

  return {
    phases: joinPhases({ tokens, hands, nodes, ...(stepMs === undefined ? {} : { stepMs }) }),
    survey,
    check: (machine, input) => checkJoin(db, machine, input),

    async view(request, asking) {
      const clusters = clustersOf(db);
      const registries = rackRegistries(db).map(({ host }) => host);
      const nothing = {
        clusters,
        registries,
        cluster: null,
        version: null,
        machines: [],
        problems: [],
      };
      if (request === null) return nothing;
      const cluster = await survey(request.clusterId, asking);
      const version = request.common.version ?? serverVersion(cluster);
      const chosen = request.machines.map((machine) => chosenJoin(machine, cluster));
      return {
        ...{ clusters, registries, cluster, version },
        machines: chosen.map((one) => machineView(db, { request, cluster, chosen: one })),
        problems: [
          ...severalFirst(cluster, chosen),
          ...chosen
            .filter(({ as }) => as !== 'none')
            .flatMap((one) =>
              decide(db, { cluster, request, chosen: one, version }).problems.map((problem) => ({
                machineId: one.machine.id,
                ...problem,
              })),
            ),
        ].slice(0, 200),
      };
    },

    async plan(request, asking) {
      const { signal } = asking;
      const cluster = await survey(request.clusterId, asking);
      const chosen = request.machines
        .map((machine) => chosenJoin(machine, cluster))
        .filter(({ as }) => as !== 'none');
      const [first] = chosen;
      if (first === undefined) return { wanted: new Map(), problems: [], takesTurns: false };
      let version: string;
      try {
        version =
          request.common.version ??
          serverVersion(cluster) ??
          (await wantedVersion(request, { fetch, signal }));
      } catch (error) {
        if (!(error instanceof RackhelmError) || signal.aborted) throw error;
        const text = `${error.message} ${error.hint}`;
        return {
          wanted: new Map(),
          problems: [blocked(first.machine.id, text)],
          takesTurns: false,
        };
      }
      const wanted = new Map<string, PlannedJoin>();
      const problems: JoinView['problems'] = [...severalFirst(cluster, chosen)];
      for (const one of chosen) {
        const planned = await planOne({ request, cluster, version }, one, signal);
        problems.push(...planned.problems);
        const { phases } = planned;
        const as = one.as === 'server' ? 'server' : 'agent';
        if (phases !== null) wanted.set(one.machine.id, { phases, as, labels: one.labels });
      }
      return { wanted, problems, takesTurns: chosen.some(({ as }) => as === 'server') };
    },
  };
}

const blocked = (machineId: string, text: string) => ({
  ...{ machineId, text },
  weight: 'blocks' as const,
});

async function wantedVersion(
  { common }: JoinRequest,
  outside: { readonly fetch: FetchText; readonly signal: AbortSignal },
): Promise<string> {
  if (common.from === 'network') return await versionOfChannel(common.channel, outside);
  throw new RackhelmError('INVALID_INPUT', 'It was not said which version the files are of.', {
    hint: 'Say the version, such as v1.37.2+k3s1.',
  });
}

/** Whoever comes first makes the cluster; the others have nobody to ask for a token before it stands. */
function severalFirst(cluster: JoinCluster, chosen: readonly ChosenJoin[]) {
  if (cluster.state !== 'empty') return [];
  const joining = chosen.filter(({ as }) => as !== 'none');
  return joining
    .slice(1)
    .map(({ machine }) =>
      blocked(
        machine.id,
        `The first server makes ${cluster.name}; let the others join once it is connected under Cluster.`,
      ),
    );
}

interface Deciding {
  readonly cluster: JoinCluster;
  readonly request: JoinRequest;
  readonly chosen: ChosenJoin;
  readonly version: string | null;
}

function decide(
  db: JoinReach['db'],
  { cluster, request, chosen, version }: Deciding,
): JoinDecision {
  const { machine, as, labels, taints } = chosen;
  if (as === 'none') return { settings: null, problems: [] };
  const { nodeName, names, preferBundledBin, selinux } = machine;
  return decideJoin(cluster, request.common, {
    machine: {
      ...{ nodeName, as, labels, taints, names, preferBundledBin, selinux },
      addresses: nodeAddresses(db, machine),
      defaultLink: machine.facts?.defaultLink ?? null,
    },
    version,
  });
}

function machineView(
  db: JoinReach['db'],
  { cluster, request, chosen }: Omit<Deciding, 'version'>,
): JoinView['machines'][number] {
  const { machine, recommended } = chosen;
  const { as, reasons, labels, taints } = recommended;
  const decided = decide(db, { cluster, request, chosen, version: null });
  const server = decided.settings?.server ?? null;
  const host = server === null ? null : new URL(server).hostname.replace(/^\[|\]$/g, '');
  const defaultLink = machine.facts?.defaultLink ?? null;
  return {
    machineId: machine.id,
    nodeName: machine.nodeName,
    recommended: { as, reasons: [...reasons], labels: { ...labels }, taints: [...taints] },
    place: nodePlace(nodeAddresses(db, machine), { server: host, defaultLink }) ?? null,
    server,
  };
}

const page = { words: [], where: [], sort: { field: null, descending: false }, offset: 0 } as const;

function clustersOf({ tables }: JoinReach['db']): JoinView['clusters'] {
  const { rows } = tables.records.list(kindOf('cluster'), { ...page, limit: 200 });
  return rows
    .filter(({ values }) => values.kind === 'k3s' || values.kind === 'kubernetes')
    .map(({ id, name }) => ({ id, name }));
}
