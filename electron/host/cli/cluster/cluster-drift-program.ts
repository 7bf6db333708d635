import { type Command, Option } from 'commander';
import { driftGroups } from '../../../../shared/cluster/drift/drift-line.ts';
import type { Installation } from '../../installation.ts';
import { passphraseFileOption } from '../secrets/secret-program.ts';
import type { DriftCommandOptions, QuestionsOptions } from './cluster-drift-command.ts';

/** `cluster drift` and `cluster questions`. */
export function driftPrograms(
  base: (name: string) => Command,
  installation: Installation,
): readonly [drift: Command, questions: Command] {
  const reached = (command: Command) =>
    command
      .option('--context <name>', 'which cluster, by its name or the name or id of a context')
      .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
      .addOption(passphraseFileOption())
      .option('--json', 'machine-readable output');
  const drift = reached(base('drift'))
    .description('in what the inventory and the cluster differ; ends with 6 where they do')
    .addOption(new Option('--group <group>', 'only of this group').choices(driftGroups))
    .option('--dismissed', 'what somebody dismissed')
    .addOption(
      new Option(
        '--accept <names...>',
        'write what the cluster shows of these into the inventory',
      ).conflicts(['acceptAll', 'dismiss', 'restore']),
    )
    .option('--accept-all', 'the same of all that can be accepted')
    .addOption(
      new Option('--dismiss <names...>', 'be told of these no more').conflicts(['restore']),
    )
    .option('--restore <names...>', 'be told of these again')
    .action(async (options: DriftCommandOptions) => {
      const { runDrift } = await import('./cluster-drift-command.ts');
      await runDrift(installation, options);
    });
  const questions = reached(base('questions'))
    .description('where workloads sit, what hangs on one node, and what would not come back')
    .action(async (options: QuestionsOptions) => {
      const { printAnswers } = await import('./cluster-drift-command.ts');
      await printAnswers(installation, options);
    });
  return [drift, questions];
}
