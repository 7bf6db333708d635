import type { Command } from 'commander';
import type { Installation } from '../../installation.ts';
import type { GpuOptions } from './gpu-command.ts';

/** `gpus`. `targeted` makes a command with what all that talk to machines have. */
export function gpuProgram(
  targeted: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const gpus = targeted('gpus')
    .description('what graphics processors do, and which container and model holds their memory')
    .argument('[device...]', 'names as the inventory has them; none: all that have a card there')
    .option('--watch', 'again each second, until it is interrupted')
    .option('--check', 'driver, container toolkit, bus, memory errors and the log of the kernel')
    .option('--evidence', 'with what each check rests on')
    .action(async (devices: string[], options: GpuOptions) => {
      const { showGpus } = await import('./gpu-command.ts');
      await showGpus(installation, devices, options);
    });
  return [gpus];
}
