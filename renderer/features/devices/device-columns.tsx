import type { DeviceRow } from '../../../shared/model/inventory.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { formatBytes } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { ReadingLine } from '../readings/reading-state.tsx';
import classes from './device-cells.module.css';
import { DeviceStatusBadge, KindIcon, Tags } from './device-cells.tsx';
import { kindWords } from './device-words.ts';

/** Empty cells stay empty: a table of dashes is noise. */
const text = (value: string | number | null) => value !== null && <bdi>{value}</bdi>;

function place(row: DeviceRow): string | null {
  if (row.rackName === null || row.position === null) return row.rackName ?? row.siteName;
  return `${isolated(row.rackName)} · U${row.position}`;
}

export const deviceColumns: readonly DataColumn<DeviceRow>[] = [
  {
    id: 'name',
    header: 'Name',
    size: 180,
    minSize: 110,
    grow: true,
    sortable: true,
    cell: (row) => (
      <span className={classes.nameCell}>
        <KindIcon kind={row.kind} />
        <bdi className={classes.name}>{row.name}</bdi>
      </span>
    ),
  },
  {
    id: 'status',
    header: 'Status',
    size: 92,
    sortable: true,
    cell: (row) => <DeviceStatusBadge status={row.status} plain />,
  },
  {
    id: 'primaryAddress',
    header: 'Address',
    size: 118,
    sortable: true,
    cell: (row) =>
      row.primaryAddress !== null && <span className="rh-mono">{row.primaryAddress}</span>,
  },
  {
    id: 'reading',
    header: 'Read',
    size: 264,
    grow: true,
    sortable: true,
    cell: (row) => <ReadingLine device={row} />,
  },
  {
    id: 'rackName',
    header: 'Rack',
    size: 104,
    sortable: true,
    cell: (row) => text(place(row)),
  },
  {
    id: 'kind',
    header: 'Kind',
    size: 150,
    sortable: true,
    cell: (row) => text(kindWords[row.kind].label),
  },
  {
    id: 'model',
    header: 'Model',
    size: 180,
    grow: true,
    sortable: true,
    cell: (row) => text(row.model),
  },
  { id: 'os', header: 'System', size: 150, sortable: true, cell: (row) => text(row.os) },
  {
    id: 'architecture',
    header: 'Arch',
    size: 80,
    sortable: true,
    cell: (row) => text(row.architecture),
  },
  {
    id: 'cpuCores',
    header: 'Cores',
    size: 66,
    align: 'end',
    sortable: true,
    cell: (row) => text(row.cpuCores),
  },
  {
    id: 'memoryBytes',
    header: 'Memory',
    size: 84,
    align: 'end',
    sortable: true,
    cell: (row) => text(row.memoryBytes === null ? null : formatBytes(row.memoryBytes)),
  },
  {
    id: 'tags',
    header: 'Tags',
    size: 160,
    cell: (row) => row.tags.length > 0 && <Tags tags={row.tags} oneLine />,
  },
];

/** What a person can choose to see; the name always leads. */
export const columnOptions = deviceColumns
  .filter(({ id }) => id !== 'name')
  .map(({ id, header }) => ({ value: id, label: header }));
