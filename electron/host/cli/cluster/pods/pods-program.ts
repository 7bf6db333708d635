import type { Command } from 'commander';
import type { Installation } from '../../../installation.ts';
import { passphraseFileOption } from '../../secrets/secret-program.ts';
import { parseAge, parseCount, parseSeconds } from '../../terminal/parse-count.ts';
import type { LogsOptions } from './logs-command.ts';

/** Commands of `cluster` that reach into pods. */
export function podsPrograms(
  base: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const reaching = (name: string, description: string) =>
    base(name)
      .description(description)
      .option('--context <name>', 'which cluster, by its name or the name or id of a context')
      .option('-n, --namespace <name>', 'default: default')
      .option(
        '--accept-new-host-key',
        'accept a host key that is not on record (never a changed one)',
      )
      .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
      .option('--timeout <seconds>', 'for connecting to a machine on the way', parseSeconds, 15)
      .addOption(passphraseFileOption())
      .option('--json', 'machine-readable output');
  return [
    reaching('logs', 'what containers said, of one pod or of all of a workload, as one log')
      .argument('<pod>', 'a pod, or deployment/NAME, statefulset/NAME, job/NAME, service/NAME')
      .option('-f, --follow', 'go on until Ctrl-C, across restarts and broken connections')
      .option('-p, --previous', 'of containers before their last restart')
      .option('-c, --container <names...>', 'only of these; default: all')
      .option('--search <words>', 'only lines that hold these words')
      .option('--tail <lines>', 'the last so many of each container', parseCount, 1_000)
      .option('--since <age>', 'not older than this, as 30s, 10m or 2h', parseAge)
      .option('--timestamps', 'with the time of each line')
      .action(async (named: string, options: LogsOptions) => {
        const { showLogs } = await import('./logs-command.ts');
        await showLogs(installation, named, options);
      }),
  ];
}
