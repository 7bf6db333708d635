import type { ConfigLine } from './config-file.ts';
import { evaluateMatch } from './config-match.ts';
import { ConfigValues } from './config-values.ts';
import { matchesList } from './glob.ts';

export interface ConfigQuery {
  /** The name as the person wrote it. */
  readonly host: string;
  /** The user whom the person named, if any. */
  readonly user?: string;
  readonly localUser: string;
}

/** The directives that hold for one host, and the Match lines that could not be judged. */
export interface FoundConfig {
  readonly values: ConfigValues;
  readonly unjudged: readonly { readonly line: ConfigLine; readonly criterion: string }[];
}

/**
 * Evaluates the directives of some files (each with what it includes) for one host, as ssh_config(5)
 * says: Host blocks match the name that was written, `Match host` the HostName found so far. Where
 * `Match final` or CanonicalizeHostname ask for it, all is read a second time; what the first reading
 * found stays.
 *
 * Not supported: `Match exec`, `command`, `address` and `version` (such a block never applies, and is
 * told), and looking names up for CanonicalizeHostname.
 */
export function findConfig(
  files: readonly (readonly ConfigLine[])[],
  query: ConfigQuery,
): FoundConfig {
  const evaluation = new Evaluation(query);
  evaluation.read(files);
  if (evaluation.wantsFinal) {
    evaluation.final = true;
    // As for ssh, the name is settled by now: a HostName of the second reading comes too late.
    const settled = query.host.replaceAll('%', '%%');
    evaluation.values.take({ keyword: 'hostname', args: [settled], file: '', line: 0 });
    evaluation.read(files);
  }
  return { values: evaluation.values, unjudged: [...evaluation.unjudged.values()] };
}

class Evaluation {
  readonly #query: ConfigQuery;
  readonly values = new ConfigValues();
  readonly unjudged = new Map<ConfigLine, { line: ConfigLine; criterion: string }>();
  final = false;
  #matchFinal = false;

  constructor(query: ConfigQuery) {
    this.#query = query;
  }

  get wantsFinal(): boolean {
    const canonicalize = this.values.text('canonicalizehostname')?.toLowerCase() ?? 'no';
    return this.#matchFinal || !['no', 'false', 'none'].includes(canonicalize);
  }

  read(files: readonly (readonly ConfigLine[])[]): void {
    for (const lines of files) this.#evaluate(lines, true);
  }

  /**
   * Each included file begins in the state of its Include line and leaves it as it was; where that
   * block does not apply, no block inside does.
   */
  #evaluate(lines: readonly ConfigLine[], active: boolean): void {
    let applies = active;
    for (const line of lines) {
      if (line.keyword === 'host')
        // As ssh: case counts, unlike in a name of the network; the second reading goes by HostName.
        applies = active && matchesList(line.args, this.#hostOfBlocks());
      else if (line.keyword === 'match') applies = this.#match(line) && active;
      else if (line.included) for (const file of line.included) this.#evaluate(file, applies);
      else if (applies) this.values.take(line);
    }
  }

  #hostOfBlocks(): string {
    return this.final ? this.#hostName().toLowerCase() : this.#query.host;
  }

  /** HostName so far, or the name as it was written. */
  #hostName(): string {
    const { host } = this.#query;
    const expand = (_all: string, token: string) => (token === 'h' ? host : '%');
    return this.values.text('hostname')?.replace(/%([h%])/g, expand) ?? host;
  }

  #match(line: ConfigLine): boolean {
    const { query, values } = { query: this.#query, values: this.values };
    const matched = evaluateMatch(line, {
      originalHost: query.host,
      host: this.#hostName(),
      user: query.user ?? values.text('user') ?? query.localUser,
      localUser: query.localUser,
      tag: values.text('tag') ?? '',
      final: this.final,
    });
    this.#matchFinal ||= matched.wantsFinal;
    const [criterion] = matched.unjudged;
    if (criterion !== undefined) this.unjudged.set(line, { line, criterion });
    return matched.applies;
  }
}
