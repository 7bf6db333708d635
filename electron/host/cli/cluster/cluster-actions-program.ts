import type { Command } from 'commander';
import type { Installation } from '../../installation.ts';
import { passphraseFileOption } from '../secrets/secret-program.ts';
import { parseCount, parseReplicas } from '../terminal/parse-count.ts';
import type { ActionOptions } from './cluster-actions-command.ts';

/** What all commands have that change one thing of a cluster. */
export function actingCommand(command: Command): Command {
  return command
    .option('--context <name>', 'which cluster, by its name or the name or id of a context')
    .option('--plan', 'show what would be done, and do nothing')
    .option('--yes', 'do it without asking')
    .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
    .addOption(passphraseFileOption())
    .option('--json', 'machine-readable output');
}

/** `cluster cordon`, `uncordon`, `scale`, `restart` and `rollback`. */
export function actionsProgram(
  base: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const acting = (name: string, description: string) =>
    actingCommand(base(name).description(description));
  const onNode = (verb: 'cordon' | 'uncordon', description: string) =>
    acting(verb, description)
      .argument('<node>', 'its name in the cluster')
      .action(async (node: string, options: ActionOptions) => {
        const { actOnCluster } = await import('./cluster-actions-command.ts');
        await actOnCluster(installation, { do: verb, node }, options);
      });
  const onWorkload = (name: string, description: string) =>
    acting(name, description)
      .argument('<workload>', 'deployment/NAME, statefulset/NAME or daemonset/NAME')
      .option('-n, --namespace <name>', 'default: default');
  return [
    onNode('cordon', 'let nothing new onto a node'),
    onNode('uncordon', 'let a node take pods again'),
    onWorkload('scale', 'set how many pods a workload has')
      .requiredOption('--replicas <number>', 'how many', parseReplicas)
      .action(async (named: string, options: ActionOptions & { readonly replicas: number }) => {
        const { actOnCluster, workloadOf } = await import('./cluster-actions-command.ts');
        const { replicas } = options;
        const { kind, ...which } = workloadOf(named, options);
        if (kind === 'daemonsets.apps') {
          const { RackhelmError } = await import('../../../../shared/model/errors.ts');
          throw new RackhelmError('INVALID_INPUT', 'A daemon set has one pod on each node.');
        }
        await actOnCluster(installation, { do: 'scale', kind, ...which, replicas }, options);
      }),
    onWorkload('restart', 'replace the pods of a workload by new ones').action(
      async (named: string, options: ActionOptions) => {
        const { actOnCluster, workloadOf } = await import('./cluster-actions-command.ts');
        const workload = workloadOf(named, options);
        await actOnCluster(installation, { do: 'restart', ...workload }, options);
      },
    ),
    onWorkload('rollback', 'list what a workload was, or go back to one of those')
      .option('--to <revision>', 'as the list names it', parseCount)
      .action(async (named: string, options: ActionOptions & { readonly to?: number }) => {
        const { rollBack } = await import('./cluster-actions-command.ts');
        await rollBack(installation, named, options);
      }),
  ];
}
