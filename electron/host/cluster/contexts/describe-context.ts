import type {
  ContextWarning,
  SignInCommand,
  SignInWay,
} from '../../../../shared/cluster/contexts.ts';
import { oneLine } from '../../../../shared/visible-text.ts';
import {
  type ExecPlugin,
  findProgram,
  pluginHash,
  type ResolvedContext,
} from '../../connections/kubernetes/index.ts';

const mostText = 2_000;

export function waysOf({ user }: ResolvedContext): SignInWay[] {
  const ways: SignInWay[] = [
    ...(user.exec ? (['command'] as const) : []),
    ...(user.authProvider ? (['provider'] as const) : []),
    ...(user.tokenFile ? (['token-file'] as const) : []),
    ...(user.token ? (['token'] as const) : []),
    ...(user.cert ? (['certificate'] as const) : []),
    ...(user.password ? (['password'] as const) : []),
  ];
  return ways.length === 0 ? ['none'] : ways;
}

/** As a person sees it before it may run; nothing hides in it. */
export function shownCommand(
  plugin: ExecPlugin,
  allowed: { readonly program: string } | null,
): SignInCommand {
  const shown = (text: string) => oneLine(text.slice(0, mostText));
  return {
    hash: pluginHash(plugin),
    command: shown(plugin.command),
    args: plugin.args.slice(0, 200).map(shown),
    env: plugin.env.slice(0, 200).map(({ name }) => shown(name)),
    program: allowed?.program ?? findProgram(plugin.command, process.env.PATH ?? ''),
    installHint: plugin.installHint === null ? null : shown(plugin.installHint),
    allowed: allowed !== null,
  };
}

/** What of a context is other than it should be, whatever its certificates say. */
export function contextWarnings({ cluster, user }: ResolvedContext): ContextWarning[] {
  const { hostname, protocol } = new URL(cluster.server);
  const warnings: (ContextWarning | false)[] = [
    protocol === 'http:' && {
      kind: 'plain-http',
      text: 'It is not encrypted: whoever is in between reads and changes everything.',
    },
    cluster.skipTlsVerify && {
      kind: 'insecure',
      text: 'It does not check who answers (insecure-skip-tls-verify): whoever is in between can take the place of the cluster.',
    },
    isLoopback(hostname) && {
      kind: 'loopback',
      text: 'Its server is this computer itself; where nothing answers here, it is looked for on the machines of the cluster.',
    },
    cluster.proxyUrl !== null && { kind: 'proxy', text: 'It goes through a proxy.' },
    user.impersonate !== null && {
      kind: 'impersonates',
      text: `It acts as ${oneLine(user.impersonate.user.slice(0, 300))}.`,
    },
    user.exec !== null && {
      kind: 'command',
      text: 'To sign in, a command runs on this computer. It runs only once you allowed it.',
    },
  ];
  return warnings.filter((warning) => warning !== false);
}

export function isLoopback(hostname: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0)$/.test(hostname);
}
