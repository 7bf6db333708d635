import { type AlgorithmKind, assembleAlgorithms, ourAlgorithms } from './algorithm-lists.ts';
import { type ConfigQuery, findConfig } from './config.ts';
import type { ConfigLine } from './config-file.ts';
import type { ConfigValues } from './config-values.ts';
import { notHonoured } from './not-honoured.ts';

export type StrictHostKeys = 'ask' | 'yes' | 'accept-new';
export type AuthMethodName = 'publickey' | 'keyboard-interactive' | 'password';

/** What the configuration says of one host. Undefined: nothing, so the default holds. */
export interface HostSettings {
  readonly hostName?: string;
  readonly user?: string;
  readonly port?: number;
  readonly identityFiles: readonly string[];
  readonly certificateFiles: readonly string[];
  readonly identitiesOnly: boolean;
  readonly identityAgent?: string;
  /** As written, `none` included. */
  readonly proxyJump?: string;
  readonly proxyCommand?: string;
  readonly userKnownHostsFiles?: readonly string[];
  readonly globalKnownHostsFiles?: readonly string[];
  readonly hostKeyAlias?: string;
  readonly connectTimeoutSeconds?: number;
  readonly addressFamily?: 4 | 6;
  readonly bindAddress?: string;
  readonly bindInterface?: string;
  readonly strictHostKeys: StrictHostKeys;
  /** Ways to log in, in the order in which they are tried. */
  readonly authMethods: readonly AuthMethodName[];
  readonly passwordPrompts?: number;
  readonly serverAliveSeconds?: number;
  readonly serverAliveCount?: number;
  /** Lists for the key exchange, best first; absent where nothing is configured. */
  readonly algorithms: Partial<Readonly<Record<AlgorithmKind, readonly string[]>>>;
  /** Whether the list of host key algorithms keeps its order whatever known_hosts holds. */
  readonly hostKeysInOrder: boolean;
  /** Of a user's keys; undefined: all. */
  readonly acceptedKeyAlgorithms?: readonly string[];
  /** Sentences about what ssh would do and Rackhelm does not. */
  readonly notHonoured: readonly string[];
}

/** Evaluates some configuration files for one host. Throws SSH_CONFIG_INVALID. */
export function settingsFor(
  files: readonly (readonly ConfigLine[])[],
  query: ConfigQuery,
): HostSettings {
  const found = findConfig(files, query);
  const { values } = found;
  const lacking: string[] = [];
  const algorithms = configuredAlgorithms(values, lacking);
  return withoutUndefined({
    ...placeSettings(values),
    ...loginSettings(values),
    strictHostKeys: values.word('stricthostkeychecking', strictWords) ?? 'ask',
    algorithms,
    hostKeysInOrder: /^[^+-]/.test(values.text('hostkeyalgorithms') ?? ''),
    notHonoured: [...lacking, ...notHonoured(found)],
  });
}

function placeSettings(values: ConfigValues) {
  return {
    hostName: values.text('hostname'),
    port: port(values),
    proxyJump: values.text('proxyjump'),
    proxyCommand: values.text('proxycommand'),
    userKnownHostsFiles: values.list('userknownhostsfile'),
    globalKnownHostsFiles: values.list('globalknownhostsfile'),
    hostKeyAlias: values.text('hostkeyalias')?.toLowerCase(),
    connectTimeoutSeconds: values.seconds('connecttimeout') || undefined,
    addressFamily: addressFamily(values),
    bindAddress: values.text('bindaddress'),
    bindInterface: values.text('bindinterface'),
    serverAliveSeconds: values.seconds('serveraliveinterval'),
    serverAliveCount: values.number('serveralivecountmax', 0, 1_000_000),
  };
}

function loginSettings(values: ConfigValues) {
  return {
    user: values.text('user'),
    identityFiles: values.all('identityfile'),
    certificateFiles: values.all('certificatefile').filter((file) => file.toLowerCase() !== 'none'),
    identitiesOnly: values.flag('identitiesonly') ?? false,
    identityAgent: values.text('identityagent'),
    authMethods: authMethods(values),
    passwordPrompts: values.number('numberofpasswordprompts', 0, 1000),
    acceptedKeyAlgorithms: acceptedKeys(values),
  };
}

