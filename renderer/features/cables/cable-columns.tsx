import { IconCircleCheck, IconCircleDashed, IconCircleOff } from '@tabler/icons-react';
import type { CableRow } from '../../../shared/contract/cabling.ts';
import { cable as cableKind } from '../../../shared/model/kinds/cables-and-power.ts';
import { formatTyped } from '../../../shared/model/kinds/typed.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { RecordLink } from '../links/thing-links.tsx';
import { Colour } from '../records/record-value.tsx';
import { optionLabel } from '../records/record-words.ts';
import classes from './cables.module.css';
import { SocketLink } from './socket-words.tsx';

const statusLooks = {
  connected: { tone: 'ok', icon: IconCircleCheck },
  planned: { tone: 'info', icon: IconCircleDashed },
  decommissioned: { tone: 'neutral', icon: IconCircleOff },
} as const;

export function CableStatus({ status }: { readonly status: string }) {
  const look = statusLooks[status as keyof typeof statusLooks] ?? statusLooks.planned; // of another release
  return (
    <StatusBadge plain tone={look.tone} icon={look.icon}>
      {optionLabel(status)}
    </StatusBadge>
  );
}

export const lengthText = (length: number | null): string =>
  length === null ? '' : formatTyped(cableKind.fields.length, length);

function Ends({ row, side }: { readonly row: CableRow; readonly side: 'a' | 'b' }) {
  const ends = row.ends.filter((end) => end.side === side);
  const [first, ...others] = ends;
  if (first?.socket == null) return <span className={classes.nowhere}>Plugged in nowhere</span>;
  return (
    <span className={classes.ends}>
      <SocketLink socket={first.socket} />
      {others.length > 0 && <span className={classes.more}>{` +${others.length}`}</span>}
    </span>
  );
}

export const cableColumns: readonly DataColumn<CableRow>[] = [
  {
    id: 'label',
    header: 'Label',
    size: 110,
    sortable: true,
    cell: (row) => (
      <strong>
        <RecordLink kind="cable" id={row.id} name={row.label} />
      </strong>
    ),
  },
  {
    id: 'a',
    header: 'From',
    size: 190,
    grow: true,
    sortable: true,
    cell: (row) => <Ends row={row} side="a" />,
  },
  {
    id: 'b',
    header: 'To',
    size: 190,
    grow: true,
    sortable: true,
    cell: (row) => <Ends row={row} side="b" />,
  },
  {
    id: 'type',
    header: 'Type',
    size: 110,
    sortable: true,
    cell: (row) => row.type !== null && optionLabel(row.type),
  },
  {
    id: 'colour',
    header: 'Colour',
    size: 100,
    cell: (row) => row.colour !== null && <Colour text={row.colour} />,
  },
  {
    id: 'length',
    header: 'Length',
    size: 80,
    align: 'end',
    sortable: true,
    cell: (row) => lengthText(row.length),
  },
  {
    id: 'status',
    header: 'Status',
    size: 120,
    sortable: true,
    cell: (row) => <CableStatus status={row.status} />,
  },
];
