import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import SSHConfig, { LineType } from 'ssh-config';
import { RackhelmError } from '../../../shared/model/errors.ts';

/** One directive, and where it stands. */
export interface ConfigLine {
  /** Lower case: OpenSSH does not tell `hostname` from `HostName`. */
  readonly keyword: string;
  readonly args: readonly string[];
  readonly file: string;
  readonly line: number;
  /** For Include: the directives of the files it names, in order. */
  readonly included?: readonly ConfigLine[];
}

export interface ConfigSource {
  readonly file: string;
  /** Where relative Include paths start: `~/.ssh` for the user's, `/etc/ssh` for the system's. */
  readonly includeBase: string;
  /** A file that was named has to be there; a default one need not. */
  readonly required: boolean;
}

// OpenSSH's own limit; a file that includes itself ends here.
const maxIncludeDepth = 16;

/** Reads a configuration file with everything it includes. Throws SSH_CONFIG_INVALID. */
export async function readConfig(source: ConfigSource, home: string): Promise<ConfigLine[]> {
  return readOne(source, home, 0);
}

async function readOne(source: ConfigSource, home: string, depth: number): Promise<ConfigLine[]> {
  const text = await readText(source);
  const lines: ConfigLine[] = [];
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = parseLine(raw, source.file, index + 1);
    if (!line) continue;
    if (line.keyword !== 'include') lines.push(line);
    else lines.push({ ...line, included: await readIncluded(line, source, home, depth + 1) });
  }
  return lines;
}

async function readText(source: ConfigSource): Promise<string> {
  try {
    // Some editors begin a file with a mark that is no part of the first keyword.
    return (await readFile(source.file, 'utf8')).replace(/^\uFEFF/, '');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (missing && !source.required) return '';
    throw new RackhelmError(
      'SSH_CONFIG_INVALID',
      `The ssh configuration ${source.file} ${missing ? 'does not exist' : 'cannot be read'}.`,
      { cause, data: { file: source.file } },
    );
  }
}

/**
 * The package parses; it is given one line at a time, since its errors do not name one. Its
 * evaluation is not used: it knows no Include, calls nslookup, runs `Match exec` and reads `?` as
 * "one character or none".
 */
export function parseLine(raw: string, file: string, line: number): ConfigLine | null {
  const text = raw.trim();
  if (text === '' || text.startsWith('#')) return null;
  let parsed: SSHConfig;
  try {
    parsed = SSHConfig.parse(text);
  } catch (cause) {
    // The package stumbles with a TypeError over a keyword without a value.
    const what = /line break/.test(String(cause)) ? 'a quote is not closed' : 'a value is missing';
    throw invalidLine(file, line, what, cause);
  }
  const [first] = parsed;
  if (first?.type !== LineType.DIRECTIVE) return null;
  const args = Array.isArray(first.value) ? first.value.map(({ val }) => val) : [first.value];
  if (args.every((arg) => arg === '')) throw invalidLine(file, line, 'a value is missing');
  return { keyword: first.param.toLowerCase(), args, file, line };
}

export function invalidLine(file: string, line: number, what: string, cause?: unknown) {
  return new RackhelmError('SSH_CONFIG_INVALID', `${file}, line ${line}: ${what}.`, {
    cause,
    data: { file, line },
  });
}

async function readIncluded(
  include: ConfigLine,
  source: ConfigSource,
  home: string,
  depth: number,
): Promise<ConfigLine[]> {
  if (depth > maxIncludeDepth)
    throw invalidLine(include.file, include.line, 'Include goes round in a circle');
  const lines: ConfigLine[] = [];
  for (const pattern of include.args) {
    for (const file of await filesOf(pattern, source.includeBase, home))
      lines.push(...(await readOne({ ...source, file, required: false }, home, depth)));
  }
  return lines;
}

async function filesOf(pattern: string, base: string, home: string): Promise<string[]> {
  const expanded = pattern.startsWith('~/') ? path.join(home, pattern.slice(2)) : pattern;
  const absolute = path.resolve(base, expanded);
  if (!/[*?[\]]/.test(absolute)) return [absolute];
  const files: string[] = [];
  for await (const file of glob(absolute)) files.push(file);
  return files.sort();
}
