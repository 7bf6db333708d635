import { join } from 'node:path';
import { openDatabase } from '../../../electron/host/db/index.ts';
import { createJobs, type JobKind, type Jobs } from '../../../electron/host/engine/jobs/index.ts';
import type { Place, Scenario } from './scenario.ts';

export interface OpenJob extends Place {
  readonly jobs: Jobs;
  close(): Promise<void>;
}

/** The host's part in it: database and jobs of the data in a directory, with its machines beside it. */
export function openJobs(
  root: string,
  scenario: Scenario,
  change: (kind: JobKind) => JobKind = (kind) => kind,
): OpenJob {
  const database = openDatabase({ dataDirectory: join(root, 'data') });
  const place = { database, machines: join(root, 'machines') };
  const jobs = createJobs({
    database,
    report: (error) => {
      throw error;
    },
  });
  jobs.register(change(scenario.kind(place)));
  return {
    ...place,
    jobs,
    async close() {
      await jobs.close();
      database.close();
    },
  };
}

/** Plans it, runs it to its end, and says which job it was. */
export async function startJob({ jobs }: OpenJob, { name, lanes }: Scenario): Promise<string> {
  const { signal } = new AbortController();
  const plan = await jobs.prepare(name, lanes, {
    input: null,
    signal,
    attended: false,
    ask: () => Promise.reject(new Error('Nothing is asked.')),
    log: () => {},
  });
  const request = {
    kind: name,
    title: name,
    plan,
    input: null,
    by: 'cli',
    attended: false,
  } as const;
  return (await jobs.start(request)).id;
}
