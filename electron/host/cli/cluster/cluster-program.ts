import type { Command } from 'commander';
import type { Installation } from '../../installation.ts';
import { passphraseFileOption } from '../secrets/secret-program.ts';
import { handDownData } from '../terminal/options.ts';
import { parseSeconds } from '../terminal/parse-count.ts';
import { actionsProgram } from './cluster-actions-program.ts';
import type { ContextsOptions } from './cluster-contexts-command.ts';
import { drainProgram } from './cluster-drain-program.ts';
import { driftPrograms } from './cluster-drift-program.ts';
import { joinProgram } from './cluster-join-program.ts';
import { clusterLiveCommands } from './cluster-live-program.ts';
import { objectsProgram } from './cluster-objects-program.ts';
import { podsPrograms } from './pods/pods-program.ts';
import { upkeepPrograms } from './upkeep/upkeep-program.ts';

/** `cluster`. `base` and `targeted` make commands with what all of their kind have. */
export function clusterProgram(
  base: (name: string) => Command,
  targeted: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const contexts = base('contexts')
    .description(
      'how clusters are reached: list, add, test, rename and forget contexts of kubeconfigs',
    )
    .option('--found', 'show the contexts of $KUBECONFIG or ~/.kube/config, and save nothing')
    .option('--add <file>', 'save a context of this kubeconfig, which is read each time')
    .option('--paste', 'save a context of the kubeconfig on stdin, kept as a secret')
    .option('--from <device>', 'save the context that K3s wrote on this server, kept as a secret')
    .option('--context <name>', 'which context of several; default: the current one')
    .option('--cluster <name>', 'of which cluster of the inventory; a new one is added')
    .option(
      '--test [context]',
      'try what was added, else this one or all; ends with 1 where one fails',
    )
    .option('--allow <hash>', 'allow the command that signs in, by the hash that was shown')
    .option('--rename <context>', 'call it by --name from now on, here only')
    .option('--name <name>', 'with --rename')
    .option('--forget <context>', 'by its name or id; its secret with it')
    .option(
      '--accept-new-host-key',
      'accept a host key that is not on record (never a changed one)',
    )
    .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
    .option('--timeout <seconds>', 'for connecting to a machine', parseSeconds, 15)
    .addOption(passphraseFileOption())
    .option('--json', 'machine-readable output')
    .action(async (options: ContextsOptions) => {
      const { runContexts } = await import('./cluster-contexts-command.ts');
      await runContexts(installation, options);
    });
  const cluster = base('cluster')
    .description('the cluster: how it is reached, what is in it, and work on it')
    .enablePositionalOptions()
    .hook('preSubcommand', handDownData)
    .addCommand(contexts);
  const looks = clusterLiveCommands(base, installation);
  const works = [
    joinProgram(targeted, installation),
    drainProgram(base, installation),
    ...actionsProgram(base, installation),
    ...podsPrograms(base, installation),
    ...objectsProgram(base, installation),
    ...upkeepPrograms(base, installation),
  ];
  const comparing = driftPrograms(base, installation);
  for (const command of [...looks, ...works, ...comparing]) cluster.addCommand(command);
  return [cluster];
}
