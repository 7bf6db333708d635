import { randomBytes } from 'node:crypto';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import {
  type ExecResult,
  explainNoShell,
  quote,
  type RemoteShell,
} from '../connections/ssh/index.ts';
import type { Answer, RawOutput, Run } from './answer.ts';
import type { Doubtful } from './evidence.ts';
import { readOutput } from './read-output.ts';

export interface CollectOptions {
  /** The text of the script `facts`; see remote-script.ts. */
  readonly script: string;
  readonly signal: AbortSignal;
  /** Milliseconds for the whole, default 15,000. The script bounds itself to less than that. */
  readonly timeoutMs?: number;
  /** UTC milliseconds; for tests. */
  readonly now?: () => number;
}

/**
 * Asks one machine for its facts in one round trip; in a second one only where a tool answered what
 * cannot be believed, for its plain form. Throws SSH_NO_SHELL, SSH_CONNECTION_LOST,
 * SSH_OUTPUT_INVALID, and whatever the shell itself throws (SSH_TIMEOUT, SSH_OUTPUT_TOO_LARGE, …).
 */
export async function collectFacts(shell: RemoteShell, options: CollectOptions): Promise<Facts> {
  const { script, signal, timeoutMs = 15_000, now = Date.now } = options;
  const asking = { shell, script, signal };
  const begin = performance.now();
  const leftMs = () => timeoutMs - (performance.now() - begin);
  const started = now();
  const first = await ask(asking, { timeoutMs });
  const ended = now();
  const timing = { collectedAt: ended, durationMs: Math.max(0, ended - started) };
  const read = async (output: RawOutput): Promise<Answer> => {
    const limit = readingLimit(signal, leftMs());
    return await readOutput(output, limit).catch((error: unknown) => {
      throw limit.aborted ? notRead(signal, timeoutMs) : error;
    });
  };
  const answer = await read({ run: first, ...timing });
  if (!answer.began && first.result.signalName === null) throw noShell(first.result);
  if (!answer.facts) throw cutShort(first.result, answer);
  if (answer.doubts.length === 0 || leftMs() < leastForMoreMs) return answer.facts;
  const again = await ask(asking, { timeoutMs: leftMs(), plainly: answer.doubts }).catch(
    (error: unknown) => {
      if (signal.aborted) throw error;
      // What was learned stays learned; the sections in doubt say so themselves.
      return null;
    },
  );
  if (!again) return answer.facts;
  const better = await read({ run: first, again, ...timing });
  return better.facts ?? answer.facts;
}

/** Less is not worth another question. */
const leastForMoreMs = 1_500;

interface Asking {
  readonly shell: RemoteShell;
  readonly script: string;
  readonly signal: AbortSignal;
}

/** Runs the script, for everything or for the plain forms of these tools. */
async function ask(
  { shell, script, signal }: Asking,
  { timeoutMs, plainly = [] }: { timeoutMs: number; plainly?: readonly Doubtful[] },
): Promise<Run & { result: ExecResult }> {
  // Fresh each time, so that nothing on the machine can have its marks ready.
  const nonce = randomBytes(16).toString('hex');
  const tools = plainly.length > 0 ? ` ${plainly.join(',')}` : '';
  const command = `sh -s ${quote(nonce)} ${scriptSeconds(timeoutMs)}${tools}`;
  const result = await shell.exec(command, { signal, stdin: script, timeoutMs });
  return { nonce, stdout: result.stdout, result };
}

/** What asking left of the time, and enough for an ordinary answer in any case. */
function readingLimit(signal: AbortSignal, leftMs: number): AbortSignal {
  if (!Number.isFinite(leftMs)) return signal;
  const limitMs = Math.min(Math.max(500, Math.ceil(leftMs)), longestTimerMs);
  return AbortSignal.any([signal, AbortSignal.timeout(limitMs)]);
}

const longestTimerMs = 2 ** 31 - 1;

function notRead(signal: AbortSignal, timeoutMs: number): RackhelmError {
  if (signal.aborted) return new RackhelmError('SSH_CANCELLED', 'Reading the facts was cancelled.');
  const seconds = Math.round(timeoutMs / 1000);
  const message = `What the machine printed could not be read within ${seconds} s.`;
  const hint = 'Look at what its tools print (ip, lsblk, df), or give it a longer time.';
  return new RackhelmError('SSH_TIMEOUT', message, { hint });
}

/** Whole seconds for the script's slow tools, so that ending them and answering fits in as well. */
function scriptSeconds(timeoutMs: number): number {
  return Math.min(11, Math.max(1, Math.floor(timeoutMs / 1000) - 4));
}

function isLost(result: ExecResult): boolean {
  return result.exitCode === null && result.signalName === null;
}

function noShell(result: ExecResult): RackhelmError {
  if (isLost(result)) {
    return new RackhelmError(
      'SSH_CONNECTION_LOST',
      'The connection ended before the machine answered.',
    );
  }
  const explained = explainNoShell(result);
  if (explained) return explained;
  const said = `${result.stdout.toString()}\n${result.stderr.toString()}`.trim();
  const data = {
    exitCode: result.exitCode,
    signalName: result.signalName,
    said: said.slice(0, 500),
  };
  if (result.exitCode !== 0 || said === '') {
    return new RackhelmError('SSH_NO_SHELL', 'This user has no shell that runs commands there.', {
      data,
    });
  }
  const message = 'Something other than a shell answered to this user.';
  return new RackhelmError('SSH_OUTPUT_INVALID', message, { data });
}

function cutShort(result: ExecResult, answer: Answer): RackhelmError {
  const where = answer.lastPart === null ? 'at its beginning' : `at "${answer.lastPart}"`;
  const data = {
    lastPart: answer.lastPart,
    exitCode: result.exitCode,
    signalName: result.signalName,
  };
  if (isLost(result)) {
    const message = `The connection was lost while the machine told its facts (${where}).`;
    return new RackhelmError('SSH_CONNECTION_LOST', message, { data });
  }
  const how = result.signalName ? `by signal ${result.signalName}` : `with code ${result.exitCode}`;
  const message = `The machine stopped telling its facts ${where}: the script ended ${how}.`;
  const hint =
    'Something on the machine ended the script; check memory and limits there, then try again.';
  return new RackhelmError('SSH_OUTPUT_INVALID', message, { hint, data });
}
