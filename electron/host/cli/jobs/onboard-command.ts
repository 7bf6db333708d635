import { v7 as uuidv7 } from 'uuid';
import type { LookEvent } from '../../../../shared/contract/onboarding.ts';
import { writeRunbook } from '../../../../shared/jobs/runbook.ts';
import { isErrorCode, RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { type Draft, nameOf } from '../../../../shared/onboarding/draft.ts';
import { createCabling } from '../../cabling/index.ts';
import { readOrdinaryFile } from '../../exchange/index.ts';
import type { Installation } from '../../installation.ts';
import {
  type AnswersFile,
  answersOf,
  commonOf,
  type FileMachine,
  readAnswers,
  targetOf,
} from '../../onboarding/index.ts';
import { openContexts } from '../cluster/cluster-session.ts';
import { parseTarget } from '../machines/target.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { type MachineSession, withSession } from '../session.ts';
import type { TargetOptions } from '../terminal/options.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { hasTerminal, interrupt } from '../terminal/terminal-ask.ts';
import { approve } from './approve.ts';
import { followToEnd } from './job-follow.ts';
import { exitCodeOfJob, jobProblem } from './job-text.ts';
import { answerQuestion, type JobAsking } from './onboard-asking.ts';
import { type OnboardSession, withOnboarding } from './onboard-session.ts';

export interface OnboardOptions extends TargetOptions {
  readonly answers: string;
  readonly plan?: true;
  readonly yes?: true;
  readonly ports?: true;
}

interface Wanted {
  readonly target: SshTarget;
  readonly file: FileMachine | null;
}

const mostAnswers = 1024 * 1024;

/** `rackhelm onboard HOST… --answers FILE [--plan|--yes]`: what the wizard does, without a window. */
export async function onboardMachines(
  installation: Installation,
  hosts: readonly string[],
  options: OnboardOptions,
): Promise<void> {
  try {
    await onboard(installation, hosts, options);
  } catch (error) {
    if (!(error instanceof RackhelmError) || error.code !== 'FILE_INVALID') throw error;
    const hint = 'Correct the answers and try again; nothing was changed.';
    throw new RackhelmError(error.code, error.message, { hint, data: error.data, cause: error });
  }
}

async function onboard(
  installation: Installation,
  hosts: readonly string[],
  options: OnboardOptions,
): Promise<void> {
  const bytes = await readOrdinaryFile(options.answers, mostAnswers);
  const file = readAnswers(bytes.toString('utf8'));
  const wanted = wantedMachines(file, hosts, options);
  const exitCode = await runAnswers(installation, { file, wanted, options });
  if (exitCode !== exitCodes.done) throw new Exit(exitCode);
}

/** Carries out answers, from wherever they came. Resolves with the code that the command ends with. */
export async function runAnswers(
  installation: Installation,
  asked: Pick<Work, 'file' | 'wanted' | 'options'>,
): Promise<number> {
  return await withSession(installation, asked.options, async (session) => {
    const contexts = openContexts(installation, session);
    try {
      return await withOnboarding(installation, { ...session, contexts }, (services) =>
        run({ ...services, session, ...asked }),
      );
    } finally {
      contexts.close();
    }
  });
}

/** The hosts that were named, else all of the file; a host is looked up in the file as it is written. */
function wantedMachines(
  file: AnswersFile,
  hosts: readonly string[],
  options: OnboardOptions,
): Wanted[] {
  const all = file.machines.map((machine) => ({ target: targetOf(machine), file: machine }));
  if (hosts.length === 0) {
    if (all.length > 0) return all;
    throw new RackhelmError('INVALID_INPUT', 'Neither the command nor the answers name a machine.');
  }
  return hosts.map((host) => {
    const target = parseTarget(host, options);
    const own = all.find((one) => one.file.host === host || one.target.host === target.host);
    return own ?? { target, file: null };
  });
}

type WorkOptions = Omit<OnboardOptions, 'answers'>;

interface Work extends OnboardSession {
  readonly session: MachineSession;
  readonly file: AnswersFile;
  readonly wanted: readonly Wanted[];
  readonly options: WorkOptions;
}

async function run(work: Work): Promise<number> {
  const { onboarding, jobs, options, session } = work;
  const asking: JobAsking = {
    ask: session.ask,
    signal: session.signal,
    onInterrupt: interrupt,
    remember: options.remember === true,
  };
  // Names that are not there are told before anything is connected to.
  commonOf({ db: session.database, cabling: createCabling(session.database) }, work.file.all);
  const draft = onboarding.drafts.create(
    work.wanted.map(({ target }) => ({ target, foundBy: 'answers' })),
  );
  let keep = false;
  try {
    await readAll(work, draft);
    await answerAll(work, draft.id);
    const attemptId = uuidv7();
    const here = { id: draft.id, attemptId };
    await looked(work, asking, {
      attemptId,
      events: onboarding.check(
        { ...here, machineIds: [], ports: options.ports === true },
        session.signal,
      ),
    });
    await answerAll(work, draft.id);
    const planned = await plan(work, asking, draft.id);
    const title = `Onboard ${work.wanted.length === 1 ? nameOfMachine(work, draft.id) : `${work.wanted.length} machines`}`;
    const about = { title, plannedAt: Date.now() };
    // Who said yes beforehand wants to see what was done.
    const isShown = !options.json && (options.plan || !options.yes);
    if (isShown) print(writeRunbook(planned.plan, about, 'markdown').text);
    for (const { machineId, text } of planned.problems) {
      tell(`${nameOfMachine(work, draft.id, machineId)}: ${text}\n`);
    }
    const isBlocked = planned.problems.some(({ weight }) => weight === 'blocks');
    if (options.plan || isBlocked) {
      if (options.json) printJson({ plan: planned.plan, problems: planned.problems });
      return isBlocked ? exitCodes.failed : exitCodes.done;
    }
    await approve(options, asking);
    const { jobId } = await onboarding.run({
      ...{ id: draft.id, hash: planned.hash },
      ...{ by: 'cli', attended: hasTerminal() },
    });
    keep = true;
    const job = await followToEnd(jobs, jobId, asking);
    if (options.json) printJson({ jobId, state: job.state, report: job.report });
    else print(job.report ?? '');
    const problem = jobProblem(job);
    if (problem !== null) tell(`${problem}\n`);
    return exitCodeOfJob(job);
  } finally {
    // What was not begun leaves nothing behind.
    if (!keep) onboarding.drafts.delete(draft.id);
  }
}

/** Of the first one where none is named. */
function nameOfMachine({ onboarding }: Work, id: string, machineId?: string): string {
  const { machines } = onboarding.drafts.get(id);
  const machine = machines.find((one) => one.id === machineId) ?? machines[0];
  return machine === undefined ? 'nothing' : nameOf(machine);
}

/** Connects to each machine in turn, so that questions come one after the other. */
async function readAll({ onboarding, attempts, session }: Work, draft: Draft): Promise<void> {
  for (const { id: machineId, target } of draft.machines) {
    tell(`Reading ${target.host}.\n`);
    const attemptId = uuidv7();
    const input = { id: draft.id, machineId, attemptId };
    for await (const event of onboarding.connect(input, session.signal)) {
      if (event.type === 'question') {
        const answer = await session.ask(event.question, session.signal);
        attempts.answer({ attemptId, questionId: event.questionId, answer });
      }
      if (event.type !== 'failed') continue;
      const { code, message, error } = event;
      throw new RackhelmError(isErrorCode(code) ? code : 'INTERNAL', message, { hint: error.hint });
    }
  }
}

/** Writes what the file says into the draft; once more when the checks are known, for their fixes. */
async function answerAll({ onboarding, session, file, wanted }: Work, id: string): Promise<void> {
  const { database } = session;
  const lookup = { db: database, cabling: createCabling(database) };
  const change = (what: Parameters<typeof onboarding.drafts.change>[0]['change']) =>
    onboarding.drafts.change({ id, version: onboarding.drafts.get(id).version, change: what });
  change({ kind: 'common', answers: commonOf(lookup, file.all) });
  const { offers } = await onboarding.offers(id);
  for (const [at, machine] of onboarding.drafts.get(id).machines.entries()) {
    const answers = answersOf(lookup, machine, {
      file: wanted[at]?.file ?? null,
      all: file.all,
      offer: offers.find(({ machineId }) => machineId === machine.id),
    });
    // An address that was given once stays that one.
    const kept =
      machine.answers.addresses.length > 0 ? machine.answers.addresses : answers.addresses;
    change({ kind: 'machine', machineId: machine.id, answers: { ...answers, addresses: kept } });
  }
}

/** Waits for the end of a look and answers what it asks. Throws what it failed with. */
async function looked(
  { onboarding }: Work,
  asking: JobAsking,
  { attemptId, events }: { readonly attemptId: string; readonly events: AsyncIterable<LookEvent> },
): Promise<Extract<LookEvent, { type: 'planned' }> | null> {
  let planned: Extract<LookEvent, { type: 'planned' }> | null = null;
  for await (const event of events) {
    if (event.type === 'question') {
      const answer = await answerQuestion(event.question, asking);
      onboarding.answer({ attemptId, questionId: event.questionId, answer });
    }
    if (event.type === 'planned') planned = event;
    if (event.type !== 'failed') continue;
    const { code, message, hint } = event;
    throw new RackhelmError(isErrorCode(code) ? code : 'INTERNAL', message, { hint });
  }
  return planned;
}

async function plan(work: Work, asking: JobAsking, id: string) {
  const attemptId = uuidv7();
  const events = work.onboarding.plan({ id, attemptId }, work.session.signal);
  const planned = await looked(work, asking, { attemptId, events });
  if (planned !== null) return planned;
  throw new Exit(exitCodes.interrupted);
}
