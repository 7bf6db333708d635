import type { Command } from 'commander';
import type { Installation } from '../../../installation.ts';
import { passphraseFileOption } from '../../secrets/secret-program.ts';
import { parseAge, parseCount, parseSeconds } from '../../terminal/parse-count.ts';
import type { CopyOptions } from './copy-command.ts';
import type { ExecOptions } from './exec-command.ts';
import type { LogsOptions } from './logs-command.ts';
import type { PodOptions } from './pods-session.ts';

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
    reaching('exec', 'a shell in a container, or a command after --')
      .argument('<pod>', 'a pod, or deployment/NAME and the like for the first that is ready')
      .argument('[command...]', 'after --; without it bash, sh or ash')
      .option('-c, --container <name>', 'default: the only one, or the first')
      .option('-i, --stdin', 'give it what comes on stdin')
      .action(async (named: string, command: string[], options: ExecOptions) => {
        const { execInPod } = await import('./exec-command.ts');
        await execInPod(installation, { named, command }, options);
      }),
    reaching('port-forward', 'let ports of 127.0.0.1 lead to a pod, a workload or a service')
      .argument('<target>', 'a pod, or service/NAME, deployment/NAME: then also after a restart')
      .argument('<ports...>', 'PORT, LOCAL:PORT, or :PORT for any local port that is free')
      .action(async (named: string, ports: string[], options: PodOptions) => {
        const { forwardPorts } = await import('./forward-command.ts');
        await forwardPorts(installation, { named, ports }, options);
      }),
    reaching('copy', 'copy a file out of a container, compared on both sides')
      .argument('<from>', 'POD:/path/of/the/file')
      .argument('<to>', 'a file or a folder of this computer')
      .option('-c, --container <name>', 'default: the only one, or the first')
      .option('--replace', 'instead of a file that is there already')
      .action(async (from: string, to: string, options: CopyOptions) => {
        const { copyFromPod } = await import('./copy-command.ts');
        await copyFromPod(installation, { from, to }, options);
      }),
  ];
}
