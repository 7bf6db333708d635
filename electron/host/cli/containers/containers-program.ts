import type { Command } from 'commander';
import type { EngineKind } from '../../../../shared/containers/kinds.ts';
import type { Installation } from '../../installation.ts';
import { passphraseFileOption } from '../secrets/secret-program.ts';
import { handDownData } from '../terminal/options.ts';
import { parseCount, parseSeconds } from '../terminal/parse-count.ts';
import { actCommands } from './act-program.ts';
import type { EnginesOptions } from './engines-command.ts';
import type { ListOptions } from './list-command.ts';
import { imageCommands, readCommands } from './read-program.ts';

/** `containers`. `base` makes commands with what all of them have. */
export function containersProgram(
  base: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const reaching = (name: string, description: string) =>
    base(name)
      .description(description)
      .option(
        '--accept-new-host-key',
        'accept a host key that is not on record (never a changed one)',
      )
      .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
      .option('--timeout <seconds>', 'for connecting to a machine', parseSeconds, 15)
      .addOption(passphraseFileOption())
      .option('--json', 'machine-readable output');
  const ofEngine = (name: string, description: string) =>
    reaching(name, description).option(
      '-e, --engine <name>',
      'which engine, by its name or that of its device; default: the only one',
    );
  const list = (name: string, kind: EngineKind, description: string) =>
    ofEngine(name, description)
      .argument('[search...]', 'only those that hold these words')
      .option('--wide', 'with all columns')
      .option('--limit <number>', 'how many at the most', parseCount, 1_000)
      .action(async (words: string[], options: ListOptions) => {
        const { listOfEngine } = await import('./list-command.ts');
        await listOfEngine(installation, { kind, words }, options);
      });
  const all = [
    enginesCommand(reaching, installation),
    list('list', 'containers', 'containers with their state in words, by project'),
    list('projects', 'projects', 'compose projects, found by the labels of their containers'),
    list('images', 'images', 'images and which containers use them'),
    list('volumes', 'volumes', 'volumes and which containers use them'),
    list('networks', 'networks', 'networks and which containers are in them'),
    ...actCommands(ofEngine, installation),
    ...readCommands(ofEngine, installation),
    ...imageCommands(ofEngine, installation),
  ];
  const containers = base('containers')
    .description('container engines (Docker, Podman): how they are reached, and what runs there')
    .enablePositionalOptions()
    .hook('preSubcommand', handDownData);
  for (const command of all) containers.addCommand(command);
  return [containers];
}

function enginesCommand(
  reaching: (name: string, description: string) => Command,
  installation: Installation,
): Command {
  return reaching('engines', 'list, add, test, rename and forget engines')
    .option('--found', 'show where engines may be on this computer, and save nothing')
    .option('--add <device>', 'save the engine of this device, reached over SSH')
    .option('--socket <path>', 'with --add: where its socket lies; default: it is looked for')
    .option('--local [path]', 'save the engine of this computer, at this socket')
    .option('--docker-context <name>', 'save the engine that this context of docker names')
    .option('--tcp <host:port>', 'save an engine that listens there, over TLS')
    .option('--ca <file>', 'with --tcp: who signed its certificate (PEM)')
    .option('--cert <file>', 'with --tcp: our certificate (PEM)')
    .option('--key <file>', 'with --tcp: its key (PEM); all three are kept as one secret')
    .option('--plain', 'with --tcp: without TLS, on this computer only')
    .option('--device <device>', 'with --local, --tcp and --docker-context: the device it runs on')
    .option('--name <name>', 'with the ways to add one, and with --rename')
    .option(
      '--test [engine]',
      'try what was added, else this one or all; ends with 1 where one fails',
    )
    .option('--rename <engine>', 'call it by --name from now on')
    .option('--forget <engine>', 'by its name or id; its secret with it')
    .action(async (options: EnginesOptions) => {
      const { runEngines } = await import('./engines-command.ts');
      await runEngines(installation, options);
    });
}
