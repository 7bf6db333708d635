import { IconEye } from '@tabler/icons-react';
import type { ProposalQuery } from '../../../shared/model/proposals.ts';
import { useApp } from '../../app/app-context.ts';
import { formatRoute } from '../../app/routes.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { formatView } from './proposal-filter.ts';
import classes from './proposals.module.css';

interface ProposalBadgeProps {
  readonly area?: ProposalQuery['area'];
  readonly deviceId?: string;
}

/** `12 seen and not declared`, leading to them; nothing where there are none. */
export function ProposalBadge({ area = null, deviceId }: ProposalBadgeProps) {
  const { proposals } = useApp();
  const state = useResource(
    deviceId === undefined ? proposals.counts : proposals.countsOf(deviceId),
  );
  // Beside a list that says of itself when nothing can be read.
  if (state.status !== 'ready') return null;
  const { services, networks } = state.data;
  const count = area === null ? services + networks : state.data[area];
  if (count === 0) return null;
  const query = formatView({ area, deviceId: deviceId ?? null });
  return (
    <a className={classes.badge} href={formatRoute({ screen: 'proposals', query })}>
      <IconEye aria-hidden className={classes.icon} />
      {count.toLocaleString('en')} seen and not declared
    </a>
  );
}
