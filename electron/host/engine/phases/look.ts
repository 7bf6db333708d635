import { randomBytes } from 'node:crypto';
import type { Evidence } from '../../../../shared/checks/check.ts';
import type { Probed, Standing } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { harmless } from '../../connections/ssh/index.ts';
import type { LookContext } from '../jobs/index.ts';
import type { RunResult } from '../machines/index.ts';
import { prelude } from './command.ts';

/** What one of several commands said; stdout and stderr as they came. */
export interface Part {
  readonly command: string;
  readonly text: string;
  readonly exitCode: number;
}

export interface Looked<Label extends string> {
  readonly parts: Readonly<Record<Label, Part>>;
  readonly evidence: Evidence[];
}

export interface LookOptions {
  readonly root?: boolean;
  /** How the whole is called. */
  readonly named: string;
}

/**
 * What came back is not whole, so that nothing may be read from what is missing in it. A probe says unknown;
 * a step that needs the answer ends with STEP_UNCERTAIN.
 */
export class UnclearAnswer extends RackhelmError {
  readonly evidence: Evidence[];

  constructor(message: string, evidence: readonly Evidence[] = []) {
    super('STEP_UNCERTAIN', harmless(message).slice(0, 1_000));
    this.name = 'UnclearAnswer';
    this.evidence = [...evidence];
  }
}

const shownOfPart = 4_000;
/** As many as a probe may carry. */
const mostEvidence = 20;

/**
 * Asks several things in one round trip. The commands change nothing. Each answer stands between marks
 * with a random word: an answer that is cut, or a file that holds such marks, is never taken for another.
 */
export async function look<Label extends string>(
  context: LookContext,
  asked: Readonly<Record<Label, string>>,
  options: LookOptions,
): Promise<Looked<Label>> {
  const mark = `@@${randomBytes(9).toString('hex')}`;
  const { machine, signal } = context;
  const { named, root = false } = options;
  const result = await machine.run(lookScript(mark, asked), { signal, root, named });
  const parts = readParts(mark, asked, result);
  return { parts, evidence: evidenceOf(result, Object.values<Part>(parts)) };
}

export function lookScript(mark: string, asked: Readonly<Record<string, string>>): string {
  const parts = Object.entries(asked).map(([label, command]) =>
    [
      `printf '\\n${mark} part ${label}\\n'`,
      `(\n${command}\n) </dev/null 2>&1`,
      `printf '\\n${mark} exit %s\\n' "$?"`,
    ].join('\n'),
  );
  return `${prelude}\n${parts.join('\n')}\nprintf '\\n${mark} end\\n'\n`;
}

function readParts<Label extends string>(
  mark: string,
  asked: Readonly<Record<Label, string>>,
  result: RunResult,
): Record<Label, Part> {
  const said = result.stdout.toString('utf8');
  const unclear = (why: string) => new UnclearAnswer(why, [result.evidence]);
  if (result.exitCode !== 0 || !said.includes(`\n${mark} end\n`))
    throw unclear('The machine’s answer broke off.');
  const entries = Object.entries<string>(asked).map(([label, command]) => {
    const begin = `\n${mark} part ${label}\n`;
    const from = said.indexOf(begin);
    const rest = said.slice(from + begin.length);
    const end = rest.indexOf(`\n${mark} exit `);
    const code = /^\d+(?=\n)/.exec(rest.slice(end + mark.length + 7));
    if (from < 0 || end < 0 || !code) throw unclear('The machine’s answer is not whole.');
    return [label, { command, text: rest.slice(0, end), exitCode: Number(code[0]) }];
  });
  // The labels are those that were asked for.
  return Object.fromEntries(entries) as Record<Label, Part>;
}

function evidenceOf(result: RunResult, parts: readonly Part[]): Evidence[] {
  return parts.slice(0, mostEvidence).map(({ command, text, exitCode }) => ({
    ...result.evidence,
    ran: harmless(command).slice(0, 1_000),
    said: harmless(text).trim().slice(0, shownOfPart),
    cut: text.length > shownOfPart,
    exit: exitCode,
  }));
}

/** A probe's answer from what it found; what cannot be read whole is unknown. */
export async function probing(
  work: () => Promise<{ standing: Standing; found: string; evidence: readonly Evidence[] }>,
): Promise<Probed> {
  try {
    const { standing, found, evidence } = await work();
    return {
      standing,
      found: harmless(found).slice(0, 1_000),
      evidence: evidence.slice(0, mostEvidence),
    };
  } catch (error) {
    if (!(error instanceof UnclearAnswer)) throw error;
    return { standing: 'unknown', found: error.message, evidence: error.evidence };
  }
}

/** The lines of a part that are not empty. */
export function linesOf({ text }: Part): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** The text of a part that had to succeed. */
export function told(part: Part): string {
  if (part.exitCode === 0) return part.text;
  throw new UnclearAnswer(`“${part.command}” failed: ${part.text.trim().slice(0, 300)}`);
}
