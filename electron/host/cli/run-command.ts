import { type Command, CommanderError } from 'commander';
import { z } from 'zod';
import { type ErrorCode, RackhelmError } from '../../../shared/model/errors.ts';
import { hostKeyFacts } from '../../../shared/model/ssh.ts';
import { endWhenReaderLeaves } from './terminal/end-process.ts';
import { tell } from './terminal/output.ts';

/** Exit codes of every command; README lists them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  /** A machine could not be reached or read. */
  machine: 3,
  /** Some machines of several succeeded. */
  partly: 4,
  /** It is not clear which device a machine is, and nobody was there to ask. */
  unclear: 5,
  /** `rackhelm lint` found an error, or a check failed. */
  found: 6,
  /** Nobody was there to answer, or to open the store of secrets. */
  waiting: 7,
  /** Ctrl-C, or no to what was asked. */
  interrupted: 130,
} as const;

export function exitCodeOf(code: ErrorCode): number {
  if (code === 'SSH_CANCELLED') return exitCodes.interrupted;
  if (code === 'SSH_CONFIG_INVALID' || code === 'INVALID_INPUT') return exitCodes.usage;
  if (code === 'MACHINE_UNCLEAR') return exitCodes.unclear;
  if (code === 'SECRETS_LOCKED') return exitCodes.waiting;
  return code.startsWith('SSH_') ? exitCodes.machine : exitCodes.failed;
}

/** One sentence and what to do, on one line each; of a host key also what to compare. */
export function describeError(error: RackhelmError): string {
  const key = shownKey.safeParse(error.data.key);
  const shown = key.success ? `It shows ${key.data.type} ${key.data.sha256}. ` : '';
  return `${error.message}\n${shown}${hintOf(error)}\n`;
}

/** What to do, as the command line offers it. */
export function hintOf(error: RackhelmError): string {
  const candidates = unclearMachine.safeParse(error.data);
  if (error.code !== 'MACHINE_UNCLEAR' || !candidates.success) {
    // No answer and no flag would help where the key was not for a person to judge.
    if (error.data.unasked === true) return error.hint;
    return hints[error.code] ?? error.hint;
  }
  const names = candidates.data.matches
    .slice(0, 3)
    .map(({ deviceName }) => `--as ${word(deviceName)}`);
  return `Say which it is: ${names.join(' or ')} if it is that device, --new if it is a new one.`;
}

/** As a shell wants it; what is harmless stays as it is. */
function word(text: string): string {
  return /^[\w.@:+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

const unclearMachine = z.object({ matches: z.array(z.object({ deviceName: z.string() })).min(1) });

const shownKey = hostKeyFacts.pick({ type: true, sha256: true });

/** Where the window offers something that the command line does not, or in another way. */
const hints: Partial<Record<ErrorCode, string>> = {
  DATA_DAMAGED: 'Start Rackhelm; it offers the newest good copy and keeps the damaged file.',
  SSH_HOST_KEY_UNKNOWN:
    'Compare it with what the machine itself shows, then answer yes in a terminal or give --accept-new-host-key.',
  SSH_HOST_KEY_CHANGED:
    'If you reinstalled the machine, run this in a terminal and accept the new key; if not, somebody may be in between.',
};

/** A command that did its work and still wants another exit code than 0 throws this. */
export class Exit extends Error {
  readonly exitCode: number;
  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/** Runs a command and returns the exit code. Errors go to stderr, never a stack of ours. */
export async function runCommand(command: Command, argv: readonly string[]): Promise<number> {
  endWhenReaderLeaves();
  try {
    await command.parseAsync(argv);
    return exitCodes.done;
  } catch (error) {
    if (error instanceof Exit) return error.exitCode;
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage;
    if (error instanceof RackhelmError) {
      tell(describeError(error));
      return exitCodeOf(error.code);
    }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    tell(`Something went wrong inside Rackhelm.\n${text}\n`);
    return exitCodes.failed;
  }
}
