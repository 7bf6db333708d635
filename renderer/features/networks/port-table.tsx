import { IconAlertTriangle, IconPlugConnected, IconRadar2 } from '@tabler/icons-react';
import type { PortPeer, SwitchPort } from '../../../shared/model/networks.ts';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import type { PickMode } from '../../ui/data-table/table-selection.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { DeviceLink } from '../links/thing-links.tsx';
import { speedText } from './network-words.ts';
import classes from './networks.module.css';
import { VlanChip } from './vlan-chip.tsx';

interface PortTableProps {
  readonly rows: readonly SwitchPort[];
  readonly selected: ReadonlySet<string>;
  readonly active: number | null;
  readonly onPick: (index: number, mode: PickMode) => void;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
  readonly onOpen: (port: SwitchPort) => void;
}

/** The ports as a table, virtual ones too. */
export function PortTable(props: PortTableProps) {
  const { rows } = props;
  return (
    <DataTable
      label="Ports"
      columns={columns}
      count={rows.length}
      rowAt={(index) => rows[index]}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      onOpen={props.onOpen}
      selection={{
        selected: props.selected,
        active: props.active,
        onPick: props.onPick,
        onSelectAll: props.onSelectAll,
        onClear: props.onClear,
      }}
    />
  );
}

/** More of them are only counted. */
const chipsShown = 6;

const columns: readonly DataColumn<SwitchPort>[] = [
  {
    id: 'name',
    header: 'Port',
    size: 130,
    cell: (row) => <bdi className="rh-mono">{row.name}</bdi>,
  },
  {
    id: 'untagged',
    header: 'Untagged',
    size: 140,
    cell: (row) =>
      row.vlans
        .filter(({ tagged }) => !tagged)
        .map(({ id, number, name, traffic }) => (
          <span key={id} className={classes.withIcon}>
            <VlanChip number={number} traffic={traffic} />
            <bdi>{name}</bdi>
          </span>
        )),
  },
  {
    id: 'tagged',
    header: 'Tagged',
    size: 150,
    cell: (row) => {
      const tagged = row.vlans.filter((vlan) => vlan.tagged);
      return (
        <span className={classes.withIcon}>
          {tagged.slice(0, chipsShown).map(({ id, number, traffic }) => (
            <VlanChip key={id} number={number} traffic={traffic} tagged />
          ))}
          {tagged.length > chipsShown && `+${tagged.length - chipsShown}`}
        </span>
      );
    },
  },
  {
    id: 'link',
    header: 'What hangs on it',
    size: 260,
    grow: true,
    cell: (row) => <Link row={row} />,
  },
  {
    id: 'speed',
    header: 'Speed',
    size: 100,
    align: 'end',
    cell: (row) => row.speedMbps !== null && speedText(row.speedMbps),
  },
  { id: 'poe', header: 'PoE', size: 90, cell: (row) => row.poe !== null && <bdi>{row.poe}</bdi> },
  {
    id: 'state',
    header: 'State',
    size: 110,
    cell: (row) => (row.disabled ? 'switched off' : row.lag === null ? '' : `in ${row.lag}`),
  },
];

function Link({ row: { cable, lldp, doubtful } }: { readonly row: SwitchPort }) {
  return (
    <span className={classes.withIcon}>
      {cable !== null && (
        <>
          <IconPlugConnected aria-label="By cable" className={classes.icon} />
          {cable.ends.length === 0 && <span className={classes.muted}>loose cable</span>}
          {cable.ends.map((end) => (
            <Peer key={`${end.deviceId} ${end.portName}`} peer={end} />
          ))}
        </>
      )}
      {lldp !== null && (cable === null || doubtful) && (
        <>
          <IconRadar2 aria-label="Seen by LLDP" className={classes.icon} />
          <Peer peer={lldp} />
        </>
      )}
      {doubtful && (
        <StatusBadge tone="danger" icon={IconAlertTriangle} plain>
          They disagree
        </StatusBadge>
      )}
    </span>
  );
}

function Peer({ peer: { deviceId, deviceName, portName } }: { readonly peer: PortPeer }) {
  return (
    <span>
      {deviceId !== null && deviceName !== null ? (
        <DeviceLink id={deviceId} name={deviceName} />
      ) : (
        <bdi>{deviceName}</bdi>
      )}{' '}
      <bdi className="rh-mono">{portName}</bdi>
    </span>
  );
}
