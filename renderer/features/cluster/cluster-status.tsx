import type { ClusterStatus } from '../../../shared/cluster/status.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './cluster.module.css';
import { statusLooks } from './status-look.ts';

interface StatusProps {
  readonly status: ClusterStatus;
  /** Without a background: in tables. */
  readonly plain?: boolean;
}

export function ClusterStatusBadge({ status, plain = false }: StatusProps) {
  const { icon, tone } = statusLooks[status.level];
  return (
    <StatusBadge tone={tone} icon={icon} plain={plain}>
      {status.label}
    </StatusBadge>
  );
}

/** For a table: the word, and beside it why, as far as there is room. */
export function StatusLine({ status }: { readonly status: ClusterStatus }) {
  return (
    <span className={classes.statusLine}>
      <ClusterStatusBadge status={status} plain />
      {status.why !== null && (
        <span className={classes.why}>
          <bdi>{status.why}</bdi>
        </span>
      )}
    </span>
  );
}
