import { isUnderWay } from '../../../../shared/jobs/job-state.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Database, StoredJob } from '../../db/index.ts';
import type { JobKind } from './job-kind.ts';
import type { Runner } from './runner.ts';

export interface AdoptOptions {
  readonly database: Database;
  readonly runner: Runner;
  readonly kinds: ReadonlyMap<string, JobKind>;
  readonly resume: boolean;
  readonly report: (error: unknown) => void;
}

/** Jobs whose process is gone stand as interrupted; those that go on by themselves then do. */
export async function adoptJobs(options: AdoptOptions): Promise<void> {
  const { database, runner, resume } = options;
  for (const { id, owner } of database.jobs.owned()) {
    if (runner.isAlive(owner)) continue;
    const job = database.jobs.get(id);
    if (job?.owner === owner) await tried(options, () => interrupt(runner, job));
  }
  if (!resume) return;
  for (const { id } of database.jobs.inState('interrupted')) {
    const job = database.jobs.get(id);
    if (job && goesOn(options, job))
      await tried(options, () => runner.resume(job, { attended: job.attended }));
  }
}

async function interrupt(runner: Runner, job: StoredJob): Promise<void> {
  // What had ended, and whose process died before it gave it back.
  if (isUnderWay(job.state)) await runner.settle(job, { type: 'interrupt' });
}

function goesOn({ kinds }: AdoptOptions, job: StoredJob): boolean {
  const kind = kinds.get(job.kind);
  return kind?.afterCrash === 'resume' && kind.version === job.planVersion;
}

/** Another process may be at the same; one job that cannot be adopted hinders no other. */
async function tried({ report }: AdoptOptions, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const known = error instanceof RackhelmError && error.code === 'JOB_ELSEWHERE';
    if (!known) report(error);
  }
}
