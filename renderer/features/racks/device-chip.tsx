import { IconAlertTriangle } from '@tabler/icons-react';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { isolated } from '../../ui/isolate.ts';
import { kindWords } from '../devices/device-words.ts';
import classes from './elevation.module.css';
import { useElevation } from './elevation-context.ts';
import { labelOf } from './racks-view.ts';

interface ChipProps {
  readonly device: ElevationDevice;
  /** What is to be known of it beside its name. */
  readonly note?: string;
  /** Written from the bottom to the top, for a narrow lane. */
  readonly upright?: boolean;
}

/** A device that stands at no unit: selected, carried and opened like one that does. */
export function Chip({ device, note, upright = false }: ChipProps) {
  const { view, isSelected, select, open, edit } = useElevation();
  const { icon: KindShape, label: kind } = kindWords[device.kind];
  return (
    <button
      type="button"
      className={classes.chip}
      data-plate={device.id}
      data-upright={upright || undefined}
      aria-pressed={isSelected(device.id)}
      title={note ?? `${isolated(device.name)}, ${kind}`}
      onPointerDown={(event) => edit?.grab(event, device)}
      onKeyDown={(event) => {
        if (edit === null || (event.key !== ' ' && event.key !== 'm')) return;
        event.preventDefault();
        edit.pickUp(device, 'front');
      }}
      onClick={(event) => select(device, event.ctrlKey || event.metaKey || event.shiftKey)}
      onDoubleClick={() => open(device.id)}
    >
      {note === undefined ? (
        <KindShape aria-hidden className={classes.kind} />
      ) : (
        <IconAlertTriangle aria-hidden className={classes.fault} />
      )}
      <bdi className={classes.chipName}>{labelOf(device, view.label)}</bdi>
      {note && <span className={classes.chipNote}>{note}</span>}
    </button>
  );
}
