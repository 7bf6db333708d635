import { IconBell, IconLock } from '@tabler/icons-react';
import type { ClusterRow } from '../../../../shared/cluster/row.ts';
import { Ago } from '../../../ui/ago.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { PlainTable } from '../../../ui/plain-table.tsx';
import { ClusterStatusBadge } from '../cluster-status.tsx';
import { capital, sentence } from '../status-look.ts';
import classes from './object.module.css';
import type { ObjectTabProps } from './object-tab-props.ts';

const columns = [
  { title: 'Last' },
  { title: 'Type' },
  { title: 'Reason' },
  { title: 'Message' },
  { title: 'Times', align: 'end' },
] as const;

const text = (row: ClusterRow, cell: string): string => {
  const value = row.cells[cell];
  return typeof value === 'string' ? value : '';
};

/** What the cluster said of it, newest first. */
export function EventTable({ events }: { readonly events: readonly ClusterRow[] }) {
  return (
    <PlainTable
      label="Events"
      columns={columns}
      rows={events.map((row) => {
        const { last, count } = row.cells;
        return [
          <span key="last" className={classes.whole}>
            <Ago at={typeof last === 'number' ? last : row.createdAt} short />
          </span>,
          <ClusterStatusBadge key="type" status={row.status} plain />,
          <bdi key="reason">{capital(text(row, 'reason'))}</bdi>,
          <bdi key="message" className={classes.message}>
            {text(row, 'message')}
          </bdi>,
          typeof count === 'number' ? count.toLocaleString('en') : '',
        ];
      })}
    />
  );
}

export function EventsTab({ page: { events, eventsTotal, one } }: ObjectTabProps) {
  if (eventsTotal === null) {
    return (
      <EmptyState icon={IconLock} title="You may not see events here">
        Ask whoever runs the cluster for the right to list events.
      </EmptyState>
    );
  }
  if (events.length === 0) {
    return (
      <EmptyState icon={IconBell} title="No events">
        {sentence(`the cluster says nothing of this ${one}; it forgets events after about an hour`)}
      </EmptyState>
    );
  }
  const more = eventsTotal - events.length;
  return (
    <div className={classes.scrolls}>
      <EventTable events={events} />
      {more > 0 && <p className={classes.quiet}>{`${more.toLocaleString('en')} older ones.`}</p>}
    </div>
  );
}
