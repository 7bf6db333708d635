import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { refuseForeignOwner } from './config-owner.ts';
import { ForeignFileError, globForeignFiles, readForeignFile } from './foreign-file.ts';
import type { ReadFile } from './foreign-file-request.ts';
import { splitArguments } from './split-arguments.ts';

/** One directive, and where it stands. */
export interface ConfigLine {
  /** Lower case: OpenSSH does not tell `hostname` from `HostName`. */
  readonly keyword: string;
  readonly args: readonly string[];
  readonly file: string;
  readonly line: number;
  /** For Include: the directives of each file that it names, in order. */
  readonly included?: readonly (readonly ConfigLine[])[];
}

export interface ConfigSource {
  readonly file: string;
  /** Where relative Include paths start: `~/.ssh` for the user's, `/etc/ssh` for the system's. */
  readonly includeBase: string;
  /** A file that was named has to be there; a default one need not. */
  readonly required: boolean;
  /** ssh does not read such a file when others may write it. */
  readonly ownOnly?: boolean;
}

export interface ReadConfigOptions {
  readonly home: string;
  readonly signal?: AbortSignal | undefined;
  /** Expands tokens and variables in an Include path; null: it cannot be told here, pass over it. */
  readonly expandInclude?: (written: string, where: ConfigLine) => string | null;
}

// OpenSSH's own limit; a file that includes itself ends here.
const maxIncludeDepth = 16;
// Far beyond what anybody has; files that include each other many times over end here.
const mostFiles = 2000;
const mostLines = 1_000_000;
/** Lines between two pauses in which others get their turn. */
const slice = 2000;

/** Reads a configuration file with everything it includes. Throws SSH_CONFIG_INVALID, SSH_TIMEOUT. */
export function readConfig(
  source: ConfigSource,
  options: ReadConfigOptions,
): Promise<ConfigLine[]> {
  return new ConfigReading(source, options).read(source, 0);
}

class ConfigReading {
  readonly #source: ConfigSource;
  readonly #options: ReadConfigOptions;
  #files = 0;
  #lines = 0;

  constructor(source: ConfigSource, options: ReadConfigOptions) {
    this.#source = source;
    this.#options = options;
  }

  async read(source: ConfigSource, depth: number): Promise<ConfigLine[]> {
    this.#files += 1;
    if (this.#files > mostFiles) throw this.#tooMuch(`more than ${mostFiles} files are included`);
    const lines: ConfigLine[] = [];
    for (const [index, raw] of (await this.#text(source)).split('\n').entries()) {
      this.#lines += 1;
      if (this.#lines > mostLines) throw this.#tooMuch('it is too long');
      if (this.#lines % slice === 0) await setImmediate();
      const line = parseLine(raw, source.file, index + 1);
      if (!line) continue;
      if (line.keyword !== 'include') lines.push(line);
      else lines.push({ ...line, included: await this.#included(line, depth + 1) });
    }
    return lines;
  }

  async #included(include: ConfigLine, depth: number): Promise<ConfigLine[][]> {
    if (depth > maxIncludeDepth)
      throw invalidLine(include.file, include.line, 'Include goes round in a circle');
    const files: ConfigLine[][] = [];
    for (const written of include.args) {
      for (const file of await this.#filesOf(written, include))
        files.push(
          await this.read({ ...this.#source, file, required: false, ownOnly: true }, depth),
        );
    }
    return files;
  }

  /** Include is a glob(7) pattern even where it looks like a path; what is not there is no mistake. */
  async #filesOf(written: string, include: ConfigLine): Promise<readonly string[]> {
    const { expandInclude, home, signal } = this.#options;
    const expanded = expandInclude ? expandInclude(written, include) : written;
    if (expanded === null) return [];
    const atHome = /^~(?=\/|$)/.test(expanded) ? home + expanded.slice(1) : expanded;
    return globForeignFiles(path.resolve(this.#source.includeBase, atHome), signal);
  }

  async #text(source: ConfigSource): Promise<string> {
    const { signal } = this.#options;
    try {
      const file = await readForeignFile(source.file, { kind: 'configuration', signal });
      if (source.ownOnly) refuseForeignOwner(source.file, file);
      return decode(source.file, file);
    } catch (cause) {
      if (!(cause instanceof ForeignFileError)) throw cause;
      if (cause.problem === 'missing' && !source.required) return '';
      // As for ssh: a folder among the files of a pattern says nothing.
      if (cause.problem === 'folder' && !source.required) return '';
      throw invalidFile(source.file, cause.what, cause);
    }
  }

  #tooMuch(what: string): RackhelmError {
    return invalidFile(this.#source.file, `cannot be used: ${what}`);
  }
}

function decode(file: string, { content }: ReadFile): string {
  // What PowerShell writes with ">"; ssh does not read it either.
  if ((content[0] === 0xff && content[1] === 0xfe) || (content[0] === 0xfe && content[1] === 0xff))
    throw invalidFile(file, 'is written in UTF-16; save it as UTF-8');
  // Some editors begin a file with a mark that is no part of the first keyword.
  return content.toString('utf8').replace(/^\uFEFF/, '');
}

function invalidFile(file: string, what: string, cause?: unknown): RackhelmError {
  return new RackhelmError('SSH_CONFIG_INVALID', `The ssh configuration ${file} ${what}.`, {
    cause,
    data: { file },
  });
}

// Their value is a command for a shell, quotes and all.
const commands = new Set(['proxycommand', 'localcommand', 'remotecommand', 'knownhostscommand']);

/** One line of ssh_config(5); null where nothing stands in it. */
export function parseLine(raw: string, file: string, line: number): ConfigLine | null {
  // A NUL byte ends the line for ssh, which reads it as C does.
  const nul = raw.indexOf('\0');
  const text = (nul < 0 ? raw : raw.slice(0, nul)).trim();
  if (text === '' || text.startsWith('#')) return null;
  const [, quoted, plain = '', rest = ''] =
    /^(?:"([^"]*)"|([^\s="]+))(?:\s*=\s*|\s+)?(.*)$/s.exec(text) ?? [];
  const keyword = (quoted ?? plain).toLowerCase();
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
