import { useStore } from 'zustand';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import type { Drawn } from '../../../shared/topology/elevation.ts';
import {
  extentOf,
  type Face,
  facesOf,
  isNarrow,
  type RackFrame,
  roomOf,
  spanOf,
} from '../../../shared/topology/placement.ts';
import type { Carry } from './carry.ts';
import classes from './elevation.module.css';
import type { Plan, PlannedMove } from './plan.ts';

interface DropMarkProps {
  readonly carry: Carry;
  readonly drawn: readonly Drawn<ElevationDevice>[];
  readonly rack: RackFrame & { readonly id: string };
  readonly face: Face;
}

/** Where what is carried would stand: green with its units where it may, crossed out where not. */
export function DropMark({ carry, drawn, rack, face }: DropMarkProps) {
  const plan = useStore(carry.store, ({ carrying }) => {
    const spot = carrying?.spot;
    if (spot?.kind !== 'unit' && spot?.kind !== 'on') return null;
    return spot.rackId === rack.id ? carrying?.plan : null;
  });
  if (plan == null) return null;
  const [lead] = plan.moves;
  const holder = drawn.find(({ device }) => device.id === lead?.to.parentId);
  if (holder !== undefined) return <HolderMark holder={holder} plan={plan} />;
  const here = plan.moves.filter(({ device, to }) => {
    if (to.rackId !== rack.id || to.position === null) return false;
    return facesOf({ face: to.face, fullDepth: device.fullDepth }).includes(face);
  });
  return here.map((move) => (
    <div
      key={move.device.id}
      aria-hidden
      className={classes.dropMark}
      data-allowed={plan.allowed}
      data-doubt={plan.doubt === null ? undefined : true}
      style={boxOf(move, rack, face)}
    >
      <span className={classes.dropText}>{unitLabel(move)}</span>
    </div>
  ));
}

/** On a shelf or in a chassis: all of it, with the place. */
function HolderMark({
  holder,
  plan,
}: {
  readonly holder: Drawn<ElevationDevice>;
  readonly plan: Plan;
}) {
  const style = {
    '--bottom': holder.bottom,
    '--height': holder.height,
    '--left': holder.left,
    '--width': holder.width,
  };
  return (
    <div aria-hidden className={classes.dropMark} data-allowed={plan.allowed} style={style}>
      <bdi className={classes.dropText}>{plan.moves[0]?.to.bay}</bdi>
    </div>
  );
}

function unitLabel({ device, to }: PlannedMove): string {
  const position = to.position ?? 1;
  const last = position + extentOf(device) - 1;
  return last > position ? `${position}–${last}` : String(position);
}

function boxOf({ device, to }: PlannedMove, rack: RackFrame, face: Face) {
  const side = to.side ?? (isNarrow(device, rack) ? 'left' : null);
  const { left, width } = spanOf({ ...device, ...to, side, onParent: false }, rack);
  const room = roomOf(rack);
  const from = face === 'front' ? left : room - left - width;
  return {
    '--bottom': (to.position ?? 1) - 1,
    '--height': extentOf(device),
    '--left': from / room,
    '--width': width / room,
  };
}
