import { type Command, Option } from 'commander';
import type { ExportOptions, ImportOptions } from './exchange-commands.ts';

function repeated(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** Moving in and out: `import`, `export`. `base` makes a command with what all commands have. */
export function exchangeProgram(base: (name: string) => Command): readonly Command[] {
  const imported = base('import')
    .description('compare a file with the inventory, and take over what it says')
    .argument('<file>', 'inventory of Rackhelm (YAML, JSON), or a table of one kind (CSV)')
    .option('--kind <kind>', 'of the rows of a table')
    .option('--map <column=field>', 'what a column is; column= leaves it out; repeatable', repeated)
    .option('--dry-run', 'only show what would change')
    .option('--attachments <folder>', 'contents by hash; else the folder attachments beside it')
    .option('--yes', 'do it')
    .option('--reason <text>', 'why; kept with the change')
    .addOption(new Option('--delete', 'delete what a whole file does not have').conflicts('keep'))
    .option('--keep', 'keep what a whole file does not have')
    .addOption(
      new Option('--prefer <side>', 'what counts where both were changed').choices([
        'file',
        'inventory',
      ]),
    )
    .addOption(
      new Option('--limit <number>', 'how many differences to show').default(100).argParser(Number),
    )
    .option('--json', 'machine-readable output')
    .action(async (file: string, options: ImportOptions) => {
      const { importFile } = await import('./exchange-commands.ts');
      await importFile(file, options);
    });
  const exported = base('export')
    .description('write the inventory, or one kind of it, for people and other programs')
    .argument('[kind]', 'device, vlan, address, …; none: everything')
    .option(
      '--format <format>',
      'yaml, json, csv (of one kind), ansible, ssh-config, hosts, markdown',
      'yaml',
    )
    .option('--attachments <folder>', 'also write contents of attachments there, by hash')
    .option('--output <file>', 'a file of its owner alone instead of stdout')
    .option('--json', 'as --format json')
    .action(async (kind: string | undefined, options: ExportOptions) => {
      const { exportFile } = await import('./exchange-commands.ts');
      await exportFile(kind, options);
    });
  return [imported, exported];
}
