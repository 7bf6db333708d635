import { randomBytes } from 'node:crypto';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import { type ExecResult, explainNoShell, quote, type RemoteShell } from '../ssh/index.ts';
import { type Frames, readFrames } from './frames.ts';
import { factsOf } from './parse.ts';

export interface CollectOptions {
  /** The text of resources/facts.sh. */
  readonly script: string;
  readonly signal: AbortSignal;
  /** Milliseconds for the whole, default 15,000. The script bounds itself to less than that. */
  readonly timeoutMs?: number;
  /** UTC milliseconds; for tests. */
  readonly now?: () => number;
}

/**
 * Asks one machine for its facts in one round trip. Throws SSH_NO_SHELL, SSH_CONNECTION_LOST,
 * SSH_OUTPUT_INVALID, and whatever the shell itself throws (SSH_TIMEOUT, SSH_OUTPUT_TOO_LARGE, …).
 */
export async function collectFacts(shell: RemoteShell, options: CollectOptions): Promise<Facts> {
  const { script, signal, timeoutMs = 15_000, now = Date.now } = options;
  // Fresh each time, so that nothing on the machine can have its marks ready.
  const nonce = randomBytes(16).toString('hex');
  const started = now();
  const budget = scriptSeconds(timeoutMs);
  const result = await shell.exec(`sh -s ${quote(nonce)} ${budget}`, {
    signal,
    stdin: script,
    timeoutMs,
  });
  const ended = now();
  const frames = readFrames(result.stdout, nonce);
  if (!frames.began && result.signalName === null) throw noShell(result);
  if (!frames.ended) throw cutShort(result, frames);
  return factsOf(frames, { collectedAt: ended, durationMs: Math.max(0, ended - started) });
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

function cutShort(result: ExecResult, frames: Frames): RackhelmError {
  const where = frames.lastPart === null ? 'at its beginning' : `at "${frames.lastPart}"`;
  const data = {
    lastPart: frames.lastPart,
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
