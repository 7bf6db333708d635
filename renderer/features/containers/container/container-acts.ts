import {
  type Icon,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
} from '@tabler/icons-react';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import type { ContainerAction } from '../../../../shared/containers/action.ts';
import type { Action } from '../../../app/actions/registry.ts';
import { isolated } from '../../../ui/isolate.ts';
import type { ContainersStore } from '../containers-store.ts';

export interface ContainerAct extends Action {
  /** On a button. */
  readonly short: string;
}

interface ActsOn {
  readonly containers: ContainersStore;
  readonly engineId: string;
  readonly rows: readonly Pick<ClusterRow, 'key' | 'name' | 'status' | 'cells'>[];
}

const running: ReadonlySet<string> = new Set([
  'Running',
  'Healthy',
  'Unhealthy',
  'Starting',
  'Restarted',
  'Restarting',
]);

interface Kind {
  readonly do: 'start' | 'stop' | 'restart' | 'pause' | 'resume';
  readonly short: string;
  readonly icon: Icon;
  /** Of a container that stands so. */
  readonly fits: (label: string) => boolean;
}

const kinds: readonly Kind[] = [
  {
    ...{ do: 'start', short: 'Start', icon: IconPlayerPlay },
    fits: (label) => !running.has(label) && label !== 'Paused',
  },
  { do: 'stop', short: 'Stop', icon: IconPlayerStop, fits: (label) => running.has(label) },
  { do: 'restart', short: 'Restart', icon: IconRefresh, fits: (label) => running.has(label) },
  { do: 'pause', short: 'Pause', icon: IconPlayerPause, fits: (label) => running.has(label) },
  { do: 'resume', short: 'Resume', icon: IconPlayerPlay, fits: (label) => label === 'Paused' },
];

/** What can be done with containers as they stand; what fits none of them is left out. */
export function containerActs({ containers, engineId, rows }: ActsOn): readonly ContainerAct[] {
  if (rows.length === 0) return [];
  return kinds.flatMap((kind): ContainerAct[] => {
    const fitting = rows.filter(({ status }) => kind.fits(status.label));
    const [first] = fitting;
    if (first === undefined) return [];
    const what = fitting.length === 1 ? isolated(first.name) : `${fitting.length} containers`;
    return [
      {
        id: `container-${kind.do}`,
        title: `${kind.short} ${what}`,
        short: kind.short,
        group: 'This page',
        icon: kind.icon,
        run() {
          const ids = fitting.map(({ key }) => key);
          void containers.act(engineId, ids, actionOf(kind.do));
        },
      },
    ];
  });
}

function actionOf(what: Kind['do']): ContainerAction {
  return what === 'stop' || what === 'restart' ? { do: what, seconds: null } : { do: what };
}
