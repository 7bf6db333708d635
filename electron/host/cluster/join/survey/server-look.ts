import { parse } from 'yaml';
import {
  flagsOfConfig,
  flagsOfWords,
  type GivenFlags,
  withWords,
} from '../../../../../shared/cluster/join/node-args.ts';
import type { LookedAt } from '../../../engine/jobs/index.ts';
import { linesOf, look } from '../../../engine/phases/index.ts';

/** What a server tells of how its cluster was set up. */
export interface ServerLook {
  readonly flags: GivenFlags;
  /** SHA-256 of its authority; null: it has none yet. */
  readonly caHash: string | null;
  readonly store: 'etcd' | 'sqlite' | 'unknown';
  readonly version: string | null;
}

const db = '/var/lib/rancher/k3s/server/db';
const mark = '#rackhelm-next-file';

/** What may be secret in these files is dropped where they are read: `flagsOf…` keep no such value. */
const asked = {
  config: [
    'for f in /etc/rancher/k3s/config.yaml /etc/rancher/k3s/config.yaml.d/*.yaml; do',
    `  [ -f "$f" ] && { echo "${mark}"; cat "$f"; echo; }`,
    'done; true',
  ].join('\n'),
  unit: 'cat /etc/systemd/system/k3s.service /usr/lib/systemd/system/k3s.service /etc/init.d/k3s 2>/dev/null; true',
  etcd: `[ -d ${db}/etcd ]`,
  sqlite: `[ -f ${db}/state.db ]`,
  ca: 'sha256sum </var/lib/rancher/k3s/server/tls/server-ca.crt 2>/dev/null | cut -c 1-64; true',
  version: 'k3s --version 2>/dev/null | head -n 1; true',
};

/** As root, in one round trip; nothing is changed. Throws SSH_*, SUDO_*, STEP_UNCERTAIN. */
export async function lookAtServer(machine: LookedAt, signal: AbortSignal): Promise<ServerLook> {
  const context = { machine, signal, log: () => {} };
  const { parts } = await look(context, asked, { named: 'how K3s was set up here', root: true });
  const files = parts.config.text.split(`${mark}\n`).slice(1);
  const config = files.reduce<GivenFlags>(
    (flags, text) => flagsOfConfig(parsed(text), flags),
    new Map(),
  );
  const ca = parts.ca.text.trim();
  return {
    flags: withWords(config, flagsOfWords(unitWords(linesOf(parts.unit)))),
    caHash: /^[0-9a-f]{64}$/.test(ca) ? ca : null,
    store: parts.etcd.exitCode === 0 ? 'etcd' : parts.sqlite.exitCode === 0 ? 'sqlite' : 'unknown',
    version: /^k3s version (\S{1,60})/.exec(parts.version.text.trim())?.[1] ?? null,
  };
}

function parsed(text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 20 });
  } catch {
    return null;
  }
}

/** The words behind `server` in ExecStart, or in the arguments of an OpenRC script. */
export function unitWords(lines: readonly string[]): string[] {
  const text = lines.join('\n').replace(/\\\n/g, ' ');
  const exec = /^ExecStart=(\S*k3s\s+server\b.*)$/m.exec(text)?.[1];
  const script = /^command_args="(server\b[^"]*)"/m.exec(text)?.[1];
  const words = (exec ?? script ?? '').match(/'[^']*'|"[^"]*"|\S+/g) ?? [];
  const plain = words.map((word) => word.replace(/^(['"])(.*)\1$/s, '$2'));
  return plain.slice(plain.indexOf('server') + 1);
}
