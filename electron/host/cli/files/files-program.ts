import type { Command } from 'commander';
import type { Installation } from '../../installation.ts';
import { handDownData } from '../terminal/options.ts';
import type { FilesOptions } from './files-command.ts';

/** `files`. `targeted` makes a command with what all that talk to machines have. */
export function filesProgram(
  base: (name: string) => Command,
  targeted: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const files = base('files')
    .description('files of a device over SFTP')
    .enablePositionalOptions()
    .hook('preSubcommand', handDownData)
    .exitOverride()
    .showHelpAfterError('(rackhelm --help lists the commands)');
  const list = targeted('list')
    .description('what is in a folder')
    .argument('<place>', 'DEVICE:/folder; without a path, the home directory')
    .action(async (place: string, options: FilesOptions) => {
      const { listFiles } = await import('./files-command.ts');
      await listFiles(installation, place, options);
    });
  const get = targeted('get')
    .description('a file from a device, compared by its hash; goes on where it broke off')
    .argument('<from>', 'DEVICE:/path/of/the/file')
    .argument('[to]', 'a file or a folder of this computer', '.')
    .option('--replace', 'instead of a file that is there already')
    .action(async (from: string, to: string, options: FilesOptions) => {
      const { getFile } = await import('./files-command.ts');
      await getFile(installation, { from, to }, options);
    });
  const put = targeted('put')
    .description('a file to a device, compared by its hash; goes on where it broke off')
    .argument('<from>', 'a file of this computer')
    .argument('<to>', 'DEVICE:/path, of a folder or of the file to be')
    .option('--replace', 'instead of a file that is there already')
    .action(async (from: string, to: string, options: FilesOptions) => {
      const { putFile } = await import('./files-command.ts');
      await putFile(installation, { from, to }, options);
    });
  return [files.addCommand(list).addCommand(get).addCommand(put)];
}
