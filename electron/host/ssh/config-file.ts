import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { splitArguments } from './split-arguments.ts';

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

// Their value is a command for a shell, quotes and all.
const commands = new Set(['proxycommand', 'localcommand', 'remotecommand', 'knownhostscommand']);

/** One line of ssh_config(5); null where nothing stands in it. */
export function parseLine(raw: string, file: string, line: number): ConfigLine | null {
  const text = raw.trim();
  if (text === '' || text.startsWith('#')) return null;
  const [, written = '', rest = ''] = /^([^\s=]+)(?:\s*=\s*|\s+)?(.*)$/.exec(text) ?? [];
  const keyword = written.toLowerCase();
  const args = commands.has(keyword) ? [rest] : splitArguments(rest);
  if (args === null) throw invalidLine(file, line, 'a quote is not closed');
  if (args.every((arg) => arg === '')) throw invalidLine(file, line, 'a value is missing');
  return { keyword, args, file, line };
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
