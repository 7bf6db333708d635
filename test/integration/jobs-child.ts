/** The other process of the tests of the journal. Arguments: what to do, the data directory. */
import { readSync, rmSync, statfsSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { becomeRunner, openDatabase } from '../../electron/host/db/index.ts';
import { FakeWork } from '../../electron/host/engine/jobs/fake-work.ts';
import { createJobs, type Jobs } from '../../electron/host/engine/jobs/index.ts';

const [task = '', directory = ''] = process.argv.slice(2);
const tell = (answer: unknown) => writeSync(1, `${JSON.stringify(answer)}\n`);
const file = join(directory, 'rackhelm.sqlite');
const ballast = join(directory, 'ballast');

/** Not one more page fits, neither into the disk nor into what the log of the database has to spare. */
function fill(): void {
  const sqlite = new Sqlite(file);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
  const { bavail, bsize } = statfsSync(directory);
  writeFileSync(ballast, Buffer.alloc(bavail * bsize));
}

/** A job of two things, whose disk is full from that deed on. */
async function fullFrom(deed: string) {
  const database = openDatabase({ dataDirectory: directory });
  const work = new FakeWork();
  const open = () => {
    const jobs = createJobs({ database, report: tell, limits: { writeAgainMs: 50 } });
    jobs.register(work.kind);
    return jobs;
  };
  work.onDeed = (one) => {
    if (one === deed) fill();
  };
  const jobs = open();
  const request = { kind: 'making', title: 'Make it', input: null, by: 'cli' } as const;
  const plan = work.plan({ pi: ['a', 'b'] });
  const { id } = await jobs.start({ ...request, plan, attended: true });
  while (!['done', 'failed'].includes(jobs.get(id).state.state)) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  work.onDeed = () => {};
  return { id, work, jobs, open, close: () => database.close() };
}

const standing = (jobs: Jobs, id: string) => {
  const { state, lanes } = jobs.get(id);
  return {
    ...('error' in state ? { code: state.error.code, says: state.error.message } : {}),
    state: state.state,
    steps: lanes.flatMap(({ steps }) => steps.map((step) => step.state.state)),
  };
};

const tasks: Readonly<Record<string, () => void | Promise<void>>> = {
  async 'full-before-it-begins'() {
    const { id, work, jobs, close } = await fullFrom('save b');
    const failed = { ...standing(jobs, id), changes: work.changes() };
    rmSync(ballast);
    await jobs.ended(id);
    await jobs.resume(id, { attended: true });
    await jobs.ended(id);
    tell({ failed, later: { ...standing(jobs, id), changes: work.changes() } });
    await jobs.close();
    close();
  },
  async 'full-after-it-was-done'() {
    const { id, work, jobs, open, close } = await fullFrom('apply b');
    const told = standing(jobs, id);
    await jobs.close();
    rmSync(ballast);
    const next = open();
    await next.adopt({ resume: true });
    const found = standing(next, id);
    await next.resume(id, { attended: true });
    await next.ended(id);
    tell({ told, found, later: standing(next, id), deeds: work.deeds.slice(-3) });
    await next.close();
    close();
  },
  runner() {
    openDatabase({ dataDirectory: directory }).close();
    tell(becomeRunner(file).id);
    // Until it is killed.
    readSync(0, Buffer.alloc(1));
  },
};

await tasks[task]?.();
