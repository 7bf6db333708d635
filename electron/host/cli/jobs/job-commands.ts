import type { JobPage } from '../../../../shared/jobs/job.ts';
import { isUnderWay, type JobStateName } from '../../../../shared/jobs/job-state.ts';
import { writeRunbook } from '../../../../shared/jobs/runbook.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { Jobs } from '../../engine/jobs/index.ts';
import type { Installation } from '../../installation.ts';
import { openInventory } from '../open-inventory.ts';
import { Exit, exitCodes } from '../run-command.ts';
import type { DataOption } from '../terminal/options.ts';
import { print, printFile, printJson, tell } from '../terminal/output.ts';
import { hasTerminal, interrupt } from '../terminal/terminal-ask.ts';
import { followJob, followToEnd, showLine, tellLine } from './job-follow.ts';
import { findJob, type RunningOptions, withJobs, withRunningJobs } from './job-session.ts';
import { exitCodeOfJob, jobsTable, jobText, stateText } from './job-text.ts';

export interface JobsOptions extends DataOption {
  readonly state?: readonly JobStateName[];
  readonly kind?: readonly string[];
  readonly device?: string;
  readonly limit: number;
  readonly json?: true;
}

/** Those of machines count where it goes on. */
export interface JobOptions extends DataOption, RunningOptions {
  readonly follow?: true;
  readonly resume?: true;
  readonly undo?: true;
  readonly cancel?: true;
  readonly leave?: true;
  readonly log?: true;
  readonly runbook?: 'markdown' | 'shell';
  readonly json?: true;
}

/** `rackhelm jobs [WORDS]`: newest first. */
export async function listJobs(words: readonly string[], options: JobsOptions): Promise<void> {
  const deviceId = options.device === undefined ? null : deviceOf(options.device, options);
  await withJobs(options, async (jobs) => {
    const page = jobs.list({
      states: options.state ?? [],
      kinds: options.kind ?? [],
      deviceId,
      search: words.join(' '),
      offset: 0,
      limit: options.limit,
    });
    if (options.json) printJson(page);
    else print(jobsTable(page.rows, page.total));
  });
}

function deviceOf(name: string, { data }: DataOption): string {
  const database = openInventory(data);
  try {
    const id = database.tables.devices.idByName(name);
    if (id !== undefined) return id;
    throw new RackhelmError('NOT_FOUND', `No device is called ${name}.`, {
      hint: 'rackhelm devices lists them.',
    });
  } finally {
    database.close();
  }
}

/** `rackhelm job ID`: how it stands, or one thing to do with it. */
export async function oneJob(
  installation: Installation,
  part: string,
  options: JobOptions,
): Promise<void> {
  const { follow, resume, undo, cancel, leave, log, runbook } = options;
  const wanted = [follow, resume, undo, cancel, leave, log, runbook].filter(Boolean).length;
  // One may watch what one lets go on.
  if (wanted > 1 && !(wanted === 2 && follow && (resume || undo || cancel))) {
    throw new RackhelmError('INVALID_INPUT', 'These options exclude each other.', {
      hint: 'Give one of --follow, --resume, --undo, --cancel, --leave, --log and --runbook.',
    });
  }
  if (resume || undo) return await goOn(installation, part, options);
  await withJobs(options, async (jobs) => {
    const id = findJob(jobs, part);
    if (runbook !== undefined) return printRunbook(jobs, id, runbook);
    if (log) return await printLog(jobs, id, options);
    if (cancel) await cancelJob(jobs, id);
    if (leave) await jobs.leave(id);
    if (follow) await watch(jobs, id, options);
    else show(jobs.get(id), options);
  });
}

function printRunbook(jobs: Jobs, id: string, format: 'markdown' | 'shell'): void {
  const { plan, about } = jobs.plan(id);
  printFile(writeRunbook(plan, about, format).text);
}

/** Waits until whoever runs it has ended it, so that what is shown is so. */
async function cancelJob(jobs: Jobs, id: string): Promise<void> {
  const { state } = await jobs.cancel(id);
  if (isUnderWay(state)) await jobs.ended(id, AbortSignal.timeout(60_000));
}

async function watch(jobs: Jobs, id: string, options: JobOptions): Promise<void> {
  const left = new AbortController();
  const leave = () => left.abort();
  process.on('SIGINT', leave);
  try {
    const { signal } = left;
    const job = await followJob(jobs, id, { signal, show: options.json ? tellLine : showLine });
    // It goes on without us.
    if (isUnderWay(job.state) && signal.aborted) throw new Exit(exitCodes.interrupted);
    ended(job, options);
  } finally {
    process.off('SIGINT', leave);
  }
}

/** Resumes or undoes in this process; Ctrl-C cancels. */
async function goOn(installation: Installation, part: string, options: JobOptions): Promise<void> {
  await withRunningJobs(installation, options, async (jobs, session) => {
    const id = findJob(jobs, part);
    const attended = hasTerminal();
    if (options.undo) await jobs.undo(id, { attended });
    else await jobs.resume(id, { attended });
    const { ask, signal } = session;
    const show = options.json ? tellLine : showLine;
    const job = await followToEnd(jobs, id, { ask, signal, onInterrupt: interrupt, show });
    ended(job, options);
  });
}

function ended(job: JobPage, { json }: JobOptions): void {
  if (json) printJson(job);
  else tell(`${stateText(job.state)}\n`);
  const exitCode = exitCodeOfJob(job);
  if (exitCode !== exitCodes.done) throw new Exit(exitCode);
}

function show(job: JobPage, { json }: JobOptions): void {
  if (json) printJson(job);
  else print(jobText(job));
}

/** Everything that is kept of what it said. */
async function printLog(jobs: Jobs, id: string, { json }: JobOptions): Promise<void> {
  const query = { stepId: null, search: '', limit: 2_000 };
  for (let after = 0; ; ) {
    const { lines } = await jobs.log(id, { ...query, after });
    for (const line of lines) {
      // One a line, so that a program can read it as it comes.
      if (json) print(`${JSON.stringify(line)}\n`);
      else print(`${line.text}\n`);
    }
    const last = lines.at(-1);
    if (last === undefined) return;
    after = last.seq;
  }
}
