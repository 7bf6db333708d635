import { IconLock } from '@tabler/icons-react';
import type { Proposal } from '../../../shared/model/proposals.ts';
import { Ago } from '../../ui/ago.tsx';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { formatCount } from '../../ui/formatting.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { DeviceLink } from '../links/thing-links.tsx';
import { proposalIcons, proposedText } from './proposal-words.tsx';
import classes from './proposals.module.css';

const namesShown = 2;

export const proposalColumns: readonly DataColumn<Proposal>[] = [
  {
    id: 'name',
    header: 'Name',
    size: 200,
    cell: (row) => {
      const IconShape = proposalIcons[row.proposed.kind];
      return (
        <span className={classes.nameCell}>
          <IconShape aria-hidden className={classes.icon} />
          <bdi className={classes.name} title={row.name}>
            {row.name}
          </bdi>
        </span>
      );
    },
  },
  {
    id: 'proposed',
    header: 'Would become',
    size: 190,
    cell: (row) => <span>{proposedText(row)}</span>,
  },
  { id: 'seen', header: 'Seen on', size: 160, cell: (row) => <SeenOn proposal={row} /> },
  {
    id: 'evidence',
    header: 'Evidence',
    size: 170,
    grow: true,
    cell: (row) => (
      <span className={classes.evidence}>
        {row.local && (
          <StatusBadge tone="neutral" icon={IconLock} plain>
            Local only
          </StatusBadge>
        )}
        <bdi className={classes.words}>{row.seen[0]?.evidence.join('; ')}</bdi>
      </span>
    ),
  },
  {
    id: 'at',
    header: 'Read',
    size: 106,
    cell: (row) => <Ago at={row.seen[0]?.at ?? null} />,
  },
];

function SeenOn({ proposal }: { readonly proposal: Proposal }) {
  const { seen, devices } = proposal;
  const shown = seen.slice(0, namesShown);
  const more = devices - shown.length;
  return (
    <span className={classes.words}>
      {shown.map(({ deviceId, deviceName }, index) => (
        <span key={deviceId}>
          {index > 0 && ', '}
          <DeviceLink id={deviceId} name={deviceName} />
        </span>
      ))}
      {more > 0 && ` and ${formatCount(more, 'more', 'more')}`}
    </span>
  );
}
