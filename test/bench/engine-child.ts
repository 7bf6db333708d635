/** The process that the engine is measured in, by itself. Arguments: what to do, the data directory. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { openDatabase } from '../../electron/host/db/index.ts';
import { FakeWork } from '../../electron/host/engine/jobs/fake-work.ts';
import { createJobs, type Jobs } from '../../electron/host/engine/jobs/index.ts';
import { lanes, linesEachSecond, type Measured, phases, phasesEach, seconds } from './engine.ts';

const [task = '', directory = ''] = process.argv.slice(2);
const work = new FakeWork();

async function withJobs<T>(use: (jobs: Jobs) => Promise<T>): Promise<T> {
  const database = openDatabase({ dataDirectory: directory });
  // As the host has them, with its limits.
  const jobs = createJobs({
    database,
    report: (error) => {
      throw error;
    },
  });
  jobs.register(work.kind);
  try {
    return await use(jobs);
  } finally {
    await jobs.close();
    database.close();
  }
}

async function start(jobs: Jobs, things: Readonly<Record<string, readonly string[]>>) {
  work.standing.clear();
  const plan = work.plan(things);
  const request = { kind: 'making', title: 'Make it', input: null, by: 'window' } as const;
  return (await jobs.start({ ...request, plan, attended: true })).id;
}

async function ended(jobs: Jobs, id: string): Promise<void> {
  const { state } = await jobs.ended(id);
  if (state.state !== 'done') throw new Error(`The job is ${state.state}.`);
}

/** Jobs one after the other, from their start to their end. */
async function runPhases(jobs: Jobs): Promise<void> {
  const things = Array.from({ length: phasesEach }, (_, n) => `thing ${n}`);
  for (let n = 0; n < phases; n += phasesEach) await ended(jobs, await start(jobs, { pi: things }));
}

/** What a bare journal would write for as many: that a phase begins, and that it is done. */
function bareJournal() {
  const sqlite = new Sqlite(`${directory}/bare.sqlite`);
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) sqlite.pragma(pragma);
  sqlite.exec('CREATE TABLE IF NOT EXISTS step (id INTEGER PRIMARY KEY, state TEXT, saved TEXT)');
  const begin = sqlite.prepare("INSERT INTO step (state, saved) VALUES ('begun', ?)");
  const done = sqlite.prepare("UPDATE step SET state = 'done' WHERE id = ?");
  return {
    run() {
      for (let n = 0; n < phases; n += 1) {
        const { lastInsertRowid } = begin.run(JSON.stringify({ before: 'absent' }));
        done.run(lastInsertRowid);
      }
    },
    close: () => sqlite.close(),
  };
}

/** Milliseconds of all threads of this process for each phase. */
async function processor(use: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await use();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / phases;
}

async function measureProcessor(jobs: Jobs): Promise<Measured> {
  const measured: Measured = { own: [], bare: [] };
  const bare = bareJournal();
  // In turns, so that whatever else the machine does meets both alike; the first rounds warm up.
  for (let round = -2; round < 8; round += 1) {
    const own = await processor(() => runPhases(jobs));
    const theirs = await processor(bare.run);
    if (round < 0) continue;
    measured.own.push(own);
    measured.bare.push(theirs);
  }
  bare.close();
  return measured;
}

/** P99 in milliseconds. */
async function loopDelay(use: () => Promise<void>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 10 });
  delays.enable();
  await use();
  delays.disable();
  return delays.percentile(99) / 1e6;
}

/** One machine that talks: as many lines as are due by now, whatever held it up. */
async function talk(say: (text: string) => void): Promise<void> {
  const began = performance.now();
  const total = (linesEachSecond / lanes) * seconds;
  for (let said = 0; said < total; ) {
    await pause(10 + 20 * Math.random());
    const passed = (performance.now() - began) / (seconds * 1_000);
    for (const due = Math.min(total, Math.floor(total * passed)); said < due; said += 1) {
      say(`Get:${said} http://deb.debian.org/debian trixie/main amd64 package-${said} [12.3 kB]`);
    }
  }
}

/** As a window follows it, up to the text that goes over the socket. */
async function follow(jobs: Jobs, id: string): Promise<void> {
  for await (const event of jobs.follow(id)) JSON.stringify(event);
}

async function talkingJobs(jobs: Jobs): Promise<void> {
  // Eight lanes of one job run at once.
  const half = Object.fromEntries(Array.from({ length: lanes / 2 }, (_, n) => [`pi-${n}`, ['a']]));
  const ids = [await start(jobs, half), await start(jobs, half)];
  await Promise.all(ids.map((id) => follow(jobs, id)));
  for (const id of ids) await ended(jobs, id);
  const steps = ids.flatMap((id) => jobs.get(id).lanes.flatMap((lane) => lane.steps));
  const kept = steps.reduce((sum, { lines }) => sum + lines, 0);
  const lost = await Promise.all(
    ids.map((id) =>
      jobs.log(id, { stepId: null, after: null, search: 'faster than they could', limit: 1 }),
    ),
  );
  if (kept < linesEachSecond * seconds || lost.some(({ total }) => total > 0)) {
    throw new Error(`Only ${kept} lines were kept.`);
  }
}

async function measureLines(jobs: Jobs): Promise<Measured> {
  const measured: Measured = { own: [], bare: [] };
  work.onDeed = async (deed, { log }) => {
    if (deed.startsWith('apply')) await talk((text) => log(text, 'out'));
  };
  for (let round = 0; round < 4; round += 1) {
    const own = await loopDelay(() => talkingJobs(jobs));
    const idle = await loopDelay(() => pause(seconds * 1_000));
    measured.own.push(own);
    measured.bare.push(idle);
  }
  return measured;
}

const tasks: Readonly<Record<string, () => unknown>> = {
  phases: () => withJobs(runPhases),
  bare() {
    const bare = bareJournal();
    bare.run();
    bare.close();
  },
  processor: () => withJobs(measureProcessor),
  lines: () => withJobs(measureLines),
};
process.stdout.write(`${JSON.stringify((await tasks[task]?.()) ?? null)}\n`);
