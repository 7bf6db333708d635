import { RackhelmError } from '../../../../shared/model/errors.ts';
import { createJobs, type Jobs } from '../../engine/jobs/index.ts';
import type { Installation } from '../../installation.ts';
import { createInventory } from '../../inventory/index.ts';
import { createRefresher, createRefreshKind, unattended } from '../../readings/index.ts';
import { openClusterWork, openContexts } from '../cluster/cluster-session.ts';
import { openInventory } from '../open-inventory.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { DataOption, TargetOptions } from '../terminal/options.ts';
import { tell } from '../terminal/output.ts';

const report = (error: unknown) => tell(`Something went wrong inside Rackhelm: ${String(error)}\n`);

/** Jobs of the inventory, to be looked at and to be decided about; none of them is run here. */
export async function withJobs<T>(
  { data }: DataOption,
  work: (jobs: Jobs) => Promise<T>,
): Promise<T> {
  const database = openInventory(data);
  const jobs = createJobs({ database, report });
  try {
    // What was killed is told as interrupted, also where no app runs.
    await jobs.adopt({ resume: false });
    return await work(jobs);
  } finally {
    await jobs.close();
    database.close();
  }
}

/** How machines are reached where a job goes on. */
export type RunningOptions = DataOption & Pick<TargetOptions, 'sshConfig' | 'passphraseFile'>;

/** The same where a job of whatever kind may run in this process, with connections to its machines. */
export async function withRunningJobs<T>(
  installation: Installation,
  options: RunningOptions,
  work: (jobs: Jobs, session: MachineSession) => Promise<T>,
): Promise<T> {
  const { withOnboarding } = await import('./onboard-session.ts');
  return await withSession(installation, { ...options, timeout: 15 }, async (session) => {
    const contexts = openContexts(installation, session);
    try {
      return await withOnboarding(installation, { ...session, contexts }, async ({ jobs }) => {
        registerRefresh(jobs, session);
        openClusterWork(session, contexts, jobs);
        await jobs.adopt({ resume: false });
        return await work(jobs, session);
      });
    } finally {
      contexts.close();
    }
  });
}

function registerRefresh(jobs: Jobs, { database, readMachine, answering }: MachineSession): void {
  jobs.register(
    createRefreshKind({
      refresher: createRefresher({ inventory: createInventory(database), readMachine, report }),
      devicesOf: database.readings.devices,
      ask: answering(unattended),
      settled: database.free,
    }),
  );
}

/** The job that a person means by an id, or by its beginning or its end. */
export function findJob(jobs: Jobs, part: string): string {
  const [only, ...more] = part.length < 4 ? [] : jobs.idsLike(part);
  if (only !== undefined && more.length === 0) return only;
  if (only === undefined) {
    throw new RackhelmError('NOT_FOUND', `There is no job ${part}.`, {
      hint: 'rackhelm jobs lists them; four letters of an id are the least.',
    });
  }
  throw new RackhelmError('INVALID_INPUT', `Several jobs have an id like ${part}.`, {
    hint: `Write more of it: ${[only, ...more].join(', ')}.`,
  });
}
