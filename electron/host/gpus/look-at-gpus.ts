import { randomBytes } from 'node:crypto';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { quote, type RemoteShell } from '../connections/ssh/index.ts';
import { type Part, readFrames } from '../facts/index.ts';

/** `now`: cards and processes; `names`: also what engines call their containers; `all`: all that is told. */
export type LookFor = 'now' | 'names' | 'all';

export interface LookOptions {
  /** The text of the script `gpus`. */
  readonly script: string;
  readonly signal: AbortSignal;
}

/** Seconds for the tools there, and milliseconds until nothing is expected any more. */
const toolSeconds = 11;
const timeoutMs = 16_000;

/**
 * One look at the cards of a machine, in one round trip: the parts of what the script printed. Throws
 * SSH_OUTPUT_INVALID where the machine has no shell that runs it, and what the shell throws.
 */
export async function lookAtGpus(
  shell: RemoteShell,
  what: LookFor,
  { script, signal }: LookOptions,
): Promise<ReadonlyMap<string, Part>> {
  // Fresh each time, so that nothing on the machine can have its marks ready.
  const nonce = randomBytes(16).toString('hex');
  const command = `sh -s ${quote(nonce)} ${toolSeconds} ${what}`;
  const { stdout } = await shell.exec(command, { signal, stdin: script, timeoutMs });
  const frames = readFrames(stdout, nonce);
  if (frames.began) return frames.parts;
  throw new RackhelmError('SSH_OUTPUT_INVALID', 'The machine did not run what it was sent.', {
    hint: 'It needs a POSIX shell for the login that is used.',
  });
}
