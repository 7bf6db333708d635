import {
  IconAlertTriangle,
  IconArrowsDiff,
  IconCircle,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import type { CSSProperties, KeyboardEvent, MouseEvent, PointerEvent } from 'react';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import type { Drawn } from '../../../shared/topology/elevation.ts';
import type { Face, RackFrame } from '../../../shared/topology/placement.ts';
import { refusalText, unitsText } from '../../../shared/topology/placement-words.ts';
import { formatCount } from '../../ui/formatting.ts';
import { isolated } from '../../ui/isolate.ts';
import { kindWords, statusWords } from '../devices/device-words.ts';
import classes from './elevation.module.css';
import { useElevation } from './elevation-context.ts';
import { heatOf } from './heat.ts';
import { labelOf } from './racks-view.ts';
import { isHolder, placesOn } from './spot.ts';

interface PlateProps {
  readonly drawn: Drawn<ElevationDevice>;
  readonly rack: RackFrame & { readonly id: string };
  readonly face: Face;
  readonly fullness: number;
}

/** A device at its units, with what stands on it. */
export function Plate({ drawn, rack, face, fullness }: PlateProps) {
  const { device, bottom, height, left, width, carries } = drawn;
  const holds = isHolder(device, carries.length);
  const style: CSSProperties = {
    '--bottom': bottom,
    '--height': height,
    '--left': left,
    '--width': width,
  };
  return (
    <li
      className={classes.slot}
      style={style}
      data-carries={carries.length > 0 || undefined}
      data-thin={height < 1 || undefined}
      {...(holds && { 'data-spot': 'holder', 'data-device': device.id })}
    >
      <PlateButton
        device={device}
        face={face}
        fullness={fullness}
        behind={drawn.behind}
        fault={drawn.fault && refusalText(drawn.fault, device, { rack, nameOf: isolated })}
        where={unitsText(bottom + 1, height)}
      />
      {carries.length > 0 && (
        <Carried holder={device} carries={carries} face={face} fullness={fullness} />
      )}
    </li>
  );
}

interface CarriedProps extends Pick<PlateProps, 'face' | 'fullness'> {
  readonly holder: ElevationDevice;
  readonly carries: readonly ElevationDevice[];
}

/** What stands on a shelf or in a chassis, each in its place. */
function Carried({ holder, carries, face, fullness }: CarriedProps) {
  const named = holder.bays.length > 0;
  const places = named ? placesOn(holder, carries) : carries.map(({ bay }) => bay ?? '');
  return (
    <ul
      className={classes.carried}
      style={{ '--places': Math.max(places.length, carries.length) }}
      aria-label={`On ${isolated(holder.name)}`}
    >
      {carries.map((device, at) => {
        const place = named ? places.indexOf(device.bay ?? '') : at;
        return (
          <li
            key={device.id}
            className={classes.carriedPlace}
            style={place === -1 ? undefined : { gridColumn: place + 1 }}
          >
            <PlateButton
              device={device}
              face={face}
              fullness={fullness}
              behind={false}
              fault={null}
              where={`on ${isolated(holder.name)}${device.bay ? `, place ${isolated(device.bay)}` : ''}`}
            />
          </li>
        );
      })}
    </ul>
  );
}

interface PlateButtonProps extends Pick<PlateProps, 'face' | 'fullness'> {
  readonly device: ElevationDevice;
  readonly behind: boolean;
  readonly fault: string | null;
  readonly where: string;
}

function PlateButton({ device, face, fullness, behind, fault, where }: PlateButtonProps) {
  const { view, now, edit, ...tools } = useElevation();
  const { icon: KindShape, label: kind } = kindWords[device.kind];
  const { icon: StatusShape, tone } = statusMark(device);
  const attention = attentionOf(device);
  const heat = heatOf(view.heat, device, { fullness, now });
  const label = labelOf(device, view.label);
  const known = [
    label === device.name ? null : isolated(device.name),
    kind,
    behind ? `${where}, seen from behind` : where,
    statusWords[device.status].label,
    heat?.text,
    attention?.text,
    fault,
  ];
  const more = known.filter(Boolean).join(', ');
  const { onKeyDown, onPointerDown } = carrying(edit, device, face);
  return (
    <button
      type="button"
      className={classes.plate}
      data-plate={device.id}
      data-stop
      data-kind={device.kind}
      data-status={device.status}
      data-behind={behind || undefined}
      data-fault={fault === null ? undefined : true}
      data-heat={heat === null ? undefined : (heat.level ?? 'unknown')}
      aria-pressed={tools.isSelected(device.id)}
      title={`${isolated(label)}, ${more}`}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
      onClick={(event: MouseEvent) =>
        tools.select(device, event.ctrlKey || event.metaKey || event.shiftKey)
      }
      onDoubleClick={() => tools.open(device.id)}
    >
      <StatusShape aria-hidden className={classes.status} data-tone={tone} />
      <KindShape aria-hidden className={classes.kind} />
      <span className={classes.name}>
        <bdi>{label}</bdi>
        <span className="rh-hidden">, {more}</span>
      </span>
      {heat === null && device.primaryAddress && (
        <span className={classes.address}>{device.primaryAddress}</span>
      )}
      {fault !== null && <IconAlertTriangle aria-hidden className={classes.fault} />}
      {attention && (
        <span className={classes.attention} data-tone={attention.tone} aria-hidden>
          <attention.icon />
          {attention.count}
        </span>
      )}
      {heat !== null && <span className={classes.heat}>{heat.text}</span>}
      {heat === null && <span aria-hidden className={classes.ornament} />}
    </button>
  );
}

function carrying(
  edit: ReturnType<typeof useElevation>['edit'],
  device: ElevationDevice,
  face: Face,
) {
  if (edit === null) return {};
  return {
    onPointerDown: (event: PointerEvent<HTMLElement>) => edit.grab(event, device),
    onKeyDown(event: KeyboardEvent) {
      const { key } = event;
      if ((key !== ' ' && key !== 'm') || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      event.stopPropagation();
      edit.pickUp(device, face);
    },
  };
}

/** "Active" is only a plan until the machine was seen: a green check would read as healthy. */
function statusMark(device: ElevationDevice) {
  const { icon, tone } = statusWords[device.status];
  // Nor is one that could not be read this time; the mark beside its name says so.
  const unseen = (device.observedAt === null || device.failed) && tone === 'ok';
  return unseen ? { icon: IconCircle, tone: 'neutral' } : { icon, tone };
}

function attentionOf(device: ElevationDevice) {
  if (device.failed) {
    return { icon: IconPlugConnectedX, tone: 'danger', count: '', text: 'could not be read' };
  }
  if (device.differences > 0) {
    const text = formatCount(device.differences, 'difference');
    return { icon: IconArrowsDiff, tone: 'warn', count: device.differences, text };
  }
  // Never observed is no mark here: before the first observation every device would carry it.
  return null;
}
