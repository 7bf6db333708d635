import { type Command, CommanderError } from 'commander';
import { type ErrorCode, RackhelmError } from '../../../shared/model/errors.ts';
import { hostKeyFacts } from '../../../shared/model/ssh.ts';
import { endWhenReaderLeaves } from './end-process.ts';
import { tell } from './output.ts';

/** Exit codes of every command; README lists them. */
export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  /** A machine could not be reached or read. */
  machine: 3,
  /** Some machines of several succeeded. */
  partly: 4,
  interrupted: 130,
} as const;

export function exitCodeOf(code: ErrorCode): number {
  if (code === 'SSH_CANCELLED') return exitCodes.interrupted;
  if (code === 'SSH_CONFIG_INVALID' || code === 'INVALID_INPUT') return exitCodes.usage;
  return code.startsWith('SSH_') ? exitCodes.machine : exitCodes.failed;
}

/** One sentence and what to do, on one line each; of a host key also what to compare. */
export function describeError(error: RackhelmError): string {
  const key = shownKey.safeParse(error.data.key);
  const shown = key.success ? `It shows ${key.data.type} ${key.data.sha256}. ` : '';
  return `${error.message}\n${shown}${hints[error.code] ?? error.hint}\n`;
}

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
