import type { CredentialWays } from './credentials.ts';
import { KubeError } from './errors.ts';
import { pluginHash, runPlugin } from './kubeconfig/exec-plugin.ts';
import type { ReadNamedFile } from './kubeconfig/resolve.ts';
import type { ExecPlugin } from './kubeconfig/resolved.ts';

/** What a person allowed: this command, run from this file. */
export interface AllowedCommand {
  readonly hash: string;
  /** Absolute. */
  readonly program: string;
  /** Where it finds what it starts itself. */
  readonly path: string;
}

export interface WaysOptions {
  /** Null: nobody allowed it. */
  readonly allowed: (hash: string) => AllowedCommand | null;
  readonly readFile: ReadNamedFile;
}

/** How contexts sign in where that takes more than what their kubeconfig holds. */
export function createCredentialWays({ allowed, readFile }: WaysOptions): CredentialWays {
  return {
    async runPlugin(plugin, context, signal) {
      const allowance = allowed(pluginHash(plugin));
      if (allowance === null) throw notAllowed(plugin);
      const { program, path } = allowance;
      return await runPlugin({ plugin, program, path, context, signal });
    },
    async provide(user) {
      const { name = '' } = user.authProvider ?? {};
      if (name !== 'oidc') throw unknownProvider(name);
      const { oidcToken } = await import('./library.ts');
      return await oidcToken(user);
    },
    readToken: async (path, signal) => (await readFile(path, signal)).toString('utf8'),
  };
}

function notAllowed({ command }: ExecPlugin): KubeError {
  return new KubeError(
    'KUBE_COMMAND_NOT_ALLOWED',
    `Signing in runs the command ${command}, which nobody has allowed yet.`,
  );
}

/** Those of clouds ran commands that nobody saw; kubectl has none of them any more. */
function unknownProvider(name: string): KubeError {
  return new KubeError(
    'KUBE_CONFIG_INVALID',
    `It signs in by the provider ${name}, which no kubectl of today knows.`,
    { hint: 'Take a new kubeconfig, which names a command (exec) instead.' },
  );
}
