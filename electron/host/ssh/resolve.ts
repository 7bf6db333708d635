import os from 'node:os';
import path from 'node:path';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import { type HostSettings, settingsFor } from './config.ts';
import { type ConfigLine, readConfig } from './config-file.ts';
import type { Hop } from './hop.ts';
import { parseJump } from './jump.ts';
import { knownHostsName } from './known-hosts.ts';
import { expandPath, type TokenValues } from './tokens.ts';
import type { SshPoolOptions } from './types.ts';

export type ResolveOptions = Pick<
  SshPoolOptions,
  'home' | 'configFile' | 'knownHostsFiles' | 'environment'
>;

interface Context {
  readonly lines: readonly ConfigLine[];
  readonly home: string;
  readonly localUser: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly knownHostsFiles: readonly string[] | undefined;
  /** Tried on jump hosts after their own keys. */
  readonly jumpIdentity?: string;
}

const defaultIdentities = ['id_ed25519', 'id_ecdsa', 'id_rsa'];

/** What the caller said, then the ssh configuration, then OpenSSH's defaults. */
export async function resolveTarget(target: SshTarget, options: ResolveOptions): Promise<Hop> {
  const home = options.home ?? os.homedir();
  const environment = options.environment ?? process.env;
  return resolveHop(target, [], {
    lines: await allLines(home, options.configFile),
    home,
    localUser: localUser(environment),
    environment,
    knownHostsFiles: options.knownHostsFiles,
  });
}

async function allLines(home: string, configFile?: string): Promise<ConfigLine[]> {
  const userBase = path.join(home, '.ssh');
  if (configFile !== undefined)
    return readConfig({ file: configFile, includeBase: userBase, required: true }, home);
  const user = { file: path.join(userBase, 'config'), includeBase: userBase, required: false };
  const system = { file: '/etc/ssh/ssh_config', includeBase: '/etc/ssh', required: false };
  return [...(await readConfig(user, home)), ...(await readConfig(system, home))];
}

function localUser(environment: NodeJS.ProcessEnv): string {
  try {
    return os.userInfo().username;
  } catch {
    // An account without an entry in passwd, as in some containers.
    return environment.USER ?? environment.USERNAME ?? 'root';
  }
}

function resolveHop(target: SshTarget, seen: readonly string[], context: Context): Hop {
  const name = `${target.host}${target.port === undefined ? '' : `:${target.port}`}`;
  const trail = [...seen, name];
  if (seen.includes(name))
    throw new RackhelmError(
      'SSH_CONFIG_INVALID',
      `The jump hosts go round in a circle: ${trail.join(' → ')}.`,
      { hint: 'Give the jump host itself "ProxyJump none", or exclude it from the pattern.' },
    );
  const settings = settingsFor(context.lines, {
    host: target.host,
    localUser: context.localUser,
    ...(target.user === undefined ? {} : { user: target.user }),
  });
  const jumps = target.jump ?? configuredJumps(settings, target.host);
  // Somebody who names key and jump hosts says all there is to say: the key may be meant for both.
  const onTheWay =
    target.jump !== undefined && target.identityFile !== undefined
      ? { ...context, jumpIdentity: target.identityFile }
      : context;
  return buildHop(target, settings, viaHop(jumps, trail, onTheWay), context);
}

/** The last jump host is reached through those before it; the first as its own settings say. */
function viaHop(jumps: readonly string[], trail: readonly string[], context: Context): Hop | null {
  const last = jumps.at(-1);
  if (last === undefined) return null;
  const parsed = parseJump(last);
  if (!parsed)
    throw new RackhelmError('SSH_CONFIG_INVALID', `"${last}" is no jump host.`, {
      hint: 'Write it as user@host:port; user and port may be left out.',
    });
  const rest = jumps.slice(0, -1);
  const target: SshTarget = rest.length > 0 ? { ...parsed, jump: rest } : parsed;
  return resolveHop(target, trail, context);
}

function configuredJumps(settings: HostSettings, host: string): string[] {
  if (settings.proxyJump !== undefined)
    return settings.proxyJump.toLowerCase() === 'none' ? [] : settings.proxyJump.split(',');
  const command = settings.proxyCommand;
  if (command === undefined || command.toLowerCase() === 'none') return [];
  // How ProxyJump was written before OpenSSH 7.3.
  const jump =
    /^ssh\s+(?:-q\s+)?-W\s+\[?%h\]?:%p\s+(?:-q\s+)?([^\s-]\S*)$/.exec(command)?.[1] ??
    /^ssh\s+(?:-q\s+)?([^\s-]\S*)\s+-W\s+\[?%h\]?:%p$/.exec(command)?.[1];
  if (jump !== undefined) return [jump];
  throw new RackhelmError(
    'SSH_CONFIG_INVALID',
    `The ssh configuration reaches ${host} with a ProxyCommand, which Rackhelm does not run.`,
    { hint: 'Use ProxyJump, or name the jump hosts in Rackhelm.' },
  );
}

function buildHop(
  target: SshTarget,
  settings: HostSettings,
  via: Hop | null,
  context: Context,
): Hop {
  const host = (settings.hostName ?? target.host).replace(/%([h%])/g, (_all, token) =>
    token === 'h' ? target.host : '%',
  );
  const port = target.port ?? settings.port ?? 22;
  const user = target.user ?? settings.user ?? context.localUser;
  const values = { ...context, host, alias: target.host, port, user };
  return {
    alias: target.host,
    host,
    port,
    user,
    keyName: settings.hostKeyAlias?.toLowerCase() ?? knownHostsName(host, port),
    addressName: knownHostsName(host, port),
    namedIdentity:
      target.identityFile === undefined ? null : expandPath(target.identityFile, values),
    identityFiles: [
      ...identityFiles(settings, values),
      ...(context.jumpIdentity === undefined ? [] : [expandPath(context.jumpIdentity, values)]),
    ],
    identitiesConfigured: settings.identityFiles.length > 0,
    identitiesOnly: settings.identitiesOnly,
    agentSocket: agentSocket(settings.identityAgent, values),
    knownHostsFiles: context.knownHostsFiles ?? knownHostsFiles(settings, values),
    timeoutMs:
      settings.connectTimeoutSeconds === undefined ? null : settings.connectTimeoutSeconds * 1000,
    via,
  };
}

function identityFiles(settings: HostSettings, values: TokenValues): string[] {
  const named = settings.identityFiles.filter((file) => file.toLowerCase() !== 'none');
  if (settings.identityFiles.length > 0) return named.map((file) => expandPath(file, values));
  return defaultIdentities.map((name) => path.join(values.home, '.ssh', name));
}

function agentSocket(setting: string | undefined, values: TokenValues): string | null {
  const fromEnvironment = values.environment.SSH_AUTH_SOCK || null;
  if (setting === undefined || setting === 'SSH_AUTH_SOCK') return fromEnvironment;
  if (setting.toLowerCase() === 'none') return null;
  const variable = /^\$(\w+)$/.exec(setting)?.[1];
  if (variable !== undefined) return values.environment[variable] || null;
  return expandPath(setting, values);
}

function knownHostsFiles(settings: HostSettings, values: TokenValues): string[] {
  const user = settings.userKnownHostsFiles ?? ['~/.ssh/known_hosts', '~/.ssh/known_hosts2'];
  const system = settings.globalKnownHostsFiles ?? [
    '/etc/ssh/ssh_known_hosts',
    '/etc/ssh/ssh_known_hosts2',
  ];
  return [...user, ...system]
    .filter((file) => file.toLowerCase() !== 'none')
    .map((file) => expandPath(file, values));
}
