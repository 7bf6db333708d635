import { type ConfigLine, invalidLine } from './config-file.ts';

// Older names for the same.
const aliases: Readonly<Record<string, string>> = {
  challengeresponseauthentication: 'kbdinteractiveauthentication',
  skeyauthentication: 'kbdinteractiveauthentication',
  tisauthentication: 'kbdinteractiveauthentication',
  dsaauthentication: 'pubkeyauthentication',
  pubkeyacceptedkeytypes: 'pubkeyacceptedalgorithms',
  identityfile2: 'identityfile',
  smartcarddevice: 'pkcs11provider',
  keepalive: 'tcpkeepalive',
};

const secondsIn: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
};

/** What was found for one host: the first value of each keyword wins, files of keys are gathered. */
export class ConfigValues {
  readonly #first = new Map<string, ConfigLine>();
  readonly #gathered = new Map<string, ConfigLine[]>([
    ['identityfile', []],
    ['certificatefile', []],
  ]);

  take(line: ConfigLine): void {
    const keyword = aliases[line.keyword] ?? line.keyword;
    // Two ways to say the same: whichever comes first holds, `none` included.
    const other = { proxyjump: 'proxycommand', proxycommand: 'proxyjump' }[keyword];
    if (other !== undefined && this.#first.has(other)) return;
    const gathered = this.#gathered.get(keyword);
    if (gathered) gathered.push(line);
    if (!this.#first.has(keyword)) this.#first.set(keyword, line);
  }

  line(keyword: string): ConfigLine | undefined {
    return this.#first.get(keyword);
  }

  text(keyword: string): string | undefined {
    return this.#first.get(keyword)?.args[0];
  }

  list(keyword: string): readonly string[] | undefined {
    return this.#first.get(keyword)?.args;
  }

  /** All values of a keyword that may come several times, each once. */
  all(keyword: 'identityfile' | 'certificatefile'): string[] {
    const lines = this.#gathered.get(keyword) ?? [];
    return [...new Set(lines.map(({ args }) => args[0] ?? ''))];
  }

  number(keyword: string, min: number, max: number): number | undefined {
    const line = this.#first.get(keyword);
    if (!line) return undefined;
    const text = line.args[0] ?? '';
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw this.invalid(line, `"${text}" is not a number for ${line.keyword}`);
  }

  /** TIME FORMATS of sshd_config(5): `90`, `30s`, `1m30s`. Undefined: nothing was said, or `none`. */
  seconds(keyword: string): number | undefined {
    const line = this.#first.get(keyword);
    const text = line?.args[0];
    if (!line || text === undefined || text === 'none') return undefined;
    if (!/^(\d+[smhdw])*\d*$/i.test(text))
      throw this.invalid(line, `"${text}" is no time for ${line.keyword}`);
    const parts = text.matchAll(/(\d+)([smhdw]?)/gi);
    const total = [...parts].reduce(
      (sum, [, count, unit = '']) => sum + Number(count) * (secondsIn[unit.toLowerCase()] ?? 1),
      0,
    );
    return Math.min(total, 86_400);
  }

  /** Undefined: nothing was said. `also` names further words that mean yes. */
  flag(keyword: string, also: readonly string[] = []): boolean | undefined {
    const line = this.#first.get(keyword);
    if (!line) return undefined;
    const value = line.args[0]?.toLowerCase() ?? '';
    if (value === 'no' || value === 'false') return false;
    if (value === 'yes' || value === 'true' || also.includes(value)) return true;
    throw this.invalid(line, `${line.keyword} is neither yes nor no`);
  }

  /** One of several words, in lower case. */
  word<W extends string>(keyword: string, words: Readonly<Record<string, W>>): W | undefined {
    const line = this.#first.get(keyword);
    if (!line) return undefined;
    const written = line.args[0]?.toLowerCase() ?? '';
    const word = Object.hasOwn(words, written) ? words[written] : undefined;
    if (word !== undefined) return word;
    throw this.invalid(line, `"${line.args[0]}" is no value for ${line.keyword}`);
  }

  invalid(line: ConfigLine, what: string, cause?: unknown) {
    return invalidLine(line.file, line.line, what, cause);
  }
}
