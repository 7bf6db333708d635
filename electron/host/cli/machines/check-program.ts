import { type Command, Option } from 'commander';
import { nodeRoles } from '../../../../shared/onboarding/role.ts';
import type { Installation } from '../../installation.ts';
import { passphraseFileOption } from '../secrets/secret-program.ts';
import { parseSeconds } from '../terminal/parse-count.ts';
import type { CheckOptions } from './check-command.ts';

/** `check`. `base` makes a command with what all commands have. */
export function checkProgram(
  base: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const check = base('check')
    .description('look at devices as machines, with evidence; ends with 6 where a check fails')
    .argument('<device...>', 'names as the inventory has them')
    .addOption(
      new Option('--role <role>', 'what they are to be').choices(nodeRoles).default('worker'),
    )
    .addOption(
      new Option('--network <how>', 'what may be sent to look: outside also reaches the internet')
        .choices(['none', 'gateway', 'outside'])
        .default('none'),
    )
    .option('--ports', 'also try the ports between them; opens listeners there for some seconds')
    .option('--group <names...>', 'only checks of these groups')
    .option('--all', 'also what is well')
    .option('--evidence', 'with what each rests on')
    .option('-i, --identity <file>', 'private key file')
    .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
    .option(
      '--accept-new-host-key',
      'accept a host key that is not on record (never a changed one)',
    )
    .addOption(
      new Option('--timeout <seconds>', 'for connecting to each device')
        .argParser(parseSeconds)
        .default(15),
    )
    .addOption(passphraseFileOption())
    .option('--json', 'machine-readable output')
    .action(async (devices: string[], options: CheckOptions) => {
      const { checkDevices } = await import('./check-command.ts');
      await checkDevices(installation, devices, options);
    });
  return [check];
}
