import type { JoinCluster } from '../../../../shared/cluster/join/join-cluster.ts';
import type { JoinView } from '../../../../shared/cluster/join/join-view.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { WantedLane } from '../../engine/jobs/index.ts';
import { blocked, decide, severalFirst } from './deciding.ts';
import type { JoinReach } from './join-needs.ts';
import { phasesOfJoin } from './join-phases.ts';
import { type ChosenJoin, chosenJoin, type JoinMachine, type JoinRequest } from './join-request.ts';
import { rackRegistries } from './rack-registries.ts';
import { releaseFromFolder } from './release/from-folder.ts';
import { type FetchText, releaseFromNetwork, versionOfChannel } from './release/from-network.ts';
import type { Release } from './release/release.ts';
import { serverVersion } from './server-version.ts';

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

interface Planning {
  readonly db: JoinReach['db'];
  readonly request: JoinRequest;
  readonly cluster: JoinCluster;
  readonly fetch: FetchText;
  readonly signal: AbortSignal;
}

/** What each machine does to join, with what speaks against it. Files are hashed, nothing is changed. */
export async function planJoin(planning: Planning): Promise<JoinPlan> {
  const { request, cluster, signal } = planning;
  const chosen = request.machines
    .map((machine) => chosenJoin(machine, cluster))
    .filter(({ as }) => as !== 'none');
  const wanted = new Map<string, PlannedJoin>();
  const problems: JoinView['problems'] = [...severalFirst(cluster, chosen)];
  const takesTurns = chosen.some(({ as }) => as === 'server');
  const [first] = chosen;
  if (first === undefined) return { wanted, problems, takesTurns };
  const version = await told(wantedVersion(planning), signal);
  if ('problem' in version) {
    problems.push(blocked(first.machine.id, version.problem));
    return { wanted, problems, takesTurns };
  }
  for (const one of chosen) {
    const planned = await planOne(planning, one, version.value);
    problems.push(...planned.problems);
    const as = one.as === 'server' ? 'server' : 'agent';
    if (planned.phases !== null)
      wanted.set(one.machine.id, { phases: planned.phases, as, labels: one.labels });
  }
  return { wanted, problems, takesTurns };
}

interface PlannedOne {
  readonly phases: WantedLane['phases'] | null;
  readonly problems: JoinView['problems'];
}

async function planOne(
  planning: Planning,
  chosen: ChosenJoin,
  version: string,
): Promise<PlannedOne> {
  const { db, cluster, request, signal } = planning;
  const { machine } = chosen;
  const decision = decide(db, { cluster, request, chosen, version });
  const problems: JoinView['problems'] = decision.problems.map((one) => ({
    machineId: machine.id,
    ...one,
  }));
  const { settings } = decision;
  if (settings === null) return { phases: null, problems };
  const release = await told(releaseFor(planning, machine, version), signal);
  if ('problem' in release)
    return { phases: null, problems: [...problems, blocked(machine.id, release.problem)] };
  for (const text of release.value.notes)
    problems.push({ machineId: machine.id, weight: 'warns', text });
  const registries = rackRegistries(db);
  const { common } = request;
  return {
    phases: phasesOfJoin({
      ...{ cluster, machine, version, settings, common, registries },
      release: release.value,
    }),
    problems,
  };
}

async function releaseFor(
  { request: { common }, fetch, signal }: Planning,
  machine: JoinMachine,
  version: string,
): Promise<Release> {
  const architecture = machine.facts?.architecture ?? null;
  if (common.from === 'network')
    return await releaseFromNetwork({ version, architecture }, { fetch, signal });
  if (common.folder === null)
    throw new RackhelmError('INVALID_INPUT', 'It was not said in which folder the files lie.');
  return await releaseFromFolder(common.folder, architecture, signal);
}

async function wantedVersion({
  request: { common },
  cluster,
  fetch,
  signal,
}: Planning): Promise<string> {
  const known = common.version ?? serverVersion(cluster);
  if (known !== null) return known;
  if (common.from === 'network') return await versionOfChannel(common.channel, { fetch, signal });
  throw new RackhelmError('INVALID_INPUT', 'It was not said which version the files are of.', {
    hint: 'Say the version, such as v1.37.2+k3s1.',
  });
}

/** What a person can mend is a problem of the plan, not its end. */
async function told<T>(
  work: Promise<T>,
  signal: AbortSignal,
): Promise<{ readonly value: T } | { readonly problem: string }> {
  try {
    return { value: await work };
  } catch (error) {
    if (!(error instanceof RackhelmError) || signal.aborted) throw error;
    return { problem: `${error.message} ${error.hint}` };
  }
}