function port(values: ConfigValues): number | undefined {
  // A name of services(5) would do for ssh; only this one makes sense.
  return values.text('port') === 'ssh' ? 22 : values.number('port', 1, 65535);
}

function addressFamily(values: ConfigValues): 4 | 6 | undefined {
  const family = values.word('addressfamily', { inet: 'inet', inet6: 'inet6', any: 'any' });
  if (family === 'inet') return 4;
  return family === 'inet6' ? 6 : undefined;
}

// "no" and "off" take any key without a word, which Rackhelm never does: it asks.
const strictWords = {
  yes: 'yes',
  true: 'yes',
  'accept-new': 'accept-new',
  ask: 'ask',
  no: 'ask',
  false: 'ask',
  off: 'ask',
} as const;

const usualOrder: readonly AuthMethodName[] = ['publickey', 'keyboard-interactive', 'password'];

function authMethods(values: ConfigValues): AuthMethodName[] {
  const allowed: Readonly<Record<AuthMethodName, boolean>> = {
    publickey: values.flag('pubkeyauthentication', ['unbound', 'host-bound']) ?? true,
    'keyboard-interactive': values.flag('kbdinteractiveauthentication') ?? true,
    password: values.flag('passwordauthentication') ?? true,
  };
  const preferred = values.text('preferredauthentications');
  const order =
    preferred === undefined
      ? usualOrder
      : preferred
          .split(',')
          .flatMap((name) => usualOrder.find((known) => known === name.trim()) ?? []);
  return [...new Set(order)].filter((name) => allowed[name]);
}

const algorithmKeywords: readonly (readonly [AlgorithmKind, string, string])[] = [
  ['kex', 'kexalgorithms', 'KexAlgorithms'],
  ['hostKey', 'hostkeyalgorithms', 'HostKeyAlgorithms'],
  ['cipher', 'ciphers', 'Ciphers'],
  ['mac', 'macs', 'MACs'],
];

function configuredAlgorithms(values: ConfigValues, lacking: string[]) {
  const lists: Partial<Record<AlgorithmKind, readonly string[]>> = {};
  for (const [kind, keyword, shown] of algorithmKeywords) {
    const line = values.line(keyword);
    if (!line) continue;
    const assembled = assembleAlgorithms(line.args[0] ?? '', ourAlgorithms[kind]);
    if (assembled.names.length === 0)
      throw values.invalid(line, `${shown} leaves nothing that Rackhelm can do`);
    if (assembled.lacking.length > 0)
      lacking.push(`${shown}: Rackhelm lacks ${assembled.lacking.join(', ')}.`);
    lists[kind] = assembled.names;
  }
  return lists;
}

const userKeys = {
  defaults: [...ourAlgorithms.hostKey.defaults.filter((name) => name !== 'ssh-rsa')],
  supported: [...ourAlgorithms.hostKey.supported],
};
const securityKeys = ['sk-ssh-ed25519@openssh.com', 'sk-ecdsa-sha2-nistp256@openssh.com'];

/** Certificates and security keys count by their own names, as ssh lists them. */
function acceptedKeys(values: ConfigValues): readonly string[] | undefined {
  const written = values.text('pubkeyacceptedalgorithms');
  if (written === undefined) return undefined;
  const withCertificates = (names: readonly string[]) => [...names.map(certificateName), ...names];
  return assembleAlgorithms(written, {
    defaults: withCertificates([...userKeys.defaults, ...securityKeys]),
    supported: withCertificates([...userKeys.supported, ...securityKeys]),
  }).names;
}

function certificateName(name: string): string {
  return name.endsWith('@openssh.com')
    ? name.replace('@', '-cert-v01@')
    : `${name}-cert-v01@openssh.com`;
}

/** exactOptionalPropertyTypes wants the key gone, not undefined. */
function withoutUndefined(value: { [K in keyof HostSettings]: HostSettings[K] | undefined }) {
  // The cast only says what the filter does.
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as unknown as HostSettings;
}
