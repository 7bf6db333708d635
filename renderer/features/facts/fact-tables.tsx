import type { ReactNode } from 'react';
import type { SectionData } from '../../../shared/model/facts.ts';
import { formatBytes } from '../../ui/formatting.ts';
import { Meter } from '../../ui/meter.tsx';
import classes from './facts.module.css';

interface TableProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly head: readonly string[];
  readonly cells: (row: R) => readonly ReactNode[];
  readonly rowKey: (row: R) => string;
}

/** A plain table; an empty one says so. */
function FactTable<R>({ label, rows, head, cells, rowKey }: TableProps<R>) {
  if (rows.length === 0) return <p className={classes.quiet}>None.</p>;
  return (
    <div className={classes.scrollX}>
      <table className={classes.table} aria-label={label}>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)}>
              {cells(row).map((cell, index) => (
                <td key={head[index]}>{cell}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const mono = (text: string | number | null) => text !== null && <code>{text}</code>;

export function FileSystemTable({ data }: { readonly data: SectionData<'fileSystems'> }) {
  return (
    <FactTable
      label="File systems"
      rows={data}
      head={['Mounted at', 'Type', 'Used', 'Source']}
      rowKey={(row) => `${row.mountPoint} ${row.source}`}
      cells={(row) => [
        mono(row.mountPoint),
        row.type,
        <Meter
          key="used"
          label={`Use of ${row.mountPoint}`}
          share={row.sizeBytes === 0 ? 0 : row.usedBytes / row.sizeBytes}
          text={`${formatBytes(row.usedBytes)} of ${formatBytes(row.sizeBytes)}`}
        />,
        mono(row.source),
      ]}
    />
  );
}

export function BlockDeviceTable({ data }: { readonly data: SectionData<'blockDevices'> }) {
  const media = { true: 'spinning', false: 'solid state', null: null };
  return (
    <FactTable
      label="Block devices"
      rows={data}
      head={['Name', 'Type', 'Size', 'Model', 'Serial', 'Medium', 'On']}
      rowKey={(row) => `${row.parent} ${row.name}`}
      cells={(row) => [
        mono(row.name),
        row.type,
        formatBytes(row.sizeBytes),
        row.model,
        mono(row.serial),
        media[`${row.rotational}`],
        mono(row.parent),
      ]}
    />
  );
}

export function InterfaceTable({ data }: { readonly data: SectionData<'interfaces'> }) {
  return (
    <FactTable
      label="Observed interfaces"
      rows={data}
      head={['Name', 'Kind', 'State', 'MAC', 'Addresses', 'MTU', 'VLAN', 'Part of']}
      rowKey={(row) => row.name}
      cells={(row) => [
        mono(row.name),
        row.kind,
        row.operState,
        mono(row.mac),
        row.addresses.map(({ address, dynamic }) => (
          <div key={address}>
            <code>{address}</code>
            {dynamic === true && <span className={classes.quiet}> dynamic</span>}
          </div>
        )),
        row.mtu,
        row.vlanId,
        mono(row.master ?? row.parent),
      ]}
    />
  );
}

export function RouteTable({ data }: { readonly data: SectionData<'routes'> }) {
  return (
    <FactTable
      label="Routes"
      rows={data}
      head={['Destination', 'Gateway', 'Interface', 'Metric']}
      rowKey={(row) =>
        `${row.family} ${row.destination} ${row.interface} ${row.metric} ${row.gateway}`
      }
      cells={(row) => [mono(row.destination), mono(row.gateway), mono(row.interface), row.metric]}
    />
  );
}

export function PortTable({ data }: { readonly data: SectionData<'listeningPorts'> }) {
  return (
    <FactTable
      label="Listening ports"
      rows={data}
      head={['Port', 'Protocol', 'Address', 'Process']}
      rowKey={(row) => `${row.protocol} ${row.address} ${row.port}`}
      cells={(row) => [mono(row.port), row.protocol.toUpperCase(), mono(row.address), row.process]}
    />
  );
}

export function GpuTable({ data }: { readonly data: SectionData<'gpus'> }) {
  return (
    <FactTable
      label="Graphics processors"
      rows={data}
      head={['Name', 'Memory', 'Load', 'Temperature', 'Power', 'Driver', 'Throttled by']}
      rowKey={(row) => row.uuid}
      cells={(row) => [
        row.name,
        row.memoryTotalBytes !== null && (
          <Meter
            label={`Memory of ${row.name}`}
            share={(row.memoryUsedBytes ?? 0) / row.memoryTotalBytes}
            text={`${formatBytes(row.memoryUsedBytes ?? 0)} of ${formatBytes(row.memoryTotalBytes)}`}
          />
        ),
        row.utilizationPercent !== null && `${row.utilizationPercent} %`,
        row.temperatureC !== null && `${row.temperatureC} °C`,
        row.powerDrawW !== null && `${row.powerDrawW} of ${row.powerLimitW ?? '?'} W`,
        row.driverVersion,
        row.throttleReasons ?? 'nothing',
      ]}
    />
  );
}

export function ContainerTable({ data }: { readonly data: SectionData<'containers'> }) {
  const running = { true: 'running', false: 'stopped', null: 'unknown' };
  return (
    <FactTable
      label="Container engines"
      rows={data}
      head={['Engine', 'Version', 'State']}
      rowKey={(row) => row.engine}
      cells={(row) => [row.engine, row.version, running[`${row.running}`]]}
    />
  );
}

export function LldpTable({ data }: { readonly data: SectionData<'lldp'> }) {
  return (
    <FactTable
      label="LLDP neighbours"
      rows={data}
      head={['Interface', 'Neighbour', 'Port', 'Untagged VLAN']}
      rowKey={(row) => `${row.interface} ${row.chassisId} ${row.portId}`}
      cells={(row) => [
        mono(row.interface),
        row.chassisName ?? row.chassisId,
        row.portDescription ?? row.portId,
        row.pvid,
      ]}
    />
  );
}
