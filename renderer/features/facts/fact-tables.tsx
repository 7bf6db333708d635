import { type ReactNode, useState } from 'react';
import type { SectionData } from '../../../shared/model/facts.ts';
import { Button } from '../../ui/button.tsx';
import { formatBytes } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { Meter } from '../../ui/meter.tsx';
import { Lines, PlainTable } from '../../ui/plain-table.tsx';
import classes from './facts.module.css';
import {
  containerEngine,
  diskType,
  interfaceKind,
  linkState,
  throttledBy,
  told,
} from './kind-words.ts';

interface TableProps<R> {
  readonly label: string;
  readonly rows: readonly R[];
  readonly head: readonly string[];
  readonly cells: (row: R) => readonly ReactNode[];
}

/** A machine may have thousands of one thing; nobody reads more at once. */
const shownAtFirst = 100;
const shownMore = 500;

/** A plain table; an empty one says so, and a long one shows its beginning. */
function FactTable<R>({ label, rows, head, cells }: TableProps<R>) {
  const [shown, setShown] = useState(shownAtFirst);
  if (rows.length === 0) return <p className={classes.quiet}>None.</p>;
  const columns = head.map((title) => ({ title }));
  const left = rows.length - shown;
  return (
    <>
      <PlainTable label={label} columns={columns} rows={rows.slice(0, shown).map(cells)} />
      {left > 0 && (
        <Button onClick={() => setShown(shown + shownMore)}>
          {`Show ${Math.min(left, shownMore).toLocaleString('en')} more of ${rows.length.toLocaleString('en')}`}
        </Button>
      )}
    </>
  );
}

/** What a machine did not tell is unknown, not empty. */
const text = (value: string | null) => {
  const known = told(value);
  return known === null ? <span className={classes.quiet}>unknown</span> : <bdi>{known}</bdi>;
};

const mono = (value: string | number | null) =>
  value !== null &&
  told(String(value)) !== null && (
    <code>
      <bdi>{value}</bdi>
    </code>
  );

export function FileSystemTable({ data }: { readonly data: SectionData<'fileSystems'> }) {
  return (
    <FactTable
      label="File systems"
      rows={data}
      head={['Mounted at', 'Type', 'Used', 'Source']}
      cells={(row) => [
        mono(row.mountPoint),
        row.type,
        <Meter
          key="used"
          label={`Use of ${isolated(row.mountPoint)}`}
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
      cells={(row) => [
        mono(row.name),
        diskType(row.type),
        formatBytes(row.sizeBytes),
        told(row.model),
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
      cells={(row) => [
        mono(row.name),
        interfaceKind(row.kind),
        row.operState && linkState(row.operState),
        mono(row.mac),
        <Lines key="addresses">
          {row.addresses.map(({ address, dynamic }) => (
            <span key={address}>
              <code>{address}</code>
              {dynamic === true && <span className={classes.quiet}> dynamic</span>}
            </span>
          ))}
        </Lines>,
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
      cells={(row) => [mono(row.port), row.protocol.toUpperCase(), mono(row.address), row.process]}
    />
  );
}

export function GpuTable({ data }: { readonly data: SectionData<'gpus'> }) {
  return (
    <FactTable
      label="Graphics processors"
      rows={data}
      head={['Name', 'Memory', 'Load', 'Temperature', 'Power', 'Driver', 'Held back by']}
      cells={(row) => [
        text(row.name),
        row.memoryTotalBytes !== null && (
          <Meter
            key="memory"
            label={`Memory of ${isolated(row.name)}`}
            share={(row.memoryUsedBytes ?? 0) / row.memoryTotalBytes}
            text={`${formatBytes(row.memoryUsedBytes ?? 0)} of ${formatBytes(row.memoryTotalBytes)}`}
          />
        ),
        text(row.utilizationPercent === null ? null : `${row.utilizationPercent} %`),
        text(row.temperatureC === null ? null : `${row.temperatureC} °C`),
        text(powerText(row)),
        text(row.driverVersion),
        text(throttledBy(row.throttleReasons)),
      ]}
    />
  );
}

function powerText({ powerDrawW, powerLimitW }: SectionData<'gpus'>[number]): string | null {
  if (powerDrawW === null) return null;
  return powerLimitW === null ? `${powerDrawW} W` : `${powerDrawW} of ${powerLimitW} W`;
}

function containerNames(containers: SectionData<'containers'>[number]['containers']) {
  if (containers === undefined) return null;
  return containers.length === 0 ? 'none' : containers.map(({ name }) => name).join(', ');
}

export function ContainerTable({ data }: { readonly data: SectionData<'containers'> }) {
  const running = { true: 'running', false: 'stopped', null: 'unknown' };
  return (
    <FactTable
      label="Container engines"
      rows={data}
      head={['Engine', 'Version', 'State', 'Containers']}
      cells={(row) => [
        containerEngine(row.engine),
        text(row.version),
        running[`${row.running}`],
        text(containerNames(row.containers)),
      ]}
    />
  );
}

export function LldpTable({ data }: { readonly data: SectionData<'lldp'> }) {
  return (
    <FactTable
      label="LLDP neighbours"
      rows={data}
      head={['Interface', 'Neighbour', 'Port', 'Untagged VLAN']}
      cells={(row) => [
        mono(row.interface),
        row.chassisName ?? row.chassisId,
        row.portDescription ?? row.portId,
        row.pvid,
      ]}
    />
  );
}
