import { type Evidence, mostEvidence } from '../../../../shared/checks/check.ts';
import { harmless } from '../../connections/ssh/index.ts';
import type { RunOptions } from './machine.ts';

export interface RanScript {
  readonly script: string;
  readonly options: Pick<RunOptions, 'named' | 'args'>;
  readonly where: string;
  readonly as: string;
  readonly at: number;
  readonly durationMs: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly exit: Evidence['exit'];
}

const longestCommand = 1_000;

/** What a check or probe may show of a script that ran. */
export function runEvidence(ran: RanScript): Evidence {
  const said = [text(ran.stdout), text(ran.stderr)].filter((part) => part !== '').join('\n');
  return {
    ran: calledAs(ran.script, ran.options),
    where: ran.where.slice(0, 255),
    as: ran.as.slice(0, 255),
    at: ran.at,
    durationMs: Math.max(0, Math.round(ran.durationMs)),
    said: said.slice(0, mostEvidence),
    cut: said.length > mostEvidence,
    exit: ran.exit,
  };
}

/** A name that was given, or the first line that does something. */
export function calledAs(script: string, { named, args = [] }: RanScript['options']): string {
  if (named !== undefined) return harmless(named).slice(0, longestCommand);
  const lines = script.split('\n').filter((line) => /^\s*[^\s#]/.test(line));
  const [first = ''] = lines;
  const words = lines.length === 1 && args.length > 0 ? ` # ${args.join(' ')}` : '';
  return harmless(`${first.trim()}${lines.length > 1 ? ' …' : words}`).slice(0, longestCommand);
}

function text(output: Buffer): string {
  return harmless(output.toString('utf8', 0, mostEvidence * 4)).replace(/\n+$/, '');
}
