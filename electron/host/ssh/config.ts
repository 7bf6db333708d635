import { type ConfigLine, invalidLine } from './config-file.ts';
import { matchesList } from './glob.ts';

/** What the configuration says of one host. Undefined: nothing, so the default holds. */
export interface HostSettings {
  readonly hostName?: string;
  readonly user?: string;
  readonly port?: number;
  readonly identityFiles: readonly string[];
  readonly identitiesOnly: boolean;
  readonly identityAgent?: string;
  /** As written, `none` included. */
  readonly proxyJump?: string;
  readonly proxyCommand?: string;
  readonly userKnownHostsFiles?: readonly string[];
  readonly globalKnownHostsFiles?: readonly string[];
  readonly hostKeyAlias?: string;
  readonly connectTimeoutSeconds?: number;
}

export interface ConfigQuery {
  /** The name as the person wrote it. */
  readonly host: string;
  /** The user whom the person named, if any. */
  readonly user?: string;
  readonly localUser: string;
}

const secondsIn: Readonly<Record<string, number>> = {
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
};

/** The first value of each keyword wins; IdentityFile gathers all of them. */
class Collected {
  readonly query: ConfigQuery;
  readonly #first = new Map<string, ConfigLine>();
  readonly identityFiles: string[] = [];

  constructor(query: ConfigQuery) {
    this.query = query;
  }

  take(line: ConfigLine): void {
    // Two ways to say the same: whichever comes first holds, `none` included.
    const other = { proxyjump: 'proxycommand', proxycommand: 'proxyjump' }[line.keyword];
    if (other !== undefined && this.#first.has(other)) return;
    if (line.keyword === 'identityfile') this.identityFiles.push(...line.args);
    else if (!this.#first.has(line.keyword)) this.#first.set(line.keyword, line);
  }

  text(keyword: string): string | undefined {
    return this.#first.get(keyword)?.args[0];
  }

  list(keyword: string): readonly string[] | undefined {
    return this.#first.get(keyword)?.args;
  }

  number(keyword: string, max: number): number | undefined {
    const line = this.#first.get(keyword);
    if (!line) return undefined;
    const value = Number(line.args[0]);
    if (Number.isInteger(value) && value > 0 && value <= max) return value;
    throw invalidLine(
      line.file,
      line.line,
      `"${line.args[0]}" is not a number for ${line.keyword}`,
    );
  }

  /** TIME FORMATS of sshd_config(5): `90`, `30s`, `1m30s`. Undefined: `none`, or 0 for the default. */
  seconds(keyword: string): number | undefined {
    const line = this.#first.get(keyword);
    const text = line?.args[0];
    if (!line || text === undefined || text === 'none') return undefined;
    if (!/^(\d+[smhdw])*\d*$/i.test(text))
      throw invalidLine(line.file, line.line, `"${text}" is no time for ${line.keyword}`);
    const parts = text.matchAll(/(\d+)([smhdw]?)/gi);
    const total = [...parts].reduce(
      (sum, [, count, unit = '']) => sum + Number(count) * (secondsIn[unit.toLowerCase()] ?? 1),
      0,
    );
    return total === 0 ? undefined : Math.min(total, 86_400);
  }

  flag(keyword: string): boolean {
    const line = this.#first.get(keyword);
    const value = line?.args[0]?.toLowerCase();
    if (!line || value === 'no' || value === 'false') return false;
    if (value === 'yes' || value === 'true') return true;
    throw invalidLine(line.file, line.line, `${line.keyword} is neither yes nor no`);
  }
}

/**
 * Evaluates the directives for one host, as ssh_config(5) says: Host blocks match the name that was
 * written, `Match host` the HostName found so far.
 *
 * Not supported: `Match exec`, `localnetwork`, `address`, `tagged`, `final` and `canonical` (such a
 * block never applies) and CanonicalizeHostname; ProxyCommand only where it says what ProxyJump
 * says (see resolve.ts).
 */
export function settingsFor(lines: readonly ConfigLine[], query: ConfigQuery): HostSettings {
  const found = new Collected(query);
  evaluate(lines, found, true);
  return withoutUndefined({
    hostName: found.text('hostname'),
    user: found.text('user'),
    port: found.number('port', 65535),
    identityFiles: found.identityFiles,
    identitiesOnly: found.flag('identitiesonly'),
    identityAgent: found.text('identityagent'),
    proxyJump: found.text('proxyjump'),
    proxyCommand: found.text('proxycommand'),
    userKnownHostsFiles: found.list('userknownhostsfile'),
    globalKnownHostsFiles: found.list('globalknownhostsfile'),
    hostKeyAlias: found.text('hostkeyalias'),
    connectTimeoutSeconds: found.seconds('connecttimeout'),
  });
}

/** `active` is the state of the block around an Include; a Host inside the file does not leave it. */
function evaluate(lines: readonly ConfigLine[], found: Collected, active: boolean): void {
  let applies = active;
  for (const line of lines) {
    if (line.keyword === 'host')
      applies = active && matchesList(lower(line.args), found.query.host.toLowerCase());
    else if (line.keyword === 'match') applies = active && matchApplies(line, found);
    else if (line.included) evaluate(line.included, found, applies);
    else if (applies) found.take(line);
  }
}

function matchApplies(line: ConfigLine, found: Collected): boolean {
  let applies = true;
  for (let index = 0; index < line.args.length; index += 1) {
    const word = line.args[index] ?? '';
    const negated = word.startsWith('!');
    const criterion = word.slice(negated ? 1 : 0).toLowerCase();
    if (['all', 'final', 'canonical'].includes(criterion)) {
      applies &&= (criterion === 'all') !== negated;
      continue;
    }
    index += 1;
    const argument = line.args[index];
    if (argument === undefined)
      throw invalidLine(line.file, line.line, `Match ${word} lacks a value`);
    const subject = matchSubject(criterion, found);
    // A criterion that cannot be judged is not met, negated or not.
    applies &&= subject !== undefined && matchesList(argument.split(','), subject) !== negated;
  }
  return applies;
}

function matchSubject(criterion: string, found: Collected): string | undefined {
  const { query } = found;
  switch (criterion) {
    case 'host':
      return (found.text('hostname')?.replaceAll('%h', query.host) ?? query.host).toLowerCase();
    case 'originalhost':
      return query.host.toLowerCase();
    case 'user':
      return query.user ?? found.text('user') ?? query.localUser;
    case 'localuser':
      return query.localUser;
    default:
      return undefined;
  }
}

function lower(patterns: readonly string[]): string[] {
  return patterns.map((pattern) => pattern.toLowerCase());
}

/** exactOptionalPropertyTypes wants the key gone, not undefined. */
function withoutUndefined(value: { [K in keyof HostSettings]: HostSettings[K] | undefined }) {
  // The cast only says what the filter does.
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as unknown as HostSettings;
}
