import os from 'node:os';
import path from 'node:path';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { readTargetText } from '../../../../shared/model/ssh-target-text.ts';
import { type ConfigLine, invalidLine, readConfig } from './config-file.ts';
import type { Hop } from './hop.ts';
import { buildHop, type ResolveContext, tokenValues } from './hop-settings.ts';
import { type HostSettings, settingsFor } from './host-settings.ts';
import { parseJump } from './jump.ts';
import { jumpOfProxyCommand } from './proxy-command.ts';
import { expandTokens, expandVariables, proxyTokens, TokenError } from './tokens.ts';
import type { SshPoolOptions } from './types.ts';

export type ResolveOptions = Pick<
  SshPoolOptions,
  'home' | 'configFile' | 'knownHostsFiles' | 'environment'
> & { readonly signal?: AbortSignal | undefined };

// Each is a connection of its own; nobody has as many between himself and a machine.
const mostHops = 32;

/** What the caller said, then the ssh configuration, then OpenSSH's defaults. */
export async function resolveTarget(target: SshTarget, options: ResolveOptions): Promise<Hop> {
  const home = options.home ?? os.homedir();
  const environment = options.environment ?? process.env;
  const user = localUser(environment);
  return resolveHop(asWritten(target), [], {
    home,
    localUser: user,
    environment,
    knownHostsFiles: options.knownHostsFiles,
    configFor: configReader(home, user, options),
  });
}

