import { ObjectLink } from '../cluster-links.tsx';
import { ClusterStatusBadge } from '../cluster-status.tsx';
import { sentence } from '../status-look.ts';
import classes from './object.module.css';
import type { ObjectTabProps } from './object-tab-props.ts';
import { troubledPods } from './troubles.ts';

/** Why what a workload made does not run, where its own status only counts. */
export function TroubledPods({ context, page: { owned, row } }: ObjectTabProps) {
  const troubles = troubledPods(row.status.level, owned);
  if (troubles.length === 0) return null;
  return (
    <ul className={classes.troubles} aria-label="Why its pods do not run">
      {troubles.map(({ pod, status, others }) => (
        <li key={pod.name} className={classes.trouble}>
          <ClusterStatusBadge status={status} plain />
          <span className={classes.troubleText}>
            <ObjectLink context={context} {...pod} />
            {others > 0 && ` and ${others.toLocaleString('en')} more`}
            {status.why !== null && (
              <>
                : <bdi>{sentence(status.why)}</bdi>
              </>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}
