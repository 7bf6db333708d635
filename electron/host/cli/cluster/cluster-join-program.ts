import { type Command, Option } from 'commander';
import type { Installation } from '../../installation.ts';
import { parseMinutes } from '../terminal/parse-count.ts';
import type { JoinOptions } from './cluster-join-command.ts';

function repeated(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** `cluster join`. `targeted` makes a command with what all that talk to machines have. */
export function joinProgram(
  targeted: (name: string) => Command,
  installation: Installation,
): Command {
  return targeted('join')
    .description('let machines of the inventory join a cluster: K3s is laid down and started')
    .argument('<device...>', 'their names')
    .option('--cluster <name>', 'which cluster of the inventory; default: the only one')
    .addOption(new Option('--as <what>', 'default: by its role').choices(['server', 'agent']))
    .option('--files <folder>', 'K3s from files of this computer instead of from the network')
    .option('--k3s-version <version>', 'such as v1.37.2+k3s1; default: that of the servers')
    .option('--channel <name>', 'where there is no server yet: stable, latest, v1.37')
    .option('--server <url>', 'whom to join; default: a server that is up')
    .addOption(new Option('--datastore <what>', 'of a first server').choices(['sqlite', 'etcd']))
    .option('--tls-name <name>', 'for the certificate of a server; may be repeated', repeated)
    .option('--label <key=value>', 'of its node; may be repeated', repeated)
    .option('--taint <key=value:effect>', 'of its node; may be repeated', repeated)
    .option('--minutes <number>', 'so long one join may take; default: 10', parseMinutes)
    .option('--plan', 'show what would be done, and do nothing')
    .option('--yes', 'do it without asking')
    .action(async (devices: string[], options: JoinOptions) => {
      const { joinCluster } = await import('./cluster-join-command.ts');
      await joinCluster(installation, devices, options);
    });
}
