import { isIP } from 'node:net';
import path from 'node:path';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import type { ConfigLine } from './config-file.ts';
import type { ConfiguredConnection, Hop } from './hop.ts';
import type { HostSettings } from './host-settings.ts';
import { knownHostsName } from './known-hosts.ts';
import {
  atHome,
  clientTokens,
  expandPath,
  expandTokens,
  hostNameTokens,
  TokenError,
  type TokenValues,
} from './tokens.ts';

export interface ResolveContext {
  readonly home: string;
  readonly localUser: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly knownHostsFiles: readonly string[] | undefined;
  /** Tried on jump hosts after their own keys. */
  readonly jumpIdentity?: string;
  readonly configFor: (target: SshTarget) => Promise<readonly (readonly ConfigLine[])[]>;
}

type Local = Pick<ResolveContext, 'home' | 'localUser' | 'environment'>;

const defaultIdentities = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/** What the tokens stand for. Throws SSH_CONFIG_INVALID for a HostName or User with unknown ones. */
export function tokenValues(
  target: SshTarget,
  settings: Partial<HostSettings>,
  { home, localUser, environment }: Local,
): TokenValues {
  const port = target.port ?? settings.port ?? 22;
  const named: TokenValues = {
    home,
    localUser,
    environment,
    alias: target.host,
    host: target.host,
    port,
    user: target.user ?? settings.user ?? localUser,
    keyAlias: settings.hostKeyAlias,
    jump: target.jump?.join(',') ?? settings.proxyJump?.replace(/^none$/i, ''),
  };
  const host = plainHost(
    settings.hostName === undefined
      ? target.host
      : expanded('HostName', settings.hostName, () =>
          expandTokens(settings.hostName ?? '', named, hostNameTokens),
        ),
  );
  return { ...named, host };
}

/** Lower case, as ssh has it, and an address as it is usually written. */
function plainHost(host: string): string {
  const lower = isIP(host) === 6 && host.includes('%') ? host : host.toLowerCase();
  // What C's inet_aton takes for an address, `127.1` or `0x7f000001`, and nobody else.
  const numeric = /^(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}$/.test(lower);
  const six = isIP(lower) === 6 && !lower.includes('%') && !lower.includes('.');
  if (!numeric && !six) return lower;
  const url = `http://${six ? `[${lower}]` : lower}/`;
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : lower;
}

export function buildHop(
  target: SshTarget,
  settings: HostSettings,
  via: Hop | null,
  context: ResolveContext,
): Hop {
  const values = tokenValues(target, settings, context);
  const { host, port, user } = values;
  const { identityFile } = target;
  const { jumpIdentity } = context;
  return {
    alias: target.host,
    host,
    port,
    user,
    keyName: settings.hostKeyAlias ?? knownHostsName(host, port),
    addressName: knownHostsName(host, port),
    // A path of the person's own is no setting of ssh: a % in it is a %.
    namedIdentity: identityFile === undefined ? null : namedPath(identityFile, context.home),
    identityFiles: [
      ...identityFiles(settings, values),
      ...(jumpIdentity === undefined ? [] : [namedPath(jumpIdentity, context.home)]),
    ],
    identitiesConfigured: settings.identityFiles.length > 0,
    identitiesOnly: settings.identitiesOnly,
    certificateFiles: settings.certificateFiles.map((file) =>
      settingPath('CertificateFile', file, values),
    ),
    agentSocket: agentSocket(settings.identityAgent, values),
    knownHostsFiles: context.knownHostsFiles ?? knownHostsFiles(settings, values),
    timeoutMs:
      settings.connectTimeoutSeconds === undefined ? null : settings.connectTimeoutSeconds * 1000,
    via,
    configured: configuredConnection(settings),
  };
}

function configuredConnection(settings: HostSettings): ConfiguredConnection {
  const { serverAliveSeconds, serverAliveCount, passwordPrompts } = settings;
  const { addressFamily, bindAddress, bindInterface, acceptedKeyAlgorithms } = settings;
  const { strictHostKeys, authMethods, algorithms, hostKeysInOrder, notHonoured } = settings;
  return {
    strictHostKeys,
    authMethods,
    algorithms,
    hostKeysInOrder,
    notHonoured,
    ...(addressFamily === undefined ? {} : { addressFamily }),
    ...(bindAddress === undefined ? {} : { bindAddress }),
    ...(bindInterface === undefined ? {} : { bindInterface }),
    ...(passwordPrompts === undefined ? {} : { passwordPrompts }),
    ...(serverAliveSeconds === undefined ? {} : { keepaliveMs: serverAliveSeconds * 1000 }),
    ...(serverAliveCount === undefined ? {} : { keepaliveCount: serverAliveCount }),
    ...(acceptedKeyAlgorithms === undefined ? {} : { acceptedKeyAlgorithms }),
  };
}

function identityFiles(settings: HostSettings, values: TokenValues): string[] {
  const named = settings.identityFiles.filter((file) => file.toLowerCase() !== 'none');
  if (settings.identityFiles.length > 0)
    return named.map((file) => settingPath('IdentityFile', file, values));
  return defaultIdentities.map((name) => path.join(values.home, '.ssh', name));
}

function agentSocket(setting: string | undefined, values: TokenValues): string | null {
  const fromEnvironment = values.environment.SSH_AUTH_SOCK || null;
  if (setting === undefined || setting === 'SSH_AUTH_SOCK') return fromEnvironment;
  if (setting.toLowerCase() === 'none') return null;
  const variable = /^\$(\w+)$/.exec(setting)?.[1];
  if (variable !== undefined) return values.environment[variable] || null;
  return settingPath('IdentityAgent', setting, values);
}

function knownHostsFiles(settings: HostSettings, values: TokenValues): string[] {
  const user = settings.userKnownHostsFiles ?? ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'];
  const system = settings.globalKnownHostsFiles ?? [
    '/etc/ssh/ssh_known_hosts',
    '/etc/ssh/ssh_known_hosts2',
  ];
  const isFile = (file: string) => file.toLowerCase() !== 'none';
  return [
    ...user.filter(isFile).map((file) => settingPath('UserKnownHostsFile', file, values)),
    ...system
      .filter(isFile)
      .map((file) => expanded('GlobalKnownHostsFile', file, () => namedPath(file, values.home))),
  ];
}

function namedPath(file: string, home: string): string {
  return path.resolve(home, atHome(file, home));
}

function settingPath(keyword: string, file: string, values: TokenValues): string {
  return expanded(keyword, file, () => expandPath(file, values));
}

/** As for ssh, a setting that cannot be expanded is a mistake, not a file of that name. */
function expanded(keyword: string, written: string, expand: () => string): string {
  try {
    return expand();
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new RackhelmError('SSH_CONFIG_INVALID', `${keyword} ${written}: ${error.message}.`, {
      cause: error,
      hint: `Correct it in the ssh configuration; the tokens are ${[...clientTokens].map((token) => `%${token}`).join(' ')}.`,
    });
  }
}
