import { type Command, InvalidArgumentError } from 'commander';
import { kindNames } from '../../../../shared/model/kinds/index.ts';
import type { DataOption } from '../terminal/options.ts';
import { parseCount } from '../terminal/parse-count.ts';

type Output = DataOption & { json?: true };

const kindHelp = `\nKinds: ${kindNames.join(', ')}.\nA thing of another is named with it: interface "pi-1 eth0". Fields are written field=value.`;

function parseLength(text: string): number {
  const length = Number(text.replace(/^\//, ''));
  if (Number.isInteger(length) && length >= 0 && length <= 128) return length;
  throw new InvalidArgumentError('A length from 0 to 128.');
}

function repeated(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/**
 * The inventory by hand: `list`, `get`, `set`, `remove`, `next-address`, `next-prefix`, `history`, `undo`, `redo`.
 * `add KIND` is a form of `add`. `base` makes a command with what all commands have.
 */
export function recordProgram(base: (name: string) => Command): readonly Command[] {
  const ofKind = (name: string) =>
    base(name)
      .argument('<kind>', 'device, vlan, interface, …')
      .option('--json', 'machine-readable output')
      .addHelpText('after', kindHelp);
  const listed = ofKind('list')
    .description('list the things of a kind')
    .argument('[search...]', 'only those that hold all of these words')
    .option('--where <field=value>', 'only those whose field is that; may be repeated', repeated)
    .option('--columns <fields>', 'comma-separated fields to show')
    .option('--sort <field>', 'field to sort by')
    .option('--descending', 'the largest first')
    .option('--limit <number>', 'how many at the most', parseCount, 1_000)
    .option('--tree', 'prefixes in which they nest, with how full they are')
    .action(async (kind: string, words: string[], options) => {
      if (options.tree) {
        const { listPrefixTree } = await import('./network-commands.ts');
        return listPrefixTree(kind, words, options);
      }
      const { listRecords } = await import('./record-commands.ts');
      listRecords(kind, words, options);
    });
  const got = ofKind('get')
    .description('show one thing and what hangs on it')
    .argument('<name...>', 'its name, or its id')
    .option('--at <time>', 'as it was then: 2026-11-30, or 2026-11-30 14:00')
    .action(async (kind: string, words: string[], options: Output & { at?: string }) => {
      if (options.at !== undefined) {
        const { getAt } = await import('./past-commands.ts');
        return getAt(kind, words, { ...options, at: options.at });
      }
      const { getRecord } = await import('./record-commands.ts');
      getRecord(kind, words, options);
    });
  const set = ofKind('set')
    .description('change fields of one thing; field= declares nothing any more')
    .argument('<words...>', 'its name, then field=value …')
    .option('--reason <text>', 'why; kept with the change')
    .action(async (kind: string, words: string[], options: Output & { reason?: string }) => {
      const { setRecord } = await import('./record-commands.ts');
      setRecord(kind, words, options);
    });
  const removed = ofKind('remove')
    .description('delete one thing; without --yes, say what would go with it')
    .argument('<name...>', 'its name, or its id')
    .option('--yes', 'delete it')
    .option('--reason <text>', 'why; kept with the change')
    .action(
      async (kind: string, words: string[], options: Output & { yes?: true; reason?: string }) => {
        const { removeRecord } = await import('./record-commands.ts');
        removeRecord(kind, words, options);
      },
    );
  const next = base('next-address')
    .description('the lowest address of a prefix that nothing uses, reserves or gives out')
    .argument('<prefix>', 'for example 10.0.10.0/24')
    .option('--count <number>', 'how many', parseCount, 1)
    .option('--json', 'machine-readable output')
    .action(async (prefix: string, options: Output & { count: number }) => {
      const { nextAddress } = await import('./record-commands.ts');
      nextAddress(prefix, options);
    });
  const nextPrefix = base('next-prefix')
    .description('the lowest part of a prefix that touches no other prefix')
    .argument('<prefix>', 'for example 10.0.0.0/16')
    .requiredOption('--length <number>', 'its length, for example 24', parseLength)
    .option('--count <number>', 'how many', parseCount, 1)
    .option('--json', 'machine-readable output')
    .action(async (prefix: string, options: Output & { length: number; count: number }) => {
      const { nextPrefix: find } = await import('./network-commands.ts');
      find(prefix, options);
    });
  const history = base('history')
    .description('list the newest changes of the inventory, or of one thing')
    .argument('[kind]')
    .argument('[name...]', 'its name, or its id')
    .option('--limit <number>', 'how many at the most', parseCount, 50)
    .option('--json', 'machine-readable output')
    .action(
      async (kind: string | undefined, words: string[], options: Output & { limit: number }) => {
        const { printHistory } = await import('./history-commands.ts');
        printHistory(kind, words, options);
      },
    );
  const restore = base('restore')
    .description('make one thing, or the whole inventory, what it was; undo takes that back')
    .argument('[kind]')
    .argument('[name...]', 'its name, or its id')
    .requiredOption('--at <time>', '2026-11-30, or 2026-11-30 14:00')
    .option('--dry-run', 'only say what would change')
    .option('--reason <text>', 'why; kept with the change')
    .option('--json', 'machine-readable output')
    .action(async (kind: string | undefined, words: string[], options) => {
      const { restoreTo } = await import('./past-commands.ts');
      restoreTo(kind, words, options);
    });
  const move = (verb: 'undo' | 'redo', description: string) =>
    base(verb)
      .description(description)
      .option('--json', 'machine-readable output')
      .action(async (options: Output) => {
        const { moveHistory } = await import('./history-commands.ts');
        moveHistory(verb, options);
      });
  return [
    listed,
    got,
    set,
    removed,
    next,
    nextPrefix,
    history,
    restore,
    move('undo', 'take the newest change back'),
    move('redo', 'bring back what was taken back last'),
  ];
}
