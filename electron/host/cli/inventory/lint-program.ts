import { type Command, Option } from 'commander';
import { severities } from '../../../../shared/model/lint.ts';
import type { DataOption } from '../terminal/options.ts';
import { parseCount } from '../terminal/parse-count.ts';
import type { LintOptions } from './lint-commands.ts';

/** `lint` and `silence`. `base` makes a command with what all commands have. */
export function lintProgram(base: (name: string) => Command): readonly Command[] {
  const lint = base('lint')
    .description('tell what of the inventory contradicts itself; ends with 6 where it is an error')
    .argument('[search...]', 'only what holds all of these words')
    .addOption(
      new Option('--severity <severities...>', 'only of these severities').choices(severities),
    )
    .option('--rule <rules...>', 'only of these rules')
    .option('--silenced', 'what somebody silenced, with the reason')
    .option('--limit <number>', 'how many at the most', parseCount, 200)
    .option('--json', 'machine-readable output')
    .action(async (words: string[], options: LintOptions) => {
      const { printFindings } = await import('./lint-commands.ts');
      printFindings(words, options);
    });
  const silence = base('silence')
    .description('live with findings of rackhelm lint, and say why')
    .argument('<keys...>', 'as rackhelm lint shows them')
    .option('--reason <text>', 'why')
    .option('--again', 'be told of them again')
    .option('--json', 'machine-readable output')
    .action(
      async (
        keys: string[],
        options: DataOption & { json?: true; reason?: string; again?: true },
      ) => {
        const { silenceFindings } = await import('./lint-commands.ts');
        silenceFindings(keys, options);
      },
    );
  return [lint, silence];
}
