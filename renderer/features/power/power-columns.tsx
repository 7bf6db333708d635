import {
  IconBatteryCharging,
  IconBolt,
  IconChevronDown,
  IconChevronRight,
  IconPlug,
  IconPlugX,
  IconPower,
} from '@tabler/icons-react';
import { Button, IconButton } from '../../ui/button.tsx';
import type { DataColumn } from '../../ui/data-table/columns.ts';
import { Meter } from '../../ui/meter.tsx';
import { DeviceLink } from '../links/thing-links.tsx';
import classes from './power.module.css';
import type { PowerRow } from './power-store.ts';
import { timeText, wattsText } from './power-words.ts';

interface Acts {
  readonly onFold: (row: PowerRow) => void;
  readonly onPlug: (sourceId: string, sourceName: string) => void;
  readonly onUnplug: (inputId: string, name: string) => void;
  readonly onAddOutlets: (deviceId: string, deviceName: string) => void;
}

export function powerColumns(acts: Acts): readonly DataColumn<PowerRow>[] {
  return [
    {
      id: 'name',
      header: 'Power',
      size: 330,
      grow: true,
      cell: (row) => <Name row={row} onFold={acts.onFold} />,
    },
    { id: 'feed', header: 'Feed', size: 56, cell: ({ feed }) => feed },
    { id: 'phase', header: 'Phase', size: 64, cell: ({ phase }) => phase },
    { id: 'load', header: 'Load', size: 270, cell: (row) => <Load row={row} /> },
    {
      id: 'worst',
      header: 'Nameplate',
      size: 90,
      align: 'end',
      cell: ({ worst }) => (worst > 0 ? wattsText(worst) : ''),
    },
    {
      id: 'measured',
      header: 'Measured',
      size: 90,
      align: 'end',
      cell: ({ measured }) => (measured === null ? '' : wattsText(measured)),
    },
    {
      id: 'runTime',
      header: 'Run time',
      size: 140,
      align: 'end',
      cell: ({ runTime }) => (runTime === null ? '' : `about ${timeText(runTime.minutes)}`),
    },
    { id: 'act', header: 'Change', size: 130, cell: (row) => <Change row={row} acts={acts} /> },
  ];
}

const icons = { breaker: IconBolt, outlet: IconPlug, device: IconPower } as const;

function Name({ row, onFold }: { readonly row: PowerRow } & Pick<Acts, 'onFold'>) {
  const { depth, kind, name, device, inputName, children, collapsed, repeated } = row;
  const IconShape = row.runTime === null ? icons[kind] : IconBatteryCharging;
  return (
    <span className={classes.name} style={{ '--depth': depth }}>
      {children > 0 ? (
        <IconButton
          label={`${collapsed ? 'Unfold' : 'Fold'} ${name}`}
          icon={collapsed ? IconChevronRight : IconChevronDown}
          onClick={() => onFold(row)}
        />
      ) : (
        <span className={classes.noFold} />
      )}
      <IconShape aria-hidden className={classes.icon} />
      {kind !== 'device' && <bdi>{name}</bdi>}
      {kind !== 'device' && device !== null && <span className={classes.quiet}>→</span>}
      {device !== null && <DeviceLink id={device.id} name={device.name} />}
      {device !== null && inputName !== null && (
        <span className={classes.quiet}>
          <bdi>{inputName}</bdi>
        </span>
      )}
      {kind === 'outlet' && device === null && children === 0 && (
        <span className={classes.quiet}>free</span>
      )}
      {repeated && <span className={classes.quiet}>outlets stand above</span>}
    </span>
  );
}

function Load({ row }: { readonly row: PowerRow }) {
  const { supply, load, capacity, overloaded, name } = row;
  if (supply === 'none') return <span className={classes.warn}>No power arrives</span>;
  const battery = supply === 'battery' ? ' from battery' : '';
  if (load === 0 && row.kind === 'outlet' && row.device === null && row.children === 0) return null;
  if (capacity === null || capacity === 0) {
    return (
      <span className={load === 0 ? classes.quiet : undefined}>{wattsText(load) + battery}</span>
    );
  }
  const text = `${wattsText(load)} of ${wattsText(capacity)}${battery}`;
  return (
    <div className={classes.load}>
      <Meter
        label={`Load of ${name}`}
        share={load / capacity}
        text={overloaded ? `${text}, too much` : text}
      />
    </div>
  );
}

function Change({ row, acts }: { readonly row: PowerRow; readonly acts: Acts }) {
  const { kind, pointId, inputId, device, name, children } = row;
  const passes = device !== null && (device.kind === 'ups' || device.kind === 'pdu');
  if (passes && !row.repeated) {
    return (
      <Button tone="quiet" onClick={() => acts.onAddOutlets(device.id, device.name)}>
        Add outlets
      </Button>
    );
  }
  if (inputId !== null && pointId !== null && device !== null && kind === 'outlet') {
    return (
      <Button tone="quiet" icon={IconPlugX} onClick={() => acts.onUnplug(inputId, device.name)}>
        Unplug
      </Button>
    );
  }
  if (pointId !== null && device === null && (kind === 'breaker' || children === 0)) {
    return (
      <Button tone="quiet" icon={IconPlug} onClick={() => acts.onPlug(pointId, name)}>
        Plug in
      </Button>
    );
  }
  return null;
}
