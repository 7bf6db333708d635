import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { harmless } from '../../../connections/ssh/index.ts';
import type { PhaseContext } from '../../../engine/jobs/index.ts';
import type { FileState } from '../../../engine/machines/index.ts';
import type { Activation } from './renderer.ts';
import { type Trial, trialNow } from './seen.ts';
import {
  cleanScript,
  confirmScript,
  prepareScript,
  startScript,
  statusScript,
  switchDirectory,
  switchScript,
} from './switch-script.ts';

export interface SwitchOver {
  readonly path: string;
  readonly state: FileState | null;
  /** Latin1; null: the file goes. */
  readonly text: string | null;
  /** Of a new file. */
  readonly mode: number;
  readonly activation: Activation;
  /** Addresses at which the machine may answer then, the likeliest first. */
  readonly candidates: readonly string[];
  readonly seconds: number;
}

const loginMs = 4_000;
const pauseMs = 1_000;
/** Where the connection may have just been cut off. */
const statusMs = 4_000;
const runMs = 30_000;
/** Seconds for putting back, beyond the trial itself. */
const backSeconds = 40;

/** Tries a network configuration, and keeps it once a new login got in. Throws NETWORK_PUT_BACK. */
export async function switchOver(context: PhaseContext, over: SwitchOver): Promise<void> {
  const { machine } = context;
  const before = machine.at;
  await prepare(context, over);
  await check(context, over);
  context.log(
    `From now on ${machine.name} puts the old configuration back by itself after ${over.seconds} seconds, unless a new login gets in.`,
  );
  await start(context, 'run');
  const reason = await confirmed(context, over);
  if (reason === null) return;
  throw await putBack(context, { before, reason, seconds: over.seconds });
}

/** A change that another run left on trial: its end is waited for; one that broke off is put back. */
export async function endTrial(context: PhaseContext, left: Trial): Promise<void> {
  let trial = left;
  if (trial === 'broken') {
    // Or it is just about to begin.
    await pause(context);
    trial = await trialNow(context);
  }
  if (trial === 'broken') await start(context, 'back');
  if (trial === 'broken' || trial === 'running') {
    context.log('An earlier change of the network is still on trial there; its end is waited for.');
    for (let second = 0; second < 2 * backSeconds + 60; second += 1) {
      const [word] = (await run(context, statusScript)).stdout.split('\n');
      if (word === 'gone' || word === 'ended') break;
      await pause(context);
    }
  }
  await run(context, cleanScript);
}

async function prepare(context: PhaseContext, { path, state, text, mode, ...over }: SwitchOver) {
  const { machine, signal } = context;
  await machine.checkLock(signal);
  await run(context, cleanScript);
  const script = switchScript({ path, ...over });
  const put = (name: string, content: string | Buffer) =>
    machine.writeFile(
      { path: `${switchDirectory}/${name}`, content, mode: 0o600 },
      { signal, expect: null },
    );
  await put('switch', script);
  if (text !== null) await put('text', Buffer.from(text, 'latin1'));
  const sum = state ? createHash('sha256').update(state.content).digest('hex') : '';
  const { exitCode, stderr } = await run(context, prepareScript, [path, sum, mode.toString(8)]);
  if (exitCode === 0) return;
  await run(context, cleanScript);
  if (exitCode === 3)
    throw new RackhelmError('CHANGED_SINCE', `${path} is not as it was any more.`);
  throw new RackhelmError('COMMAND_FAILED', `The change could not be prepared: ${stderr}`);
}

async function check(context: PhaseContext, { path, text, activation }: SwitchOver): Promise<void> {
  if (text === null || activation.check.length === 0) return;
  const lines = [
    `f=${switchDirectory}/text d=${switchDirectory}/check; mkdir "$d"`,
    ...activation.check,
  ];
  const { exitCode, stdout, stderr } = await run(context, lines.join('\n'));
  if (exitCode === 0) return;
  await run(context, cleanScript);
  const said = `${stdout}\n${stderr}`.trim().slice(-1_000);
  throw new RackhelmError(
    'EDIT_REFUSED',
    `${context.machine.name} does not accept the new ${path}: ${said || 'no reason was given.'}`,
  );
}

