import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import type { Gap } from '../../../shared/topology/elevation.ts';
import type { Face, RackFrame, Side } from '../../../shared/topology/placement.ts';
import classes from './elevation.module.css';
import { useElevation } from './elevation-context.ts';
import { rackTitle } from './rack-title.ts';

interface GapButtonProps {
  readonly gap: Gap;
  readonly rack: RackFrame & { readonly id: string };
  readonly face: Face;
}

/** Free units, as one thing to press; which of them is meant goes by the pointer or by arrow keys. */
export function GapButton({ gap, rack, face }: GapButtonProps) {
  const { edit } = useElevation();
  const lowest = Math.ceil(gap.bottom) + 1;
  const highest = Math.max(lowest, Math.floor(gap.bottom + gap.height));
  const [unit, setUnit] = useState(highest);
  const mark = useRef<HTMLSpanElement>(null);
  const at = Math.min(highest, Math.max(lowest, unit));
  const whole = gap.width > 0.95;
  const side = whole ? null : sideOf(gap, face);

  function pointed(event: MouseEvent<HTMLElement>): number {
    const box = event.currentTarget.getBoundingClientRect();
    const up = ((box.bottom - event.clientY) / box.height) * gap.height;
    return Math.min(highest, Math.max(lowest, Math.floor(gap.bottom + up) + 1));
  }

  function step(event: KeyboardEvent): void {
    const by = event.key === 'ArrowUp' ? 1 : event.key === 'ArrowDown' ? -1 : 0;
    if (by === 0 || at + by < lowest || at + by > highest) return;
    event.preventDefault();
    setUnit(at + by);
  }

  const part = whole ? '' : `, ${side === 'middle' ? 'in the middle' : side}`;
  const behind = face === 'rear' ? ', at the rear' : '';
  return (
    <button
      type="button"
      className={classes.gap}
      data-stop
      tabIndex={-1}
      style={{
        '--bottom': gap.bottom,
        '--height': gap.height,
        '--left': gap.left,
        '--width': gap.width,
        '--at': at - 1 - gap.bottom,
      }}
      aria-label={`Unit ${at} of ${rackTitle(rack.name)}${part}${behind} is free`}
      onPointerMove={(event) => setUnit(pointed(event))}
      onKeyDown={step}
      onClick={(event) => {
        // By keys there is no place that was pointed at.
        const position = event.detail === 0 ? at : pointed(event);
        setUnit(position);
        const element = mark.current ?? event.currentTarget;
        edit?.openGap({ rackId: rack.id, position, face, side, element });
      }}
    >
      <span
        ref={mark}
        aria-hidden
        className={classes.gapUnit}
        data-short={gap.width < 0.7 || undefined}
      />
    </button>
  );
}

/** From the front. */
function sideOf(gap: Gap, face: Face): Side {
  const left = face === 'front' ? gap.left : 1 - gap.left - gap.width;
  if (left < 0.1) return 'left';
  return left + gap.width > 0.9 ? 'right' : 'middle';
}
