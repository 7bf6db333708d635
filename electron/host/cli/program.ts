import path from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { defaultDataDirectory, type Installation } from '../installation.ts';
import { clusterProgram } from './cluster/cluster-program.ts';
import { containersProgram } from './containers/containers-program.ts';
import { filesProgram } from './files/files-program.ts';
import { annotationProgram } from './inventory/annotation-program.ts';
import { cablingProgram } from './inventory/cabling-program.ts';
import { exchangeProgram } from './inventory/exchange-program.ts';
import { lintProgram } from './inventory/lint-program.ts';
import type { AddManyOptions } from './inventory/quick-entry.ts';
import { recordProgram } from './inventory/record-program.ts';
import { jobProgram } from './jobs/job-program.ts';
import { onboardProgram } from './jobs/onboard-program.ts';
import type { AddOptions } from './machines/add-command.ts';
import { checkProgram } from './machines/check-program.ts';
import { gpuProgram } from './machines/gpu-program.ts';
import type { RefreshOptions } from './machines/refresh-command.ts';
import { sshProgram } from './machines/ssh-program.ts';
import { modelsProgram } from './models/models-program.ts';
import { passphraseFileOption, secretProgram } from './secrets/secret-program.ts';
import { type DataOption, handDownData, type TargetOptions } from './terminal/options.ts';
import { parseSeconds } from './terminal/parse-count.ts';

function parsePort(from: number) {
  return (text: string): number => {
    const port = Number(text);
    if (!Number.isInteger(port) || port < from || port > 65_535) {
      throw new InvalidArgumentError(`A port is a whole number from ${from} to 65535.`);
    }
    return port;
  };
}

function parseJumps(text: string): string[] {
  const jumps = text.split(',').map((jump) => jump.trim());
  if (jumps.includes('')) throw new InvalidArgumentError('Write them as user@host:port,host.');
  return jumps;
}

function parseDirectory(text: string): string {
  // A shell variable that is not set ends up as an empty word here.
  if (text.trim() === '') throw new InvalidArgumentError('Name a directory.');
  return path.resolve(text);
}

function dataOption(): Option {
  return new Option('--data <directory>', 'where Rackhelm keeps its data').argParser(
    parseDirectory,
  );
}

function withData(command: Command): Command {
  return command
    .addOption(dataOption().default(defaultDataDirectory()))
    .exitOverride()
    .showHelpAfterError('(rackhelm --help lists the commands)');
}

function withTarget(command: Command): Command {
  return withData(command)
    .option('-l, --user <name>', 'login name')
    .option('-p, --port <number>', 'port of sshd', parsePort(1))
    .option('-i, --identity <file>', 'private key file')
    .addOption(
      new Option('-J, --jump <hosts>', 'jump hosts, comma-separated, first to last').argParser(
        parseJumps,
      ),
    )
    .option('-F, --ssh-config <file>', 'ssh configuration to use instead of ~/.ssh/config')
    .option(
      '--accept-new-host-key',
      'accept a host key that is not on record (never a changed one)',
    )
    .addOption(
      new Option('--timeout <seconds>', 'for connecting and reading together')
        .argParser(parseSeconds)
        .default(15),
    )
    .option('--remember', 'keep passwords and passphrases that are typed, once they worked')
    .addOption(passphraseFileOption())
    .option('--json', 'machine-readable output');
}

/** `serve`, also the whole of what `npm start` runs in the browser shell. */
export function createServeCommand(installation: Installation): Command {
  return withData(new Command('serve'))
    .description('run Rackhelm in the browser, on 127.0.0.1 only')
    .option('--port <number>', 'port to listen on; 0 picks a free one', parsePort(0), 0)
    .option('--no-open', 'do not open the browser')
    .action(async (options: DataOption & { port: number; open: boolean }) => {
      const { runBrowserShell } = await import('../web/index.ts');
      await runBrowserShell({
        installation,
        dataDirectory: options.data,
        port: options.port,
        open: options.open,
      });
    });
}

function createFactsCommand(installation: Installation): Command {
  return withTarget(new Command('facts'))
    .description('read the facts of one machine over SSH and print them')
    .argument('<host>', 'name, address or alias of the ssh configuration; user@host works too')
    .action(async (host: string, options: TargetOptions) => {
      const { printFacts } = await import('./machines/facts-command.ts');
      await printFacts(installation, host, options);
    });
}

function createAddCommand(installation: Installation): Command {
  return withTarget(new Command('add'))
    .description('read the facts of machines over SSH and put them into the inventory')
    .argument('[host...]', 'machines; none: every host that the --ssh-config file names')
    .option('--name <name>', 'name in the inventory (one machine only); default: its host name')
    .option('--as <device>', 'the device that it is, by name or id (one machine only)')
    .option('--new', 'a new device, whatever it looks like')
    .option('--no-accept', 'record the facts as observed only, declare nothing from them')
    .action(async (hosts: string[], options: AddOptions) => {
      const [kind, ...words] = hosts;
      const { isKind } = await import('./inventory/record-input.ts');
      if (isKind(kind)) {
        const { addRecord } = await import('./inventory/record-commands.ts');
        addRecord(kind, words, options);
        return;
      }
      const { addMachines } = await import('./machines/add-command.ts');
      await addMachines(installation, hosts, options);
    });
}

