import { IconAlertTriangle, IconBan, IconCheck } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { formatCount } from '../../ui/formatting.ts';
import type { Carry } from './carry.ts';
import classes from './racks.module.css';

/** Beside the pointer, or at the foot of the screen while keys carry: what is carried and what would come of it. */
export function CarryGhost({ carry }: { readonly carry: Carry }) {
  const carrying = useStore(carry.store, (state) => state.carrying);
  if (carrying === null) return null;
  const { devices, plan, at, by, type } = carrying;
  const [lead] = devices;
  const tone =
    plan === null ? 'none' : plan.allowed ? (plan.doubt ? 'doubt' : 'allowed') : 'refused';
  const Mark = tone === 'refused' ? IconBan : tone === 'doubt' ? IconAlertTriangle : IconCheck;
  const swap = plan !== null && !plan.allowed && plan.swapWith !== null;
  const key = by === 'pointer' ? 'Hold Alt' : 'Press X';
  return (
    <div
      className={classes.ghost}
      data-by={by}
      data-tone={tone}
      aria-hidden
      style={by === 'pointer' ? { '--x': `${at.x}px`, '--y': `${at.y}px` } : undefined}
    >
      <span className={classes.ghostName}>
        {type !== null && 'New: '}
        {devices.length > 1 ? formatCount(devices.length, 'device') : <bdi>{lead?.name}</bdi>}
      </span>
      {plan !== null && (
        <span className={classes.ghostText}>
          <Mark className={classes.ghostMark} />
          <span>
            {plan.text}
            {plan.doubt && ` ${plan.doubt}`}
            {swap && ` ${key} to change places.`}
          </span>
        </span>
      )}
    </div>
  );
}

/** What is carried and what became of it, for who hears the screen. */
export function CarryTold({ carry }: { readonly carry: Carry }) {
  const text = useStore(carry.told, (state) => state.text);
  return (
    <p className="rh-hidden" role="status" aria-label="Moving">
      {text}
    </p>
  );
}
