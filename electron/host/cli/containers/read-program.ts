import type { Command } from 'commander';
import type { Installation } from '../../installation.ts';
import { parseAge, parseCount } from '../terminal/parse-count.ts';
import type { MakeCommand } from './act-program.ts';
import type { EngineOptions } from './containers-session.ts';
import type { PruneOptions } from './image-commands.ts';
import type { ExecOptions, LogsOptions } from './read-commands.ts';

/** Commands of `containers` that look at single ones. */
export function readCommands(make: MakeCommand, installation: Installation): readonly Command[] {
  return [
    make('show', 'a container in words: state, ports, mounts, environment')
      .argument('<container>', 'its name or id')
      .action(async (name: string, options: EngineOptions) => {
        const { showContainer } = await import('./read-commands.ts');
        await showContainer(installation, name, options);
      }),
    make('logs', 'what containers said, of one or of several as one log')
      .argument('[container...]', 'names or ids')
      .option('--project <name>', 'all containers of this compose project')
      .option('-f, --follow', 'go on until Ctrl-C, across restarts and broken connections')
      .option('--search <words>', 'only lines that hold these words')
      .option('--tail <lines>', 'the last so many of each container', parseCount, 1_000)
      .option('--since <age>', 'not older than this, as 30s, 10m or 2h', parseAge)
      .option('--timestamps', 'with the time of each line')
      .action(async (names: string[], options: LogsOptions) => {
        const { showLogs } = await import('./read-commands.ts');
        await showLogs(installation, names, options);
      }),
    make('exec', 'run a command in a container')
      .argument('<container>', 'its name or id')
      .argument('<command...>', 'after --')
      .option('-i, --stdin', 'give it what comes on stdin')
      .option('-u, --user <name>', 'as whom; default: as the container runs')
      .action(async (name: string, command: string[], options: ExecOptions) => {
        const { execInContainer } = await import('./read-commands.ts');
        await execInContainer(installation, { name, command }, options);
      }),
    make('stats', 'what containers take now: processor, memory, network, disk')
      .argument('[container...]', 'names or ids; default: all that run')
      .action(async (names: string[], options: EngineOptions) => {
        const { showStats } = await import('./read-commands.ts');
        await showStats(installation, names, options);
      }),
  ];
}

/** Commands of `containers` about images and the disk. */
export function imageCommands(make: MakeCommand, installation: Installation): readonly Command[] {
  return [
    make('pull', 'pull an image, as a job')
      .argument('<image>', 'with its tag or digest; without one: latest')
      .action(async (image: string, options: EngineOptions) => {
        const { pullImage } = await import('./image-commands.ts');
        await pullImage(installation, image, options);
      }),
    make('prune', 'delete what nothing uses, after showing it; default: images without a name')
      .option('--containers', 'containers that ended')
      .option('--images', 'images whose name went to a newer one')
      .option('--all-images', 'all images that no container uses')
      .option('--volumes', 'volumes without a name; what is in them is gone for good')
      .option('--all-volumes', 'all volumes that no container uses')
      .option('--build-cache', 'what builds left behind')
      .option('--plan', 'only show what would go')
      .option('--yes', 'do not ask')
      .action(async (options: PruneOptions) => {
        const { pruneEngine } = await import('./image-commands.ts');
        await pruneEngine(installation, options);
      }),
    make('disk', 'what images, containers, volumes and the build cache take').action(
      async (options: EngineOptions) => {
        const { showDisk } = await import('./image-commands.ts');
        await showDisk(installation, options);
      },
    ),
  ];
}
