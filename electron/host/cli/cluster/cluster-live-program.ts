import type { Command } from 'commander';
import type { Installation } from '../../installation.ts';
import { passphraseFileOption } from '../secrets/secret-program.ts';
import { parseCount, parseSeconds } from '../terminal/parse-count.ts';
import type { LiveOptions } from './cluster-live-command.ts';

/** Commands of `cluster` that show it as it is. */
export function clusterLiveCommands(
  base: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const show = async (
    ...asked: Parameters<typeof import('./cluster-live-command.ts').showCluster>
  ) => {
    const { showCluster } = await import('./cluster-live-command.ts');
    await showCluster(...asked);
  };
  const list = (kind: string, description: string) =>
    looking(base(kind).description(description))
      .argument('[search...]', 'only those that hold these words')
      .action((words: string[], options: LiveOptions) =>
        show(installation, { kind, words }, options),
      );
  return [
    list('nodes', 'nodes with capacity, what pods ask of them, and usage where it is measured'),
    list('pods', 'pods with their state in words'),
    list('events', 'what the cluster tells, newest first'),
    looking(base('get').description('list any kind, or print one object as YAML'))
      .argument('<kind>', 'as kubectl calls it: deploy, svc, ingressroutes.traefik.io')
      .argument('[name]', 'one object')
      .action((kind: string, name: string | undefined, options: LiveOptions) =>
        show(installation, { kind, ...(name !== undefined && { name }) }, options),
      ),
  ];
}

function looking(command: Command): Command {
  return command
    .option('--context <name>', 'which cluster, by its name or that of its context')
    .option('-n, --namespace <names...>', 'only of these namespaces; default: all')
    .option('-A, --all-namespaces', 'of all namespaces')
    .option('--wide', 'with all columns')
    .option('--limit <number>', 'how many at the most', parseCount, 1_000)
    .option(
      '--accept-new-host-key',
      'accept a host key that is not on record (never a changed one)',
    )
    .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
    .option('--timeout <seconds>', 'for connecting to a machine on the way', parseSeconds, 15)
    .addOption(passphraseFileOption())
    .option('--json', 'machine-readable output');
}
