import type { ContainerAction } from '../../../../shared/containers/action.ts';
import type { Installation } from '../../installation.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { type EngineOptions, engineNamed, withContainers } from './containers-session.ts';

const done: Readonly<Record<ContainerAction['do'], string>> = {
  start: 'runs',
  stop: 'was stopped',
  restart: 'was started again',
  pause: 'is paused',
  resume: 'goes on',
  kill: 'was sent the signal',
  delete: 'was deleted',
  rename: 'is called otherwise',
};

/** `rackhelm containers start NAME…` and its like. */
export function actOnContainers(
  installation: Installation,
  asked: { readonly names: readonly string[]; readonly action: ContainerAction },
  options: EngineOptions,
): Promise<void> {
  return withContainers(installation, options, async ({ containers, signal }) => {
    const { id: engineId } = engineNamed(containers, options.engine);
    const { names, action } = asked;
    const results = await containers.act({ engineId, containers: names, action }, signal);
    if (options.json) printJson({ results });
    else
      for (const { name, failure } of results) {
        if (failure === null) print(`${name} ${done[action.do]}.\n`);
        else tell(`${name}: ${failure.message}\n${failure.hint}\n`);
      }
    const failed = results.filter(({ failure }) => failure !== null).length;
    if (failed === 0) return;
    throw new Exit(failed === results.length ? exitCodes.failed : exitCodes.partly);
  });
}
