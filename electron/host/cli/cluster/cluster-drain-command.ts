import type { DrainPreview } from '../../../../shared/cluster/drain/drain-preview.ts';
import type { DrainFinding } from '../../../../shared/cluster/drain/finding.ts';
import type { JobPage } from '../../../../shared/jobs/job.ts';
import { createJobs } from '../../engine/jobs/index.ts';
import type { Installation } from '../../installation.ts';
import { approve } from '../jobs/approve.ts';
import { followToEnd } from '../jobs/job-follow.ts';
import { exitCodeOfJob, jobProblem } from '../jobs/job-text.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { interrupt } from '../terminal/terminal-ask.ts';
import { contextNamed, openClusterWork, openContexts } from './cluster-session.ts';

export interface DrainCommandOptions extends Omit<TargetOptions, 'timeout'> {
  readonly context?: string;
  readonly plan?: true;
  readonly yes?: true;
  readonly deleteLocalData?: true;
  readonly force?: true;
  readonly stopAtDaemonSets?: true;
  readonly uncordonOnFailure?: true;
  /** Seconds. */
  readonly gracePeriod?: number;
  /** Minutes. */
  readonly minutes: number;
  readonly json?: true;
}

const report = (error: unknown) => tell(`Something went wrong inside Rackhelm: ${String(error)}\n`);

/** `rackhelm cluster drain NODE [--plan|--yes]`. */
export async function drainNode(
  installation: Installation,
  node: string,
  options: DrainCommandOptions,
): Promise<void> {
  await withSession(installation, { ...options, timeout: 15 }, async (session) => {
    const { database: db, ask, signal } = session;
    const contexts = openContexts(installation, session);
    const jobs = createJobs({ database: db, report });
    try {
      const { drain } = openClusterWork(session, contexts, jobs);
      await jobs.adopt({ resume: false });
      const { id: contextId } = contextNamed(contexts, options.context);
      const asked = { contextId, node, options: acceptedBy(options) };
      const preview = await drain.preview(asked, signal);
      if (options.plan) {
        if (options.json) printJson(preview);
        else print(previewText(preview));
        if (preview.stopped) throw new Exit(exitCodes.failed);
        return;
      }
      if (!options.json) print(previewText(preview));
      const asking = { ask, signal, onInterrupt: interrupt };
      if (!preview.stopped) await approve(options, asking);
      const { jobId } = await drain.run({ ...asked, hash: preview.hash, by: 'cli' }, signal);
      let job = await followToEnd(jobs, jobId, asking);
      if (options.uncordonOnFailure && ['failed', 'cancelled'].includes(job.state.state)) {
        await jobs.undo(jobId, { attended: false });
        await jobs.ended(jobId);
        tell(`${node} takes pods again.\n`);
        job = { ...job, ...keptOutcome(job, jobs.get(jobId)) };
      }
      if (options.json) printJson({ jobId, state: job.state });
      const problem = jobProblem(job);
      if (problem !== null) tell(`${problem}\n`);
      if (exitCodeOfJob(job) !== exitCodes.done) throw new Exit(exitCodeOfJob(job));
    } finally {
      await jobs.close();
      contexts.close();
    }
  });
}

/** That it was taken back is no success of what was asked for. */
function keptOutcome(failed: JobPage, undone: JobPage): Pick<JobPage, 'state'> {
  return undone.state.state === 'undone' ? { state: failed.state } : { state: undone.state };
}

function acceptedBy({
  deleteLocalData,
  force,
  stopAtDaemonSets,
  gracePeriod,
  minutes,
}: DrainCommandOptions) {
  return {
    ignoreDaemonSets: !stopAtDaemonSets,
    deleteLocalData: deleteLocalData === true,
    deleteUncontrolled: force === true,
    graceSeconds: gracePeriod ?? null,
    minutes,
  };
}

const accepting: Partial<Record<DrainFinding['kind'], string>> = {
  'local-data': '--delete-local-data accepts that.',
  uncontrolled: '--force accepts that.',
  'daemon-set': 'Without --stop-at-daemon-sets such pods are left.',
};

function previewText(preview: DrainPreview): string {
  const { node, evicted, skipped, findings, findingsTotal, stopped, cordoned } = preview;
  const of = (wanted: DrainFinding['weight']) => findings.filter(({ weight }) => weight === wanted);
  const lines = (title: string, wanted: DrainFinding['weight']) => {
    const found = of(wanted);
    if (found.length === 0) return [];
    const hints = [...new Set(found.flatMap(({ kind }) => accepting[kind] ?? []))];
    const shown = wanted === 'stop' ? hints.map((hint) => `    ${hint}`) : [];
    return [
      title,
      ...found.map(({ says }) => `  ${wanted === 'info' ? ' ' : '!'} ${says}`),
      ...shown,
    ];
  };
  const more = findingsTotal - findings.length;
  return [
    `Drain ${node}: ${cordoned ? 'it is cordoned already' : 'cordon it'}, evict ${evicted}, leave ${skipped}.`,
    ...lines(stopped ? 'This stops it:' : '', 'stop'),
    ...lines('To know before:', 'warning'),
    ...lines('Also:', 'info'),
    ...(more > 0 ? [`And ${more} more.`] : []),
    '',
  ].join('\n');
}