function createAddManyCommand(installation: Installation): Command {
  return withData(new Command('add-many'))
    .description('add many devices by one line, as one change')
    .argument('<line>', 'for example: pi-[1-4] eth0 10.20.10.[11-14]/24')
    .option('--dry-run', 'only say what would be added')
    .option('--skip-existing', 'leave out devices that are there already')
    .option('--json', 'machine-readable output')
    .addHelpText(
      'after',
      '\nThe first word is the name; then interfaces, each with its addresses and MACs, U[10-13], and\nfields: type:"Raspberry Pi 5" rack:A vlan:20 tagged:30,40 status:active. Brackets go pairwise.',
    )
    .action(async (line: string, options: AddManyOptions) => {
      const { addMany } = await import('./inventory/quick-entry.ts');
      await addMany(installation, line, options);
    });
}

function createRefreshCommand(installation: Installation): Command {
  return withData(new Command('refresh'))
    .description(
      'read devices of the inventory again; several at once are never asked for anything',
    )
    .argument('[device...]', 'names as the inventory has them')
    .option('--all', 'every device that has an SSH host')
    .option('--rack <name>', 'every device of this rack; SITE/RACK where two have the name')
    .option(
      '--accept-new-host-key',
      'accept a host key that is not on record (never a changed one)',
    )
    .addOption(
      new Option('--timeout <seconds>', 'for connecting and reading each device')
        .argParser(parseSeconds)
        .default(15),
    )
    .option('--remember', 'keep what is typed for a device that is named alone, once it worked')
    .addOption(passphraseFileOption())
    .option('--json', 'machine-readable output')
    .action(async (devices: string[], options: RefreshOptions) => {
      const { refreshDevices } = await import('./machines/refresh-command.ts');
      await refreshDevices(installation, devices, options);
    });
}

function createDevicesCommand(): Command {
  return withData(new Command('devices'))
    .description('list the devices of the inventory')
    .argument('[search...]', 'only those that match all of these words')
    .option('--json', 'machine-readable output')
    .action(async (words: string[], options: DataOption & { json?: true }) => {
      const { printDevices } = await import('./machines/devices-command.ts');
      printDevices(words.join(' '), options);
    });
}

function createProposalsCommand(): Command {
  type Options = DataOption & { json?: true };
  const filtered = (command: Command) =>
    withData(command)
      .option('--area <area>', 'only those of services, or of networks')
      .option('--device <name>', 'only what was seen on this device')
      .option('--json', 'machine-readable output');
  const change = (verb: 'accept' | 'dismiss' | 'restore', description: string) =>
    filtered(new Command(verb))
      .description(description)
      .argument('[proposal...]', 'names or keys, as the list has them')
      .option('--all', 'all that the filter finds')
      .action(async (names: string[], options: Options) => {
        const { changeProposals } = await import('./inventory/proposals-command.ts');
        await changeProposals(verb, names, options);
      });
  return new Command('proposals')
    .description('what was seen on the machines and is not declared')
    .addOption(dataOption())
    .enablePositionalOptions()
    .hook('preSubcommand', handDownData)
    .exitOverride()
    .showHelpAfterError('(rackhelm --help lists the commands)')
    .addCommand(
      filtered(new Command('list'))
        .description('list them')
        .option('--dismissed', 'those that were dismissed')
        .action(async (options: Options) => {
          const { listProposals } = await import('./inventory/proposals-command.ts');
          await listProposals(options);
        }),
      { isDefault: true },
    )
    .addCommand(change('accept', 'declare what they propose, as one change to undo'))
    .addCommand(change('dismiss', 'do not propose them again'))
    .addCommand(change('restore', 'bring dismissed ones back'));
}

export function createProgram(installation: Installation): Command {
  const program = new Command('rackhelm')
    .description('Plans, checks and keeps a small rack.')
    .version(installation.version)
    .addOption(dataOption())
    .enablePositionalOptions()
    .hook('preSubcommand', handDownData)
    .exitOverride()
    .showHelpAfterError('(rackhelm --help lists the commands)')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong usage, 3 a machine could not be read, 4 some of several\nmachines failed, 5 unclear which device a machine is (see --as and --new), 6 lint\nor a check found an error, 7 nobody was there to answer, 130 interrupted. Errors and progress go to stderr.',
    )
    .addCommand(createFactsCommand(installation))
    .addCommand(createAddCommand(installation))
    .addCommand(createAddManyCommand(installation))
    .addCommand(createRefreshCommand(installation))
    .addCommand(createDevicesCommand())
    .addCommand(createProposalsCommand())
    .addCommand(createServeCommand(installation));
  const base = (name: string) => withData(new Command(name));
  const more = [
    recordProgram,
    cablingProgram,
    exchangeProgram,
    lintProgram,
    annotationProgram,
    secretProgram,
  ];
  const targeted = (name: string) => withTarget(new Command(name));
  const all = [
    ...more.flatMap((each) => each(base)),
    ...checkProgram(base, installation),
    ...gpuProgram(targeted, installation),
    ...sshProgram(targeted, installation),
    ...filesProgram(base, targeted, installation),
    ...clusterProgram(base, targeted, installation),
    ...containersProgram(base, installation),
    ...modelsProgram(base, installation),
    ...onboardProgram(base, targeted, installation),
    ...jobProgram(base, installation),
  ];
  for (const command of all) {
    program.addCommand(command);
  }
  return program;
}
