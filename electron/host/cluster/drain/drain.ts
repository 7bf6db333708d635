import type { DrainPreview } from '../../../../shared/cluster/drain/drain-preview.ts';
import type { DrainFinding } from '../../../../shared/cluster/drain/finding.ts';
import { mattersOf } from '../../../../shared/cluster/drain/matters.ts';
import type { DrainOptions } from '../../../../shared/cluster/drain/options.ts';
import { fatesOf, findingsOf } from '../../../../shared/cluster/drain/preflight.ts';
import { serverFindings } from '../../../../shared/cluster/drain/server-guard.ts';
import type { JobPlan } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KubeClient } from '../../connections/kubernetes/index.ts';
import type { Database } from '../../db/index.ts';
import type { Jobs } from '../../engine/jobs/index.ts';
import { otherWork } from './cluster-work.ts';
import { cordonPhase } from './cordon.ts';
import type { DrainParams } from './drain-params.ts';
import type { DrainTimes } from './empty-node.ts';
import { evictPodsPhase } from './evict-pods.ts';
import { ShownMatters } from './shown-matters.ts';
import { surveyOf } from './survey.ts';
import { tryEvictions } from './try-evictions.ts';

/** Findings that are told, those that stop it first. */
const mostFindings = 200;

export interface DrainNeeds {
  readonly db: Pick<Database, 'clusterContexts'>;
  readonly clientOf: (contextId: string) => KubeClient;
  readonly times?: DrainTimes;
  readonly jobs: Pick<Jobs, 'register' | 'prepare' | 'start' | 'list' | 'input' | 'isOver' | 'get'>;
}

interface Asked {
  readonly contextId: string;
  readonly node: string;
  readonly options: DrainOptions;
}

/** Empties a node of a cluster, as a job. */
export interface Drain {
  /** Changes nothing. Throws NOT_FOUND, KubeError. */
  preview(asked: Asked, signal: AbortSignal): Promise<DrainPreview>;
  /** Throws CHANGED_SINCE where that is not what was shown, DRAIN_STOPPED where something stops it. */
  run(
    asked: Asked & { readonly hash: string; readonly by?: 'window' | 'cli' },
    signal: AbortSignal,
  ): Promise<{ jobId: string }>;
}

export function createDrain(needs: DrainNeeds): Drain {
  const { db, clientOf, jobs } = needs;
  const shown = new ShownMatters();
  jobs.register({
    kind: 'drain',
    version: 1,
    phases: [cordonPhase(needs), evictPodsPhase(needs)],
    afterCrash: 'ask',
    open: async () => null,
  });

  async function look(asked: Asked, signal: AbortSignal) {
    const { contextId, node: name, options } = asked;
    const context = db.clusterContexts.get(contextId);
    if (context === undefined) {
      throw new RackhelmError('NOT_FOUND', 'This context is not saved any more.');
    }
    const { clusterId, clusterName } = context;
    const client = clientOf(contextId);
    const survey = await surveyOf(client, name, signal);
    const leaving = fatesOf(survey, options).flatMap((fate) =>
      fate.does === 'skip' ? [] : [fate.pod],
    );
    const preflight = findingsOf(survey, options, await tryEvictions(client, leaving, signal));
    const others = otherWork(jobs, clusterId, null);
    const findings = sorted([
      ...serverFindings(survey.node, survey.nodes),
      ...others.map(({ title }) => busyFinding(title)),
      ...preflight.findings,
    ]);
    const { node } = survey;
    const params = { contextId, clusterId, where: clusterName, node: name, uid: node.uid, options };
    const plan = await planOf(params, signal);
    note(plan, findings);
    const matters = mattersOf(survey, options, findings);
    return { node, preflight, findings, plan, clusterId, matters };
  }

  function planOf(params: DrainParams, signal: AbortSignal): Promise<JobPlan> {
    const { clusterId, node } = params;
    const deviceId =
      db.clusterContexts
        .members(clusterId)
        .find(({ name }) => name.toLowerCase() === node.toLowerCase())?.deviceId ?? null;
    const phases = ['cordon', 'evict-pods'].map((phase) => ({ phase, params: { ...params } }));
    return jobs.prepare('drain', [{ lane: node, title: node, deviceId, phases }], {
      input: { clusterId, contextId: params.contextId, node },
      signal,
      attended: false,
      ask: async () => ({ kind: 'cancel' }),
      log: () => {},
    });
  }

  return {
    async preview(asked, signal) {
      const { node, preflight, findings, plan, matters } = await look(asked, signal);
      const count = (does: 'evict' | 'skip') =>
        preflight.fates.filter((fate) => fate.does === does).length;
      return {
        node: node.name,
        cordoned: node.cordoned,
        evicted: count('evict'),
        skipped: count('skip'),
        findings: findings.slice(0, mostFindings),
        findingsTotal: findings.length,
        stopped: findings.some(({ weight }) => weight === 'stop'),
        plan,
        hash: shown.keep(matters),
      };
    },
    async run({ hash, by = 'window', ...asked }, signal) {
      const { node, findings, plan, clusterId, matters } = await look(asked, signal);
      if (!shown.covers(hash, matters)) {
        throw new RackhelmError('CHANGED_SINCE', `${node.name} is not as it was shown any more.`);
      }
      const stop = findings.find(({ weight }) => weight === 'stop');
      if (stop !== undefined) throw stopError(stop);
      const job = await jobs.start({
        ...{ kind: 'drain', title: `Drain ${node.name}`, plan, by },
        input: { clusterId, contextId: asked.contextId, node: node.name },
        attended: true,
      });
      return { jobId: job.id };
    },
  };
}

const weights = { stop: 0, warning: 1, info: 2 } as const;

function sorted(findings: readonly DrainFinding[]): DrainFinding[] {
  return findings.toSorted((a, b) => weights[a.weight] - weights[b.weight]);
}

function busyFinding(title: string): DrainFinding {
  const says = `"${title}" is under way in this cluster: one at a time.`;
  return { kind: 'other-work', weight: 'stop', pod: null, says };
}

function stopError({ kind, says }: DrainFinding): RackhelmError {
  if (kind === 'quorum') return new RackhelmError('QUORUM_GUARDED', says);
  return new RackhelmError(kind === 'other-work' ? 'CLUSTER_BUSY' : 'DRAIN_STOPPED', says);
}

/** What is known beforehand stays with the job. */
function note(plan: JobPlan, findings: readonly DrainFinding[]): void {
  const items = plan.lanes[0]?.phases.at(-1)?.items;
  const room = 200 - (items?.length ?? 200);
  for (const { weight, says } of findings.slice(0, room)) {
    const text = says.slice(0, 1_000);
    items?.push({ kind: 'note', weight: weight === 'info' ? 'info' : 'warning', text });
  }
}
