import {
  IconArrowBackUp,
  IconArrowsVertical,
  IconBug,
  IconCircleCheck,
  IconCircleOff,
  IconPencil,
  IconPlayerPlay,
  IconRefresh,
  IconTrash,
  IconTruckDelivery,
} from '@tabler/icons-react';
import type { ClusterAction } from '../../../../shared/cluster/actions/action.ts';
import type { ObjectPage } from '../../../../shared/cluster/object-page.ts';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import type { Action } from '../../../app/actions/registry.ts';
import type { DialogStore } from '../../../app/dialogs.ts';
import type { Router } from '../../../app/router.ts';
import { isolated } from '../../../ui/isolate.ts';
import { objectRoute } from '../cluster-links.tsx';
import type { EditsStore } from './edits-store.ts';

/** What can be done with one object or several, as its page, its list and the palette offer it. */
export interface ObjectAct extends Action {
  /** Where what it acts on stands beside it. */
  readonly short: string;
  /** `bar`: as a button; `more`: in the menu behind it. */
  readonly place: 'bar' | 'more';
}

/** As far as a list knows it; a page knows its containers, too. */
export type ActedRow = Pick<ClusterRow, 'namespace' | 'name' | 'cells'> &
  Partial<Pick<ObjectPage, 'containers'>>;

export interface ActNeeds {
  readonly router: Pick<Router, 'go'>;
  readonly dialogs: DialogStore;
  readonly cluster: { readonly edits: Pick<EditsStore, 'begin'> };
}

interface ActedOn {
  readonly contextId: string;
  readonly kind: string;
  /** `pods`: for several. */
  readonly title: string;
  readonly rows: readonly ActedRow[];
}

type Act = Omit<ObjectAct, 'id' | 'title' | 'group' | 'run'> & {
  readonly verb: string;
  /** To be sent, one for each row. */
  readonly actions?: (row: ActedRow) => readonly ClusterAction[];
  /** Opens a part of the page; for one row alone. */
  readonly tab?: string;
};

/** What can be done with them all. Several at once only where it is the same for each. */
export function actsOn(needs: ActNeeds, on: ActedOn): readonly ObjectAct[] {
  const { router, dialogs, cluster } = needs;
  const { contextId, kind, title, rows } = on;
  const [first] = rows;
  if (first === undefined) return [];
  const single = rows.length === 1;
  const whose = single ? isolated(first.name) : `${rows.length} ${title.toLowerCase()}`;
  return actsOf(kind).flatMap(({ verb, actions, tab, ...act }): ObjectAct[] => {
    const told = {
      ...act,
      id: `cluster-${verb}`,
      title: `${act.short} ${whose}`,
      group: 'This page' as const,
    };
    if (tab !== undefined) {
      if (!single) return [];
      const route = { ...objectRoute({ context: contextId, kind, ...first }), tab };
      const { namespace, name } = first;
      const run = () => {
        if (verb === 'edit') void cluster.edits.begin(contextId, { kind, namespace, name });
        router.go(route);
      };
      return [{ ...told, run }];
    }
    const all = rows.flatMap((row) => actions?.(row) ?? []);
    if (all.length === 0) return [];
    const containers = first.containers?.map(({ name }) => name) ?? [];
    const run = () =>
      dialogs.setState({ kind: 'cluster-act', contextId, actions: all, containers }, true);
    return [{ ...told, run }];
  });
}

const cordon: Act = {
  ...{ verb: 'cordon', short: 'Cordon', icon: IconCircleOff, place: 'bar' },
  keywords: ['unschedulable', 'node'],
  actions: ({ name, cells }) => (cells.cordoned === true ? [] : [{ do: 'cordon', node: name }]),
};
const uncordon: Act = {
  ...{ verb: 'uncordon', short: 'Uncordon', icon: IconCircleCheck, place: 'bar' },
  keywords: ['schedulable', 'node'],
  actions: ({ name, cells }) => (cells.cordoned === true ? [{ do: 'uncordon', node: name }] : []),
};
const drain: Act = {
  ...{ verb: 'drain', short: 'Drain', icon: IconTruckDelivery, place: 'bar', tab: 'drain' },
  keywords: ['evict', 'empty', 'maintenance', 'reboot'],
};

type Rolled = 'deployments.apps' | 'statefulsets.apps' | 'daemonsets.apps';
type Replicated = 'deployments.apps' | 'statefulsets.apps' | 'replicasets.apps';

const restart = (kind: Rolled): Act => ({
  ...{ verb: 'restart', short: 'Restart', icon: IconRefresh, place: 'bar' },
  keywords: ['rollout', 'pods', 'anew'],
  actions: ({ namespace, name }) =>
    namespace === null ? [] : [{ do: 'restart', kind, namespace, name }],
});
const scale = (kind: Replicated): Act => ({
  ...{ verb: 'scale', short: 'Scale', icon: IconArrowsVertical, place: 'bar' },
  keywords: ['replicas', 'pods', 'more', 'fewer'],
  actions: ({ namespace, name, cells }) =>
    namespace === null
      ? []
      : [{ do: 'scale', kind, namespace, name, replicas: wantedOf(cells.ready) }],
});
const rollBack: Act = {
  ...{ verb: 'roll-back', short: 'Roll back', icon: IconArrowBackUp, place: 'bar' },
  ...{ keywords: ['undo', 'revision', 'rollout', 'version'], tab: 'revisions' },
};
const runNow: Act = {
  ...{ verb: 'run-now', short: 'Run now', icon: IconPlayerPlay, place: 'bar' },
  keywords: ['job', 'trigger', 'start'],
  actions: ({ namespace, name }) =>
    namespace === null ? [] : [{ do: 'run-now', namespace, name }],
};
const debug: Act = {
  ...{ verb: 'debug', short: 'Debug', icon: IconBug, place: 'bar' },
  keywords: ['ephemeral', 'container', 'busybox', 'shell'],
  actions: ({ namespace, name, containers }) =>
    namespace === null || containers === undefined
      ? []
      : [{ do: 'debug', namespace, name, image: debugImage, target: null }],
};
const edit: Act = {
  ...{ verb: 'edit', short: 'Edit YAML', icon: IconPencil, place: 'more', tab: 'yaml' },
  keywords: ['change', 'apply', 'text'],
};
const deletion = (kind: string): Act => ({
  ...{ verb: 'delete', short: 'Delete', icon: IconTrash, place: 'more' },
  keywords: ['remove'],
  actions: ({ namespace, name }) => [{ do: 'delete', kind, namespace, name, orphan: false }],
});

/** Small, and has what one looks around with. */
export const debugImage = 'busybox:stable';

function actsOf(kind: string): readonly Act[] {
  const general = kind === 'secrets' ? [deletion(kind)] : [edit, deletion(kind)];
  switch (kind) {
    case 'events':
      return [];
    case 'nodes':
      return [drain, cordon, uncordon, ...general];
    case 'deployments.apps':
    case 'statefulsets.apps':
      return [restart(kind), scale(kind), rollBack, ...general];
    case 'daemonsets.apps':
      return [restart(kind), rollBack, ...general];
    case 'replicasets.apps':
      return [{ ...scale(kind), place: 'more' }, ...general];
    case 'cronjobs.batch':
      return [runNow, ...general];
    case 'pods':
      return [debug, ...general];
    default:
      return general;
  }
}

/** `2/3`: three are wanted. */
function wantedOf(ready: unknown): number {
  const wanted = typeof ready === 'string' ? Number(ready.split('/')[1]) : Number.NaN;
  return Number.isInteger(wanted) ? wanted : 1;
}
