import type { RelatedObject } from '../../../../shared/cluster/object-page.ts';
import { ObjectLink } from '../cluster-links.tsx';
import { ClusterStatusBadge } from '../cluster-status.tsx';
import classes from './object.module.css';

interface RelatedListProps {
  readonly context: string;
  readonly objects: readonly RelatedObject[];
  readonly total?: number;
}

/** Other objects, each with what it is, how it is called and how it stands. */
export function RelatedList({ context, objects, total = objects.length }: RelatedListProps) {
  const more = total - objects.length;
  return (
    <>
      <ul className={classes.related}>
        {objects.map((each) => (
          <li key={`${each.kind} ${each.namespace} ${each.name}`} className={classes.relatedItem}>
            <span className={classes.relatedKind}>{each.one}</span>
            <span className={classes.relatedName}>
              {each.presence === 'missing' ? (
                <bdi>{each.name}</bdi>
              ) : (
                <ObjectLink context={context} {...each} />
              )}
            </span>
            <Standing object={each} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className={classes.quiet}>{`${more.toLocaleString('en')} more.`}</p>}
    </>
  );
}

function Standing({ object: { presence, status } }: { readonly object: RelatedObject }) {
  if (presence === 'missing') {
    return (
      <ClusterStatusBadge
        plain
        status={{ level: 'bad', label: 'Is not there', why: null, since: null }}
      />
    );
  }
  return status === null ? null : <ClusterStatusBadge plain status={status} />;
}
