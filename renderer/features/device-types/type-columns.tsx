import { IconBook2, IconCheck } from '@tabler/icons-react';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { kindWords } from '../devices/device-words.ts';
import type { TypeRow } from './device-types-store.ts';

/** `1 U`, `0.5 U`; 0 for what lies on a shelf. */
export const heightText = (units: number | null): string =>
  units === null ? '–' : `${units.toLocaleString('en')} U`;

export const typeColumns: readonly DataColumn<TypeRow>[] = [
  {
    id: 'title',
    header: 'Type',
    size: 300,
    grow: true,
    cell: (row) => (
      <strong>
        <bdi>{row.title}</bdi>
      </strong>
    ),
  },
  {
    id: 'own',
    header: 'Where',
    size: 150,
    cell: (row) =>
      row.own ? (
        <StatusBadge tone="ok" icon={IconCheck} plain>
          In the inventory
        </StatusBadge>
      ) : (
        <StatusBadge tone="neutral" icon={IconBook2} plain>
          Library
        </StatusBadge>
      ),
  },
  {
    id: 'kind',
    header: 'Kind',
    size: 180,
    cell: (row) => (row.kind === null ? '–' : kindWords[row.kind].label),
  },
  {
    id: 'heightUnits',
    header: 'Height',
    size: 80,
    align: 'end',
    cell: (row) => <span>{heightText(row.heightUnits)}</span>,
  },
  {
    id: 'ports',
    header: 'Ports',
    size: 80,
    align: 'end',
    cell: (row) => <span>{row.ports.toLocaleString('en')}</span>,
  },
  {
    id: 'devices',
    header: 'Devices',
    size: 90,
    align: 'end',
    cell: (row) => <span>{row.own ? row.devices.toLocaleString('en') : '–'}</span>,
  },
];
