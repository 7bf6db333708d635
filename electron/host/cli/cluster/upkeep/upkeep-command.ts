import type { UpkeepPlan, UpkeepWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { writeRunbook } from '../../../../../shared/jobs/runbook.ts';
import type { Installation } from '../../../installation.ts';
import { approve } from '../../jobs/approve.ts';
import { followToEnd } from '../../jobs/job-follow.ts';
import { exitCodeOfJob, jobProblem } from '../../jobs/job-text.ts';
import { answerQuestion } from '../../jobs/onboard-asking.ts';
import { Exit, exitCodes } from '../../run-command.ts';
import { print, printJson, tell } from '../../terminal/output.ts';
import { interrupt } from '../../terminal/terminal-ask.ts';
import { type ClusterOptions, withCluster } from '../cluster-session.ts';

export interface UpkeepOptions extends ClusterOptions {
  readonly plan?: true;
  readonly yes?: true;
  readonly json?: true;
}

/** Shows what some work on the nodes of a cluster would come to, asks, and does it as a job. */
export async function workOnNodes(
  installation: Installation,
  work: UpkeepWork,
  options: UpkeepOptions & { readonly accepting?: Accepting },
): Promise<void> {
  await withCluster(installation, options, async ({ contextId, work: cluster, jobs, session }) => {
    const { ask, signal } = session;
    const asking = { ask, signal, onInterrupt: interrupt };
    const plan = await cluster.upkeep.plan(
      { contextId, work },
      { signal, ask: (question) => answerQuestion(question, asking) },
    );
    if (options.plan && options.json) printJson(plan);
    else if (!options.json) print(planText(plan, options.accepting ?? {}));
    if (plan.stopped) {
      if (options.json && !options.plan) printJson(plan);
      throw new Exit(exitCodes.failed);
    }
    if (options.plan) return;
    await approve(options, asking);
    const { jobId } = await cluster.upkeep.run({ contextId, hash: plan.hash, by: 'cli' });
    const job = await followToEnd(jobs, jobId, asking);
    if (options.json) printJson({ jobId, state: job.state });
    const problem = jobProblem(job);
    if (problem !== null) tell(`${problem}\n`);
    if (exitCodeOfJob(job) !== exitCodes.done) throw new Exit(exitCodeOfJob(job));
  });
}

type Finding = UpkeepPlan['findings'][number];
/** Which option accepts what would stop it. */
export type Accepting = Partial<Record<NonNullable<Finding['accept']>, string>>;

function planText(
  { title, findings, findingsTotal, plan, stopped }: UpkeepPlan,
  accepting: Accepting,
): string {
  const lines = (heading: string, weight: Finding['weight']) => {
    const found = findings.filter((one) => one.weight === weight);
    if (found.length === 0) return [];
    const hints = found.flatMap(({ accept }) => (accept && accepting[accept]) ?? []);
    return [
      heading,
      ...found.map(({ says }) => `  ${weight === 'info' ? ' ' : '!'} ${says}`),
      ...(weight === 'stop' ? [...new Set(hints)].map((hint) => `    ${hint}`) : []),
    ];
  };
  const more = findingsTotal - findings.length;
  return [
    title,
    ...lines('This stops it:', 'stop'),
    ...lines('To know before:', 'warning'),
    ...lines('Also:', 'info'),
    ...(more > 0 ? [`And ${more} more.`] : []),
    '',
    ...(plan === null || stopped
      ? []
      : [writeRunbook(plan, { title, plannedAt: Date.now() }, 'markdown').text]),
  ].join('\n');
}
