import type { PlanItem } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { harmless } from '../../connections/ssh/index.ts';
import type { PhaseContext } from '../jobs/index.ts';

/** Tools of root are found also where a user's PATH leaves them out; what they say is English. */
export const prelude = [
  'PATH=$PATH:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  'LC_ALL=C LANG=C DEBIAN_FRONTEND=noninteractive',
  'export PATH LC_ALL LANG DEBIAN_FRONTEND',
  'unset LANGUAGE',
].join('\n');

/** One line that changes something: the plan shows it and `runCommand` runs it, so they are the same. */
export interface Command {
  readonly command: string;
  readonly says?: string;
  /** Default true. */
  readonly root?: boolean;
  /** Milliseconds; default 30,000. */
  readonly timeoutMs?: number;
}

export function commandItem({ command, says, root = true }: Command): PlanItem {
  return { kind: 'command', command, root, ...(says === undefined ? {} : { says }) };
}

export function note(weight: 'info' | 'warning', text: string): PlanItem {
  return { kind: 'note', weight, text: harmless(text).slice(0, 1_000) };
}

export interface CommandAnswer {
  readonly exitCode: number | null;
  /** Both streams, made harmless, the last part of them. */
  readonly said: string;
}

/** Runs it whatever comes back; what it prints goes into the log. */
export async function tryCommand(context: PhaseContext, asked: Command): Promise<CommandAnswer> {
  const { machine, signal } = context;
  const { command, root = true, timeoutMs = 30_000 } = asked;
  await machine.checkLock(signal);
  context.log(`${root ? '#' : '$'} ${harmless(command)}`);
  const result = await machine.run(`${prelude}\n${command}\n`, {
    signal,
    root,
    timeoutMs,
    named: command,
    onLine: (stream, line) => context.log(line, stream),
  });
  const said = [result.stdout, result.stderr].map((text) => text.toString('utf8')).join('\n');
  return { exitCode: result.exitCode, said: harmless(said).trim().slice(-4_000) };
}

/** Throws COMMAND_FAILED where it does not end well. */
export async function runCommand(context: PhaseContext, asked: Command): Promise<string> {
  const { exitCode, said } = await tryCommand(context, asked);
  if (exitCode === 0) return said;
  throw commandFailed(asked.command, said, context.machine.name);
}

export function commandFailed(command: string, said: string, where: string): RackhelmError {
  const [first = command] = command.split('\n');
  const last = said.split('\n').slice(-4).join(' ');
  return new RackhelmError(
    'COMMAND_FAILED',
    `“${beginning(harmless(first))}” failed on ${where}: ${last.slice(0, 1_000) || 'it said nothing.'}`,
  );
}

const longestShown = 120;

function beginning(command: string): string {
  return command.length > longestShown ? `${command.slice(0, longestShown - 1)}…` : command;
}

export async function runAll(context: PhaseContext, commands: readonly Command[]): Promise<void> {
  for (const command of commands) await runCommand(context, command);
}

export function notPossible(message: string, hint?: string): RackhelmError {
  return new RackhelmError('FIX_NOT_POSSIBLE', message, hint === undefined ? {} : { hint });
}
