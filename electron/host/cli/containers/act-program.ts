import type { Command } from 'commander';
import type { ContainerAction } from '../../../../shared/containers/action.ts';
import type { Installation } from '../../installation.ts';
import { parseCount } from '../terminal/parse-count.ts';
import type { EngineOptions } from './containers-session.ts';

export type MakeCommand = (name: string, description: string) => Command;

interface ActOptions extends EngineOptions {
  readonly wait?: number;
  readonly signal?: string;
  readonly force?: true;
  readonly volumes?: true;
}

/** Commands of `containers` that change them. */
export function actCommands(make: MakeCommand, installation: Installation): readonly Command[] {
  const act = (
    name: string,
    description: string,
    actionOf: (options: ActOptions) => ContainerAction,
  ) =>
    make(name, description)
      .argument('<container...>', 'names or ids')
      .action(async (names: string[], options: ActOptions) => {
        const { actOnContainers } = await import('./act-command.ts');
        await actOnContainers(installation, { names, action: actionOf(options) }, options);
      });
  const waits = '--wait <seconds>';
  const before = 'before it is killed; default: as its settings say';
  const rename = make('rename', 'call a container otherwise')
    .argument('<container>', 'its name or id')
    .argument('<name>', 'what it is called from now on')
    .action(async (container: string, name: string, options: EngineOptions) => {
      const { actOnContainers } = await import('./act-command.ts');
      const action = { do: 'rename', name } as const;
      await actOnContainers(installation, { names: [container], action }, options);
    });
  return [
    act('start', 'start containers', () => ({ do: 'start' })),
    act('stop', 'stop containers', ({ wait }) => ({ do: 'stop', seconds: wait ?? null })).option(
      waits,
      before,
      parseCount,
    ),
    act('restart', 'stop and start containers', ({ wait }) => ({
      do: 'restart',
      seconds: wait ?? null,
    })).option(waits, before, parseCount),
    act('kill', 'send containers a signal', ({ signal = 'SIGKILL' }) => ({
      do: 'kill',
      signal,
    })).option('--signal <name>', 'which one; default: SIGKILL'),
    act('pause', 'hold the processes of containers', () => ({ do: 'pause' })),
    act('resume', 'let paused containers go on', () => ({ do: 'resume' })),
    act('delete', 'delete containers', ({ force, volumes }) => ({
      ...{ do: 'delete', force: force === true, volumes: volumes === true },
    }))
      .option('--force', 'also those that run, which are killed')
      .option('--volumes', 'with volumes that have no name and that nothing else uses'),
    rename,
  ];
}
