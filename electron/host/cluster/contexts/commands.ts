import type { SignInCommand } from '../../../../shared/cluster/contexts.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import {
  type AllowedCommand,
  type ExecPlugin,
  findProgram,
  loginPath,
  pluginHash,
} from '../../connections/kubernetes/index.ts';
import type { ClusterContextStore } from '../../db/index.ts';
import { shownCommand } from './describe-context.ts';

/** Commands that a person has seen and allowed. */
export interface Commands {
  allowed(hash: string): AllowedCommand | null;
  /**
   * Allows exactly this one. Its program is looked for once, where a terminal would, which starts the
   * login shell of the person. Throws CHANGED_SINCE where it is another than was shown.
   */
  allow(plugin: ExecPlugin, shownHash: string, signal: AbortSignal): Promise<SignInCommand>;
  disallow(hash: string): void;
  list(): {
    readonly hash: string;
    readonly command: string;
    readonly program: string;
    readonly allowedAt: number;
  }[];
}

export function createCommands(store: ClusterContextStore): Commands {
  const allowed = (hash: string): AllowedCommand | null => {
    const known = store.command(hash);
    return known === undefined ? null : { hash, program: known.program, path: known.path };
  };
  return {
    allowed,
    async allow(plugin, shownHash, signal) {
      const hash = pluginHash(plugin);
      if (hash !== shownHash)
        throw new RackhelmError('CHANGED_SINCE', 'The command is another one than was shown.');
      const path = await loginPath(signal);
      const program = findProgram(plugin.command, path);
      if (program === null) throw notFound(plugin);
      const shown = shownCommand(plugin, { program });
      const words = [shown.command, ...shown.args].join(' ').slice(0, 4_000);
      store.allow({ hash, command: words, program, path, allowedAt: Date.now() });
      return shown;
    },
    disallow: (hash) => store.disallow(hash),
    list: () =>
      store
        .commands()
        .map(({ hash, command, program, allowedAt }) => ({ hash, command, program, allowedAt })),
  };
}

function notFound({ command, installHint }: ExecPlugin): RackhelmError {
  const shown = shownCommand(
    {
      apiVersion: '',
      command,
      args: [],
      env: [],
      interactiveMode: null,
      provideClusterInfo: false,
      installHint,
    },
    null,
  );
  return new RackhelmError(
    'KUBE_COMMAND_FAILED',
    `There is no program ${shown.command} on this computer.`,
    {
      hint: shown.installHint ?? 'Install it, or check the PATH of your login shell.',
    },
  );
}
