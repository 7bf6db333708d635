import { IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './gallery.module.css';

interface Row {
  readonly id: string;
  readonly n: number;
}

const rows: readonly Row[] = Array.from({ length: 10_000 }, (_, n) => ({ id: `row-${n}`, n }));

const columns: readonly DataColumn<Row>[] = [
  {
    id: 'name',
    header: 'Name',
    size: 160,
    grow: true,
    sortable: true,
    cell: (row) => <strong>node-{row.n}</strong>,
  },
  {
    id: 'status',
    header: 'Status',
    size: 120,
    cell: () => (
      <StatusBadge tone="ok" icon={IconCheck} plain>
        Active
      </StatusBadge>
    ),
  },
  {
    id: 'address',
    header: 'Address',
    size: 150,
    cell: (row) => (
      <span className="rh-mono">
        10.0.{row.n >> 8}.{row.n & 255}
      </span>
    ),
  },
  { id: 'number', header: 'Number', size: 90, align: 'end', cell: (row) => <span>{row.n}</span> },
];

/** The table with many rows, every tenth of them still being read. */
export function TableSpecimen() {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['row-2']));
  const [active, setActive] = useState<number | null>(2);
  return (
    <div className={classes.table}>
      <DataTable
        label="Specimen"
        columns={columns}
        count={rows.length}
        rowAt={(index) => (index % 10 === 9 ? undefined : rows[index])}
        rowId={(row) => row.id}
        rowName={(row) => `node-${row.n}`}
        sort={{ key: 'name', descending: false }}
        onSort={() => undefined}
        selection={{
          selected,
          active,
          onPick: (index) => {
            setActive(index);
            setSelected(new Set([`row-${index}`]));
          },
          onSelectAll: () => setSelected(new Set(rows.map(({ id }) => id))),
          onClear: () => setSelected(new Set()),
        }}
      />
    </div>
  );
}
