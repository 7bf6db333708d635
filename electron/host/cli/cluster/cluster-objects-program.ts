import type { Command } from 'commander';
import type { Installation } from '../../installation.ts';
import { actingCommand } from './cluster-actions-program.ts';
import type { EditOptions, ObjectOptions } from './cluster-objects-command.ts';

/** `cluster delete`, `edit`, `run-now` and `debug`. */
export function objectsProgram(
  base: (name: string) => Command,
  installation: Installation,
): readonly Command[] {
  const acting = (name: string, description: string) =>
    actingCommand(base(name).description(description)).option(
      '-n, --namespace <name>',
      'default: default',
    );
  const onObject = (name: string, description: string) =>
    acting(name, description)
      .argument('<kind>', 'as kubectl calls it: deploy, svc, ingressroutes.traefik.io')
      .argument('<name>', 'one object');
  return [
    onObject('delete', 'delete one object, and say before what goes with it')
      .option('--orphan', 'leave what belongs to it, owned by nobody')
      .action(
        async (kind: string, name: string, options: ObjectOptions & { readonly orphan?: true }) => {
          const { deleteObject } = await import('./cluster-objects-command.ts');
          await deleteObject(installation, { kind, name }, options);
        },
      ),
    onObject('edit', 'edit one object as YAML, in $EDITOR or from a file')
      .option('--file <file>', 'the whole object as it is to be; - reads stdin')
      .option('--force', 'take over fields that others manage')
      .action(async (kind: string, name: string, options: EditOptions) => {
        const { editObject } = await import('./cluster-edit-command.ts');
        await editObject(installation, { kind, name }, options);
      }),
    acting('run-now', 'run a cron job at once, as a job of its own')
      .argument('<cronjob>', 'its name')
      .action(async (name: string, options: ObjectOptions) => {
        const { actOnCluster } = await import('./cluster-actions-command.ts');
        const { namespace = 'default' } = options;
        await actOnCluster(installation, { do: 'run-now', namespace, name }, options);
      }),
    acting('debug', 'add a container to a pod, to look around in it')
      .argument('<pod>', 'its name')
      .option('--image <image>', 'of the container', 'busybox:stable')
      .option('--target <container>', 'whose processes it sees; default: only its own')
      .action(
        async (
          name: string,
          options: ObjectOptions & { readonly image: string; readonly target?: string },
        ) => {
          const { actOnCluster } = await import('./cluster-actions-command.ts');
          const { namespace = 'default', image, target = null } = options;
          await actOnCluster(
            installation,
            { do: 'debug', namespace, name, image, target },
            options,
          );
        },
      ),
  ];
}
