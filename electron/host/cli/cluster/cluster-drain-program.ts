import type { Command } from 'commander';
import type { Installation } from '../../installation.ts';
import { passphraseFileOption } from '../secrets/secret-program.ts';
import { parseCount, parseMinutes } from '../terminal/parse-count.ts';
import type { DrainCommandOptions } from './cluster-drain-command.ts';

/** `cluster drain`. */
export function drainProgram(base: (name: string) => Command, installation: Installation): Command {
  return base('drain')
    .description('send the pods of a node away as their budgets allow, and let nothing new onto it')
    .argument('<node>', 'its name in the cluster')
    .option('--context <name>', 'which cluster, by its name or the name or id of a context')
    .option(
      '--plan',
      'show what would be done, lost and waited for; ends with 1 where it is stopped',
    )
    .option('--yes', 'do it without asking')
    .option('--delete-local-data', 'accept that what lies in emptyDir volumes is lost')
    .option('--force', 'accept that pods which nothing makes anew are gone for good')
    .option('--stop-at-daemon-sets', 'stop at pods of daemon sets instead of leaving them')
    .option('--uncordon-on-failure', 'let it take pods again where not all of them went')
    .option('--grace-period <seconds>', 'instead of what each pod asks for', parseCount)
    .option('--minutes <number>', 'so long all of it may take', parseMinutes, 15)
    .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
    .addOption(passphraseFileOption())
    .option('--json', 'machine-readable output')
    .action(async (node: string, options: DrainCommandOptions) => {
      const { drainNode } = await import('./cluster-drain-command.ts');
      await drainNode(installation, node, options);
    });
}
