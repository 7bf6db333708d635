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
