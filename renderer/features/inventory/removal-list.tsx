import type { RemovalPart, RemovalPreview } from '../../../shared/model/inventory.ts';
import type { Resource } from '../../rpc/resource.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { isolatedList } from '../../ui/isolate.ts';
import { Skeleton } from '../../ui/skeleton.tsx';
import classes from './removal-list.module.css';

/** What goes along with what is deleted, and what would be otherwise afterwards. */
export function RemovalList({ resource }: { readonly resource: Resource<RemovalPreview | null> }) {
  const state = useResource(resource);
  if (state.status === 'loading') return <Skeleton label="Looking what hangs on it" lines={3} />;
  if (state.status === 'failed') {
    return <p>What hangs on it could not be read: {state.failure.message}</p>;
  }
  const { goes = [], changes = [] } = state.data ?? {};
  return (
    <>
      <Parts title="Goes along" parts={goes} />
      <Parts title="Stays, but" parts={changes} />
    </>
  );
}

function Parts({ title, parts }: { readonly title: string; readonly parts: RemovalPart[] }) {
  if (parts.length === 0) return null;
  return (
    <section className={classes.part}>
      <h3 className={classes.title}>{title}</h3>
      <ul className={classes.list}>
        {parts.map(({ text, names, count }) => (
          <li key={text}>
            {text}
            {names.length > 0 && (
              <span className={classes.names}>
                : {isolatedList(names)}
                {count > names.length && ` and ${count - names.length} more`}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
