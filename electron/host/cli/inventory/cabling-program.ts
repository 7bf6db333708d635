import type { Command } from 'commander';
import type { DataOption } from '../terminal/options.ts';

/** `trace` and `power`. `base` makes a command with what all commands have. */
export function cablingProgram(base: (name: string) => Command): readonly Command[] {
  return [
    base('trace')
      .description('follow the cables from a port to what it is connected to, through panels')
      .argument('<port...>', 'the device, then its port or interface: switch-1 port 5')
      .option('--json', 'machine-readable output')
      .action(async (words: string[], options: DataOption & { json?: true }) => {
        const { tracePort } = await import('./cabling-commands.ts');
        tracePort(words, options);
      }),
    base('power')
      .description('what feeds what, what it carries, and what happens when a feed fails')
      .argument('[name...]', 'only what holds all of these words, with what it hangs on')
      .option('--json', 'machine-readable output')
      .action(async (words: string[], options: DataOption & { json?: true }) => {
        const { printPower } = await import('./power-commands.ts');
        printPower(words, options);
      }),
  ];
}
