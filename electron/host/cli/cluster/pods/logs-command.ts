import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import { newId } from '../../../db/index.ts';
import type { Installation } from '../../../installation.ts';
import { showLog } from '../../terminal/shown-log.ts';
import { objectNamed, type PodOptions, withPods } from './pods-session.ts';

export interface LogsOptions extends PodOptions {
  readonly follow?: true;
  readonly previous?: true;
  readonly container?: readonly string[];
  readonly search?: string;
  readonly tail: number;
  /** Seconds. */
  readonly since?: number;
  readonly timestamps?: true;
}

/** Of each container; all together are bounded as well. */
const mostLines = 50_000;

/** `rackhelm cluster logs [KIND/]NAME`. */
export function showLogs(
  installation: Installation,
  named: string,
  options: LogsOptions,
): Promise<void> {
  return withPods(installation, options, async ({ pods, contextId, signal }) => {
    const id = newId();
    const { container = [], previous = false, follow = false, tail, since, search = '' } = options;
    const object = objectNamed(named, options);
    const asked = {
      ...{ id, contextId, search, ...object },
      ...{
        containers: [...container],
        previous,
        follow,
        tail: Math.min(tail, mostLines),
        sinceSeconds: since ?? null,
      },
    };
    const followed = pods.logs.follow(asked, signal);
    await showLog(pods.logs, followed, { id, search, options, none: nothingOf(object) });
  });
}

/** Who writes a name alone means a pod, and often the workload that made it. */
function nothingOf({ kind, namespace, name }: ObjectName): string {
  if (kind !== 'pods') return 'It has no pods.';
  return `There is no pod ${name} in ${namespace}. Of a workload, write such as deployment/${name}.`;
}
