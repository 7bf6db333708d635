import { writeRunbook } from '../../../../shared/jobs/runbook.ts';
import type { OffboardingPreview } from '../../../../shared/onboarding/off-boarding.ts';
import { openDatabase } from '../../db/index.ts';
import { createJobs } from '../../engine/jobs/index.ts';
import { createInventory } from '../../inventory/index.ts';
import { createOffBoarding } from '../../onboarding/index.ts';
import { onboardingWork } from '../../onboarding-work.ts';
import { openHeavyWork } from '../command-heavy.ts';
import { checkInventory } from '../open-inventory.ts';
import { Exit, exitCodes } from '../run-command.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { approve } from './approve.ts';
import { followToEnd } from './job-follow.ts';
import { exitCodeOfJob, jobProblem } from './job-text.ts';

export interface OffboardOptions extends DataOption {
  readonly plan?: true;
  readonly yes?: true;
  readonly keepPlace?: true;
  readonly keepAddresses?: true;
  readonly keepCables?: true;
  readonly keepClusters?: true;
  readonly json?: true;
}

/** `rackhelm offboard DEVICE [--plan|--yes]`: retires a device; connects to nothing. */
export async function offboardDevice(named: string, options: OffboardOptions): Promise<void> {
  checkInventory(options.data);
  const database = openDatabase({ dataDirectory: options.data });
  const report = (error: unknown) =>
    tell(`Something went wrong inside Rackhelm: ${String(error)}\n`);
  const jobs = createJobs({ database, report });
  const inventory = createInventory(database);
  const heavy = openHeavyWork(database, inventory);
  const left = new AbortController();
  const asking = {
    ask: async () => ({ kind: 'cancel' }) as const,
    signal: left.signal,
    onInterrupt: () => left.abort(),
  };
  try {
    const offBoarding = createOffBoarding({ db: database, jobs, ...onboardingWork(heavy) });
    const deviceId = inventory.deviceNamed(named).id;
    const answers = {
      freePlace: !options.keepPlace,
      freeAddresses: !options.keepAddresses,
      deleteCables: !options.keepCables,
      leaveClusters: !options.keepClusters,
    };
    const preview = await offBoarding.preview({ deviceId, answers });
    if (!options.json) print(previewText(preview));
    if (options.plan) {
      if (options.json) printJson(preview);
      return;
    }
    await approve(options, asking);
    const { jobId } = await offBoarding.run({ deviceId, answers, hash: preview.hash, by: 'cli' });
    const job = await followToEnd(jobs, jobId, asking);
    if (options.json) printJson({ jobId, state: job.state });
    const problem = jobProblem(job);
    if (problem !== null) tell(`${problem}\n`);
    if (exitCodeOfJob(job) !== exitCodes.done) throw new Exit(exitCodeOfJob(job));
  } finally {
    await jobs.close();
    await heavy.close();
    database.close();
  }
}

function previewText({ deviceName, dependents, jobs, plan, clusters }: OffboardingPreview): string {
  const leans = dependents.map(({ label, count, names, says, weight }) => {
    const more = count > names.length ? ` and ${count - names.length} more` : '';
    const listed = names.length > 0 ? `: ${names.join(', ')}${more}` : '';
    return `${weight === 'warning' ? '! ' : '  '}${count} ${label.toLowerCase()}${listed}. ${says}\n`;
  });
  const done = jobs
    .filter(({ undoable }) => undoable)
    .map(({ id, title }) => `  ${title}: rackhelm job ${id} --undo\n`);
  const joined = clusters.map(
    ({ name }) => `It is a node of ${name}: rackhelm cluster leave NODE --context ${name}\n`,
  );
  const about = { title: `Off-board ${deviceName}`, plannedAt: Date.now() };
  return [
    ...(leans.length > 0 ? ['What leans on it:\n', ...leans, '\n'] : []),
    ...(joined.length > 0 ? [...joined, '\n'] : []),
    ...(done.length > 0 ? ['What was done to it and can be undone first:\n', ...done, '\n'] : []),
    writeRunbook(plan, about, 'markdown').text,
  ].join('');
}
