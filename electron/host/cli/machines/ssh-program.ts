import type { Command } from 'commander';
import type { Installation } from '../../installation.ts';
import type { SshOptions } from './ssh-command.ts';

/** `ssh`. `targeted` makes a command with what all that talk to machines have. */
export function sshProgram(
  targeted: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const ssh = targeted('ssh')
    .description('a shell on a device, or one command; ends with its exit code')
    .argument('<device>', 'its name as the inventory has it')
    .argument('[command...]', 'after --: what the shell there runs instead')
    .option('--tty', 'with a terminal also for a command')
    .action(async (device: string, command: string[], options: SshOptions) => {
      const { sshToDevice } = await import('./ssh-command.ts');
      await sshToDevice(installation, { device, command }, options);
    });
  return [ssh];
}
