import type { Command } from 'commander';
import type { Installation } from '../../installation.ts';
import type { OffboardOptions } from './offboard-command.ts';
import type { OnboardOptions } from './onboard-command.ts';

/** `onboard` and `offboard`. `base` and `targeted` make commands with what all of their kind have. */
export function onboardProgram(
  base: (name: string) => Command,
  targeted: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const onboard = targeted('onboard')
    .description('bring machines in by a file of answers: checked, mended, named, written down')
    .argument('[host...]', 'those that are meant; default: all that the answers name')
    .requiredOption('--answers <file>', 'as the window writes it')
    .option('--ports', 'also try the ports between them; opens listeners there for some seconds')
    .option('--plan', 'show what would be done, and do nothing')
    .option('--yes', 'do it without asking')
    .action(async (hosts: string[], options: OnboardOptions) => {
      const { onboardMachines } = await import('./onboard-command.ts');
      await onboardMachines(installation, hosts, options);
    });
  const offboard = base('offboard')
    .description('retire a device: what it held becomes free, its history stays')
    .argument('<device>', 'its name')
    .option('--plan', 'show what leans on it and what would be done, and do nothing')
    .option('--yes', 'do it without asking')
    .option('--keep-place', 'leave it in its rack')
    .option('--keep-addresses', 'leave it its addresses')
    .option('--keep-cables', 'leave its cables')
    .option('--keep-clusters', 'leave it a member of its clusters')
    .option('--json', 'machine-readable output')
    .action(async (device: string, options: OffboardOptions) => {
      const { offboardDevice } = await import('./offboard-command.ts');
      await offboardDevice(device, options);
    });
  return [onboard, offboard];
}