async function start(context: PhaseContext, what: 'run' | 'back'): Promise<void> {
  await context.machine.checkLock(context.signal);
  await run(context, startScript, [what]);
}

/** Null once it is kept; else why no login came through. */
async function confirmed(context: PhaseContext, over: SwitchOver): Promise<string | null> {
  const end = performance.now() + over.seconds * 1_000;
  let reason = 'nothing answered';
  // The first login may have come in before the change; one after it has been seen in effect counts.
  let isUp = false;
  while (performance.now() < end) {
    await pause(context);
    for (const at of over.candidates) {
      try {
        await context.machine.moveTo({ at, signal: context.signal, timeoutMs: loginMs });
        if (isUp) return (await confirm(context, at)) ? null : 'it came too late';
        const [word] = (await run(context, statusScript)).stdout.split('\n');
        if (word === 'ended') return 'the machine could not bring it into effect';
        isUp = word === 'up';
        break;
      } catch (error) {
        reason = reasonOf(error, at);
        if (context.signal.aborted) throw error;
      }
    }
  }
  return reason;
}

async function confirm(context: PhaseContext, at: string): Promise<boolean> {
  if ((await run(context, confirmScript)).exitCode !== 0) return false;
  for (let look = 0; look < 10; look += 1) {
    const [word] = (await run(context, statusScript)).stdout.split('\n');
    if (word === 'gone') {
      context.log(`A new login at ${at} got in, so the new configuration is kept.`);
      return true;
    }
    if (word === 'ended') return false;
    await pause(context);
  }
  return false;
}

/** Passes on what is no sign of a network that does not work yet. */
function reasonOf(error: unknown, at: string): string {
  if (!(error instanceof RackhelmError) || !error.code.startsWith('SSH_')) throw error;
  if (error.code === 'SSH_HOST_KEY_CHANGED') return `another machine answers at ${at}`;
  return error.message.replace(/\.$/, '');
}

interface Failed {
  readonly before: string;
  readonly reason: string;
  readonly seconds: number;
}

/** Waits for the old configuration, and says what happened. */
async function putBack(
  context: PhaseContext,
  { before, reason, seconds }: Failed,
): Promise<RackhelmError> {
  const { machine, signal } = context;
  context.log(`No new login got in: ${reason}. The old configuration is waited for.`);
  const end = performance.now() + backSeconds * 1_000;
  while (performance.now() < end) {
    try {
      await machine.moveTo({ at: before, signal, timeoutMs: loginMs });
      const { stdout } = await run(context, statusScript);
      const [word, ...log] = stdout.split('\n');
      if (word === 'ended' || word === 'gone') {
        await run(context, cleanScript);
        for (const line of log.slice(-20)) if (line !== '') context.log(harmless(line), 'out');
        return new RackhelmError(
          'NETWORK_PUT_BACK',
          `The new configuration of ${machine.name} did not hold (${reason}), and the machine has put the old one back by itself.`,
        );
      }
    } catch (error) {
      reasonOf(error, before);
      if (signal.aborted) return new RackhelmError('SSH_CANCELLED', 'It was cancelled.');
    }
    await pause(context);
  }
  return new RackhelmError(
    'MACHINE_NOT_BACK',
    `${machine.name} answers neither at a new address nor at ${before}, ${seconds + backSeconds} seconds after its network was changed.`,
  );
}

async function run(context: PhaseContext, script: string, args: readonly string[] = []) {
  const { machine, signal } = context;
  const timeoutMs = script === statusScript || script === confirmScript ? statusMs : runMs;
  const asked = { signal, root: true, args, timeoutMs, named: 'change of the network' };
  const result = await machine.run(script, asked);
  const [stdout, stderr] = [
    result.stdout.toString(),
    harmless(result.stderr.toString()).slice(-1_000),
  ];
  return { exitCode: result.exitCode, stdout, stderr };
}

async function pause({ signal }: PhaseContext): Promise<void> {
  await wait(pauseMs, undefined, { signal }).catch(() => {});
}
