import { createHash } from 'node:crypto';
import os from 'node:os';
import path from 'node:path';

export interface TokenValues {
  readonly home: string;
  readonly localUser: string;
  /** %h */
  readonly host: string;
  /** %n: the name as it was written. */
  readonly alias: string;
  readonly port: number;
  /** %r: the user on the other side. */
  readonly user: string;
  /** HostKeyAlias, for %k. */
  readonly keyAlias?: string | undefined;
  /** ProxyJump as written, for %j; empty without. */
  readonly jump?: string | undefined;
  readonly environment: NodeJS.ProcessEnv;
}

/** An unknown token or an unset variable; `message` is a clause: "%x is no token of ssh". */
export class TokenError extends Error {
  override readonly name = 'TokenError';
}

/** The tokens that most keywords take (ssh_config(5), TOKENS). */
export const clientTokens = '%CdhijkLlnpru';
/** Those of ProxyJump and ProxyCommand. */
export const proxyTokens = '%hknpr';
/** Those of HostName. */
export const hostNameTokens = '%h';

/** Expands the tokens of ssh_config(5) that `known` lists. Throws TokenError. */
export function expandTokens(text: string, values: TokenValues, known = clientTokens): string {
  if (!text.includes('%')) return text;
  return text.replace(/%([\s\S]?)/g, (_all, token: string) => {
    const expand = known.includes(token) ? tokens[token] : undefined;
    if (token === '') throw new TokenError('a % stands at the end');
    if (!expand) throw new TokenError(`%${token} is no token here`);
    return expand(values);
  });
}

/** Expands `${NAME}`, as ssh does where it takes paths. Throws TokenError for one that is not set. */
export function expandVariables(text: string, environment: NodeJS.ProcessEnv): string {
  return text.replace(/\$\{([^}]*)(\}?)/g, (all, name: string, end: string) => {
    if (end === '' || !/^\w+$/.test(name)) throw new TokenError(`${all} is no variable`);
    const value = environment[name];
    if (value === undefined) throw new TokenError(`the variable ${name} is not set`);
    return value;
  });
}

/** `~`, tokens and variables of a path; a relative one starts at home. Throws TokenError. */
export function expandPath(text: string, values: TokenValues): string {
  const expanded = expandTokens(
    expandVariables(atHome(text, values.home), values.environment),
    values,
  );
  return path.resolve(values.home, expanded);
}

/** `~` alone, as in GlobalKnownHostsFile. */
export function atHome(text: string, home: string): string {
  if (/^~(?=\/|$)/.test(text)) return home + text.slice(1);
  const named = /^~([^/]+)(.*)$/s.exec(text);
  if (!named) return text;
  if (named[1] === userName()) return os.userInfo().homedir + (named[2] ?? '');
  throw new TokenError(`the home of ${named[1]} is not known here; write the whole path`);
}

function userName(): string | null {
  try {
    return os.userInfo().username;
  } catch {
    // An account without an entry in passwd, as in some containers.
    return null;
  }
}

const tokens: Readonly<Record<string, (values: TokenValues) => string>> = {
  '%': () => '%',
  // OpenSSH 9.6 and newer add the jump hosts, which older ones leave out.
  C: (values) =>
    createHash('sha1')
      .update(os.hostname() + values.host + String(values.port) + values.user)
      .digest('hex'),
  d: ({ home }) => home,
  h: ({ host }) => host,
  i: () => String(process.getuid?.() ?? ''),
  j: ({ jump }) => jump ?? '',
  k: ({ keyAlias, alias }) => keyAlias ?? alias,
  L: () => os.hostname().split('.')[0] ?? '',
  l: () => os.hostname(),
  n: ({ alias }) => alias,
  p: ({ port }) => String(port),
  r: ({ user }) => user,
  u: ({ localUser }) => localUser,
};
