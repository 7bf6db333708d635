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
  readonly environment: NodeJS.ProcessEnv;
}

/** Expands `~`, `${NAME}` and the % tokens of ssh_config(5) in a path. */
export function expandPath(text: string, values: TokenValues): string {
  const tilde = /^~(?=\/|$)/.test(text) ? values.home + text.slice(1) : text;
  const environment = tilde.replace(/\$\{(\w+)\}/g, (_all, name) => values.environment[name] ?? '');
  const expanded = environment.replace(/%(.)/g, (all, token) => tokens(values)[token] ?? all);
  return path.resolve(values.home, expanded);
}

function tokens(values: TokenValues): Readonly<Record<string, string>> {
  const local = os.hostname();
  const key = local + values.host + String(values.port) + values.user;
  return {
    '%': '%',
    C: createHash('sha1').update(key).digest('hex'),
    d: values.home,
    h: values.host,
    i: String(process.getuid?.() ?? ''),
    k: values.alias,
    L: local.split('.')[0] ?? local,
    l: local,
    n: values.alias,
    p: String(values.port),
    r: values.user,
    u: values.localUser,
  };
}
