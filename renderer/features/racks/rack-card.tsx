import { memo, type ReactNode, useMemo } from 'react';
import type { RackRow } from '../../../shared/model/inventory.ts';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { elevationOf } from '../../../shared/topology/elevation.ts';
import type { Face } from '../../../shared/topology/placement.ts';
import { refusalText } from '../../../shared/topology/placement-words.ts';
import { isolated } from '../../ui/isolate.ts';
import { Chip } from './device-chip.tsx';
import classes from './elevation.module.css';
import { useElevation } from './elevation-context.ts';
import { ElevationFace } from './elevation-face.tsx';
import { powerOf } from './heat.ts';

interface RackCardProps {
  readonly rack: RackRow;
  readonly devices: readonly ElevationDevice[];
  readonly faces: readonly Face[];
  /** What can be done with the rack itself. */
  readonly tools?: ReactNode;
  /** Its devices are still being read: the rack stands there already, as high as it is. */
  readonly busy?: boolean;
  /** How many more it holds than are drawn. */
  readonly more?: number;
}

/** A rack as one stands before it, with what hangs beside it and what has no unit. */
export const RackCard = memo(function RackCard(props: RackCardProps) {
  const { rack, devices, faces, busy = false } = props;
  const front = useMemo(() => elevationOf(rack, devices), [rack, devices]);
  return (
    <figure
      className={classes.rack}
      aria-label={`Rack ${isolated(rack.name)}`}
      aria-busy={busy || undefined}
      data-inches={rack.width ?? '19'}
    >
      <figcaption className={classes.caption}>
        <bdi className={classes.rackName} title={rack.name}>
          {rack.name}
        </bdi>
        <RackNote rack={rack} devices={devices} freeUnits={busy ? null : front.freeUnits} />
        {props.tools}
      </figcaption>
      <div className={classes.faces}>
        {faces.map((face) => (
          <ElevationFace
            key={face}
            rack={rack}
            devices={devices}
            face={face}
            titled={faces.length > 1 || face === 'rear'}
          />
        ))}
        <Beside rack={rack} devices={front.beside} />
      </div>
      {front.outside.map(({ device, fault }) => (
        <div key={device.id} className={classes.strays} data-outside>
          <Chip device={device} note={refusalText(fault, device, { rack, nameOf: isolated })} />
        </div>
      ))}
      {front.loose.length > 0 && (
        <div className={classes.strays}>
          <span className={classes.rackNote}>Without a unit</span>
          {front.loose.map((device) => (
            <Chip key={device.id} device={device} />
          ))}
        </div>
      )}
      {(props.more ?? 0) > 0 && (
        <p className={classes.rackNote}>
          and {props.more?.toLocaleString('en')} more that are not drawn
        </p>
      )}
    </figure>
  );
});

interface RackNoteProps extends Pick<RackCardProps, 'rack' | 'devices'> {
  readonly freeUnits: number | null;
}

function RackNote({ rack, devices, freeUnits }: RackNoteProps) {
  const { view } = useElevation();
  const place = rack.roomName === null ? rack.siteName : `${rack.siteName}, ${rack.roomName}`;
  const free = freeUnits === null ? '' : `, ${freeUnits} free`;
  const full = freeUnits === null ? 0 : Math.round((1 - freeUnits / rack.heightUnits) * 100);
  const { watts, unknown } = powerOf(devices);
  const heat =
    view.heat === 'power'
      ? `${watts} W${unknown > 0 ? ` + ${unknown} unknown` : ''}`
      : `${full} % full`;
  return (
    <span className={classes.rackNote} title={place}>
      <bdi>{place}</bdi> · {rack.width === '10' && '10″ · '}
      {rack.heightUnits} U{free}
      {(view.heat === 'power' || view.heat === 'space') && ` · ${heat}`}
    </span>
  );
}

/** Strips and the like that take no unit. A narrow lane, also to put something there. */
function Beside({ rack, devices }: Pick<RackCardProps, 'rack' | 'devices'>) {
  const { edit } = useElevation();
  if (edit === null && devices.length === 0) return null;
  return (
    <ul
      className={classes.beside}
      aria-label={`Beside ${isolated(rack.name)}`}
      data-spot="beside"
      data-rack={rack.id}
      data-empty={devices.length === 0 || undefined}
    >
      {devices.map((device) => (
        <li key={device.id}>
          <Chip device={device} upright />
        </li>
      ))}
    </ul>
  );
}
