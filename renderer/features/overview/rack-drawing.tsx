import { IconArrowsDiff, IconCircle, IconPlugConnectedX } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import type { DeviceRow, RackRow } from '../../../shared/model/inventory.ts';
import { failureWords } from '../../../shared/model/readings.ts';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { kindWords, statusWords } from '../devices/device-words.ts';
import classes from './rack.module.css';
import { layoutRack, type Slot } from './rack-layout.ts';

interface RackDrawingProps {
  readonly rack: RackRow;
  readonly devices: readonly DeviceRow[];
  readonly selected: string | null;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
  /** What can be done with the rack itself. */
  readonly tools?: ReactNode;
  /** Its devices are still being read: the rack stands there already, as high as it is. */
  readonly busy?: boolean;
}

/** The front of a rack with its devices at their units. */
export function RackDrawing(props: RackDrawingProps) {
  const { rack, devices } = props;
  const layout = useMemo(() => layoutRack(devices, rack.heightUnits), [devices, rack.heightUnits]);
  const units = Array.from({ length: rack.heightUnits }, (_, index) => rack.heightUnits - index);
  return (
    <figure
      className={classes.rack}
      aria-label={`Rack ${isolated(rack.name)}`}
      aria-busy={props.busy || undefined}
    >
      <figcaption className={classes.caption}>
        <bdi className={classes.rackName} title={rack.name}>
          {rack.name}
        </bdi>
        <span className={classes.rackNote} title={rack.siteName}>
          <bdi>{rack.siteName}</bdi> · {rack.heightUnits} U
          {!props.busy && `, ${layout.freeUnits} free`}
        </span>
        {props.tools}
      </figcaption>
      <div className={classes.frame} style={{ '--units': rack.heightUnits }}>
        <ol className={classes.scale} aria-hidden>
          {units.map((unit) => (
            <li key={unit} className={classes.unit}>
              {unit}
            </li>
          ))}
        </ol>
        <ul className={classes.bay} aria-label={`Devices in ${isolated(rack.name)}`}>
          {layout.slots.map((slot) => (
            <MountedDevice key={slot.device.id} slot={slot} {...props} />
          ))}
        </ul>
      </div>
      {layout.loose.length > 0 && (
        <div className={classes.loose}>
          <span className={classes.rackNote}>Without a unit</span>
          {layout.loose.map((device) => (
            <button
              key={device.id}
              type="button"
              className={classes.looseDevice}
              aria-pressed={props.selected === device.id}
              onClick={() => props.onSelect(device.id)}
              onDoubleClick={() => props.onOpen(device.id)}
            >
              <bdi className={classes.looseName}>{device.name}</bdi>
            </button>
          ))}
        </div>
      )}
    </figure>
  );
}

interface MountedDeviceProps extends RackDrawingProps {
  readonly slot: Slot<DeviceRow>;
}

function MountedDevice({ slot, selected, onSelect, onOpen }: MountedDeviceProps) {
  const { device, row, rows, lane, lanes } = slot;
  const { icon: KindShape, label: kind } = kindWords[device.kind];
  const { label: status } = statusWords[device.status];
  const { icon: StatusShape, tone } = statusMark(device);
  const narrow = lanes > 1;
  const attention = attentionOf(device);
  const more = [kind, `unit ${device.position}`, status, attention?.text]
    .filter(Boolean)
    .join(', ');
  return (
    <li
      className={classes.slot}
      style={{ '--row': row, '--rows': rows, '--lane': lane, '--lanes': lanes }}
    >
      <button
        type="button"
        className={classes.plate}
        data-kind={device.kind}
        data-status={device.status}
        aria-pressed={selected === device.id}
        title={`${isolated(device.name)}, ${more}`}
        onClick={() => onSelect(device.id)}
        onDoubleClick={() => onOpen(device.id)}
      >
        <StatusShape aria-hidden className={classes.status} data-tone={tone} />
        {!narrow && <KindShape aria-hidden className={classes.kind} />}
        <span className={classes.name}>
          <bdi>{device.name}</bdi>
          <span className="rh-hidden">, {more}</span>
        </span>
        {!narrow && device.primaryAddress && (
          <span className={classes.address}>{device.primaryAddress}</span>
        )}
        {attention && (
          <span className={classes.attention} data-tone={attention.tone} aria-hidden>
            <attention.icon />
            {attention.count}
          </span>
        )}
        {!narrow && <span aria-hidden className={classes.face} />}
      </button>
    </li>
  );
}

/** "Active" is only a plan until the machine was seen: a green check would read as healthy. */
function statusMark(device: DeviceRow) {
  const { icon, tone } = statusWords[device.status];
  // Nor is one that could not be read this time; the mark beside its name says so.
  const unseen = (device.observedAt === null || device.failure !== null) && tone === 'ok';
  return unseen ? { icon: IconCircle, tone: 'neutral' } : { icon, tone };
}

function attentionOf(device: DeviceRow) {
  if (device.failure !== null) {
    const text = `could not be read: ${failureWords(device.failure.code)}`;
    return { icon: IconPlugConnectedX, tone: 'danger', count: '', text };
  }
  if (device.differences > 0) {
    const text = formatCount(device.differences, 'difference');
    return { icon: IconArrowsDiff, tone: 'warn', count: device.differences, text };
  }
  // Never observed is no mark here: before the first observation every device would carry it.
  return null;
}
