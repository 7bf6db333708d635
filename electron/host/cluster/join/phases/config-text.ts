import { type Document, isMap, parseDocument } from 'yaml';
import {
  type K3sSettings,
  sharedConfig,
  sharedSwitches,
} from '../../../../../shared/cluster/k3s-settings.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { configPath, tokenPath } from './paths.ts';

const HEADING =
  ' Written by Rackhelm. K3s reads it at each start; labels and taints count when the node registers.';

/** Keys that Rackhelm sets; any other key of a file that is there already stays as it is. */
const OURS = [
  'server',
  'cluster-init',
  'token-file',
  'node-name',
  'node-ip',
  'flannel-iface',
  'node-label',
  'node-taint',
  'tls-san',
  'cluster-cidr',
  'service-cidr',
  'cluster-dns',
  'cluster-domain',
  'disable',
  'flannel-backend',
  'secrets-encryption',
  'embedded-registry',
  'egress-selector-mode',
  ...sharedSwitches,
  'prefer-bundled-bin',
  'selinux',
] as const;

/**
 * config.yaml with these settings: keys that others wrote stay, with their comments; asked twice, it
 * changes nothing more. Throws FIX_NOT_POSSIBLE where what stands there is no map that could be edited.
 */
export function withSettings(text: string | null, settings: K3sSettings): string {
  const config = configOf(settings);
  const { document, now } = openConfig(text);
  const secret = Object.keys(now).find((key) => SECRETS.test(key));
  if (secret !== undefined) throw secretive(secret);
  if (document.contents === null) document.commentBefore = HEADING;
  for (const key of OURS) {
    const value = config[key];
    if (value === undefined) {
      if (key in now) document.delete(key);
    } else if (JSON.stringify(now[key]) !== JSON.stringify(value))
      document.set(key, document.createNode(value));
  }
  return document.toString({ lineWidth: 0 });
}

/** The settings as keys of config.yaml. An agent knows none of the keys of servers, and would not start. */
export function configOf(settings: K3sSettings): Partial<Record<(typeof OURS)[number], unknown>> {
  const { role, labels, taints, nodeIps, tlsNames } = settings;
  const node = {
    'node-name': settings.nodeName,
    // The first server makes its own.
    ...(role === 'first-server' ? {} : { 'token-file': tokenPath }),
    ...(settings.server === null ? {} : { server: settings.server }),
    ...(nodeIps.length > 0 ? { 'node-ip': nodeIps.join(',') } : {}),
    ...(settings.flannelInterface === null ? {} : { 'flannel-iface': settings.flannelInterface }),
    ...some(
      'node-label',
      Object.entries(labels)
        .map(([key, value]) => `${key}=${value}`)
        .sort(),
    ),
    ...some(
      'node-taint',
      taints.map(({ key, value, effect }) => `${key}${value ? `=${value}` : ''}:${effect}`),
    ),
    ...(settings.preferBundledBin ? { 'prefer-bundled-bin': true } : {}),
    ...(settings.selinux ? { selinux: true } : {}),
  };
  if (role === 'agent') return node;
  return {
    ...node,
    ...(role === 'first-server' && settings.datastore === 'etcd' ? { 'cluster-init': true } : {}),
    ...some('tls-san', [...tlsNames]),
    ...sharedConfig(settings.shared),
  };
}

function some(key: string, list: readonly string[]): Record<string, readonly string[]> {
  return list.length > 0 ? { [key]: list } : {};
}

/** Anchors and aliases are legal YAML; a file that is made of them is not one of settings. */
const MOST_ALIASES = 20;

function openConfig(text: string | null): {
  readonly document: Document;
  readonly now: Readonly<Record<string, unknown>>;
} {
  const document = parseDocument(text ?? '');
  const [error] = document.errors;
  if (error) throw unreadable(error.message);
  if (document.contents === null) return { document, now: {} };
  if (!isMap(document.contents)) throw unreadable('it is no list of keys.');
  try {
    // A map, as was just seen.
    const now = document.toJS({ maxAliasCount: MOST_ALIASES }) as Record<string, unknown>;
    return { document, now };
  } catch (cause) {
    throw unreadable('it is made of too many aliases.', cause);
  }
}

/** Plans show this file and journals keep it for undo, so nothing that is secret may be in it. */
const SECRETS =
  /^(token|agent-token|datastore-endpoint|etcd-s3-(access-key|secret-key|session-token)|vpn-auth)\+?$/;

function secretive(key: string): RackhelmError {
  return new RackhelmError(
    'FIX_NOT_POSSIBLE',
    `${configPath} is there already and holds a secret (${key}), which would be shown and kept.`,
    { hint: 'It is of a former installation: move it away, then go on.' },
  );
}

function unreadable(why: string, cause?: unknown): RackhelmError {
  const [first = why] = why.split('\n');
  return new RackhelmError(
    'FIX_NOT_POSSIBLE',
    `${configPath} cannot be read as the settings of K3s: ${first}`,
    { hint: 'Mend it by hand, or move it away.', cause },
  );
}
