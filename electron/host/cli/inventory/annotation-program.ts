import { type Command, Option } from 'commander';
import { customTypes } from '../../../../shared/model/custom-fields.ts';
import { type DataOption, handDownData } from '../terminal/options.ts';

type Output = DataOption & { json?: true };

/** `tag`, `untag`, `note`, `attach`, `attachments`, `custom-fields`. `base` makes a command with what all have. */
export function annotationProgram(base: (name: string) => Command): readonly Command[] {
  const output = (command: Command) => command.option('--json', 'machine-readable output');
  const tagging = (verb: 'tag' | 'untag', description: string) =>
    output(base(verb))
      .description(description)
      .argument('<kind>', 'device, vlan, interface, …')
      .argument('<name>', 'its name, in quotes where it has several words, or its id')
      .argument('<tag...>', 'one or more tags')
      .action(async (kind: string, name: string, tags: string[], options: Output) => {
        const { changeTags } = await import('./annotation-commands.ts');
        changeTags(verb, { kind, name, tags }, options);
      });
  const note = output(base('note'))
    .description('write a note to a thing, or list its notes')
    .argument('<kind>')
    .argument('<name>', 'its name, in quotes where it has several words, or its id')
    .argument('[text...]', 'Markdown; - reads it from standard input; none: list the notes')
    .action(async (kind: string, name: string, text: string[], options: Output) => {
      const { noteThing } = await import('./annotation-commands.ts');
      noteThing({ kind, name, text: text.join(' ') }, options);
    });
  const attach = output(base('attach'))
    .description('attach files to a thing')
    .argument('<file...>', 'at most 25 MiB each')
    .requiredOption('--to <kind and name...>', 'the thing: --to device pi-1')
    .action(async (files: string[], options: Output & { to: string[] }) => {
      const { attachFiles } = await import('./attachment-commands.ts');
      await attachFiles(files, options);
    });
  const attachments = output(base('attachments'))
    .description('list what is attached to a thing, save it or delete it')
    .argument('<kind>')
    .argument('<name>', 'its name, in quotes where it has several words, or its id')
    .option('--save <directory>', 'write all of it there; nothing is overwritten')
    .option('--delete <file>', 'delete the attachment of this name')
    .action(async (kind: string, name: string, options) => {
      const { listAttachments } = await import('./attachment-commands.ts');
      listAttachments({ kind, name }, options);
    });
  return [
    tagging('tag', 'put tags on a thing'),
    tagging('untag', 'take tags from a thing'),
    note,
    attach,
    attachments,
    customFieldProgram(base, output),
  ];
}

function customFieldProgram(
  base: (name: string) => Command,
  output: (command: Command) => Command,
): Command {
  const add = output(base('add'))
    .description('give a kind of thing a field of your own')
    .argument('<kind>')
    .argument('<name>', 'what it is called')
    .addOption(new Option('--type <type>').choices(customTypes).default('text'))
    .option('--options <list>', 'of a choice, comma-separated')
    .option('--refers-to <kind>', 'of a reference')
    .option('--required', 'a value cannot be taken away, and a missing one is told')
    .option('--about <text>', 'what it means')
    .action(async (kind: string, name: string, options) => {
      const { addCustomField } = await import('./custom-field-commands.ts');
      addCustomField(kind, name, options);
    });
  const remove = output(base('remove'))
    .description('delete a field of your own with all its values; without --yes, say how many')
    .argument('<kind>')
    .argument('<name>')
    .option('--yes', 'delete it')
    .action(async (kind: string, name: string, options) => {
      const { removeCustomField } = await import('./custom-field-commands.ts');
      removeCustomField(kind, name, options);
    });
  const list = output(base('list'))
    .description('list them')
    .argument('[kind]')
    .action(async (kind: string | undefined, options: Output) => {
      const { listCustomFields } = await import('./custom-field-commands.ts');
      listCustomFields(kind, options);
    });
  return base('custom-fields')
    .description('fields that you gave kinds of things; set, get and list take them by name')
    .enablePositionalOptions()
    .hook('preSubcommand', handDownData)
    .addCommand(list, { isDefault: true })
    .addCommand(add)
    .addCommand(remove);
}