/** A stored or typed host may carry user and port; what stands beside it wins. */
function asWritten(target: SshTarget): SshTarget {
  if (!/[@[]|^ssh:\/\/|^[^:]+:\d+$/i.test(target.host)) return target;
  const read = readTargetText(target.host);
  if (!read.ok)
    throw new RackhelmError('INVALID_INPUT', `The machine is not written as one: ${read.problem}`, {
      hint: 'Write a name, an address, user@host or user@host:port.',
    });
  const { host, ...said } = read.target;
  const { host: _host, ...given } = target;
  return { ...said, ...given, host };
}

/** Reads the files once; anew for each machine only where an Include depends on the machine. */
function configReader(home: string, user: string, options: ResolveOptions) {
  const environment = options.environment ?? process.env;
  let dependsOnMachine = false;
  let known: Promise<ConfigLine[][]> | null = null;
  return (target: SshTarget) => {
    if (known && !dependsOnMachine) return known;
    const values = tokenValues(target, {}, { home, localUser: user, environment });
    const expandInclude = (written: string, { file, line }: ConfigLine) => {
      dependsOnMachine ||= written.includes('%');
      try {
        return expandTokens(expandVariables(written, environment), values);
      } catch (error) {
        if (error instanceof TokenError) throw invalidLine(file, line, error.message, error);
        throw error;
      }
    };
    known = allFiles(options, { home, signal: options.signal, expandInclude });
    return known;
  };
}

async function allFiles(
  { configFile }: ResolveOptions,
  reading: Parameters<typeof readConfig>[1],
): Promise<ConfigLine[][]> {
  const includeBase = path.join(reading.home, '.ssh');
  if (configFile !== undefined)
    return [await readConfig({ file: configFile, includeBase, required: true }, reading)];
  const user = { file: path.join(includeBase, 'config'), includeBase, required: false };
  const system = { file: '/etc/ssh/ssh_config', includeBase: '/etc/ssh', required: false };
  // Each begins outside of any block, whatever block the other ends in.
  return [await readConfig({ ...user, ownOnly: true }, reading), await readConfig(system, reading)];
}

function localUser(environment: NodeJS.ProcessEnv): string {
  try {
    return os.userInfo().username;
  } catch {
    // An account without an entry in passwd, as in some containers.
    return environment.USER ?? environment.USERNAME ?? 'root';
  }
}

async function resolveHop(
  target: SshTarget,
  seen: readonly string[],
  context: ResolveContext,
): Promise<Hop> {
  const name = `${target.host}${target.port === undefined ? '' : `:${target.port}`}`;
  const trail = [...seen, name];
  refuseTrail(seen, name);
  const settings = settingsFor(await context.configFor(target), {
    host: target.host,
    localUser: context.localUser,
    ...(target.user === undefined ? {} : { user: target.user }),
  });
  const jumps = jumpsOf(target, settings, context);
  if (trail.length + jumps.length > mostHops) throw tooManyHops();
  // Somebody who names key and jump hosts says all there is to say: the key may be meant for both.
  const onTheWay =
    target.jump !== undefined && target.identityFile !== undefined
      ? { ...context, jumpIdentity: target.identityFile }
      : context;
  return buildHop(target, settings, await viaHop(jumps, trail, onTheWay), context);
}

function refuseTrail(seen: readonly string[], name: string): void {
  if (seen.length >= mostHops) throw tooManyHops();
  if (!seen.includes(name)) return;
  throw new RackhelmError(
    'SSH_CONFIG_INVALID',
    `The jump hosts go round in a circle: ${[...seen, name].join(' → ')}.`,
    { hint: 'Give the jump host itself "ProxyJump none", or exclude it from the pattern.' },
  );
}

function tooManyHops(): RackhelmError {
  return new RackhelmError('SSH_CONFIG_INVALID', `There are more than ${mostHops} jump hosts.`, {
    hint: 'Name the jump host from which the machine can be reached directly.',
  });
}

/** The last jump host is reached through those before it; the first as its own settings say. */
async function viaHop(
  jumps: readonly SshTarget[],
  trail: readonly string[],
  context: ResolveContext,
): Promise<Hop | null> {
  const last = jumps.at(-1);
  if (last === undefined) return null;
  const rest = jumps.slice(0, -1).map(jumpText);
  return resolveHop(rest.length > 0 ? { ...last, jump: rest } : last, trail, context);
}

function jumpText({ host, user, port }: SshTarget): string {
  const place = `[${host}]${port === undefined ? '' : `:${port}`}`;
  return user === undefined ? place : `${user}@${place}`;
}

function jumpsOf(target: SshTarget, settings: HostSettings, context: ResolveContext): SshTarget[] {
  if (target.jump) return target.jump.map(jumpHost);
  const { proxyJump, proxyCommand } = settings;
  const values = tokenValues(target, settings, context);
  if (proxyJump !== undefined) {
    if (proxyJump.toLowerCase() === 'none') return [];
    return proxyJump.split(',').map((jump) => jumpHost(proxyText(jump, values)));
  }
  if (proxyCommand === undefined || proxyCommand.toLowerCase() === 'none') return [];
  const jump = jumpOfProxyCommand(proxyCommand);
  if (!jump)
    throw new RackhelmError(
      'SSH_CONFIG_INVALID',
      `The ssh configuration reaches ${target.host} with a ProxyCommand, which Rackhelm does not run.`,
      { hint: 'Use ProxyJump, or name the jump hosts in Rackhelm.' },
    );
  const host = proxyText(jump.host, values);
  return [
    jump.user === undefined
      ? { ...jump, host }
      : { ...jump, host, user: proxyText(jump.user, values) },
  ];
}

/** Tokens of ProxyJump stand for the machine that is reached through it. */
function proxyText(text: string, values: ReturnType<typeof tokenValues>): string {
  try {
    return expandTokens(text, values, proxyTokens);
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    throw new RackhelmError('SSH_CONFIG_INVALID', `ProxyJump ${text}: ${error.message}.`);
  }
}

function jumpHost(written: string): SshTarget {
  const parsed = parseJump(written);
  if (parsed) return parsed;
  throw new RackhelmError('SSH_CONFIG_INVALID', `"${written.slice(0, 80)}" is no jump host.`, {
    hint: 'Write it as user@host:port; user and port may be left out.',
  });
}
