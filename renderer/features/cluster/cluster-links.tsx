import type { Cells } from '../../../shared/cluster/row.ts';
import { type ClusterRoute, formatRoute } from '../../app/routes.ts';
import classes from './cluster.module.css';

interface ObjectLinkProps {
  readonly context: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
}

export function objectRoute({ context, kind, namespace, name }: ObjectLinkProps): ClusterRoute {
  return { screen: 'cluster', context, kind, object: { namespace, name } };
}

/** To the page of one object of the cluster. */
export function ObjectLink(props: ObjectLinkProps) {
  return (
    <a
      className={classes.link}
      href={formatRoute(objectRoute(props))}
      // In a table the row has clicks of its own, and the keyboard opens it with Enter.
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => event.stopPropagation()}
    >
      <bdi>{props.name}</bdi>
    </a>
  );
}

/** Kinds that events are about, by the name that events call them. */
const kindIds: Readonly<Record<string, string>> = {
  Pod: 'pods',
  Node: 'nodes',
  Namespace: 'namespaces',
  Deployment: 'deployments.apps',
  ReplicaSet: 'replicasets.apps',
  StatefulSet: 'statefulsets.apps',
  DaemonSet: 'daemonsets.apps',
  Job: 'jobs.batch',
  CronJob: 'cronjobs.batch',
  Service: 'services',
  Ingress: 'ingresses.networking.k8s.io',
  PersistentVolumeClaim: 'persistentvolumeclaims',
  PersistentVolume: 'persistentvolumes',
};
const unplaced: ReadonlySet<string> = new Set(['nodes', 'namespaces', 'persistentvolumes']);

const textOf = (cells: Cells, id: string) => {
  const value = cells[id];
  return typeof value === 'string' ? value : '';
};

/** What an event is about, with its page where it is of a kind that has one here. */
export function AboutLink({ context, cells }: { readonly context: string; readonly cells: Cells }) {
  const name = textOf(cells, 'aboutName');
  const called = textOf(cells, 'aboutKind');
  const kind = kindIds[called];
  if (kind === undefined || name === '') return <bdi>{textOf(cells, 'about')}</bdi>;
  const namespace = unplaced.has(kind) ? null : textOf(cells, 'aboutNamespace') || null;
  return (
    <span>
      {called} <ObjectLink context={context} kind={kind} namespace={namespace} name={name} />
    </span>
  );
}
