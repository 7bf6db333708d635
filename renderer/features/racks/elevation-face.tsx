import { type FocusEvent, type KeyboardEvent, useMemo } from 'react';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { elevationOf } from '../../../shared/topology/elevation.ts';
import type { Face, RackFrame } from '../../../shared/topology/placement.ts';
import { isolated } from '../../ui/isolate.ts';
import { DropMark } from './drop-mark.tsx';
import classes from './elevation.module.css';
import { useElevation } from './elevation-context.ts';
import { GapButton } from './gap-button.tsx';
import { Plate } from './plate.tsx';

interface ElevationFaceProps {
  readonly rack: RackFrame & { readonly id: string };
  readonly devices: readonly ElevationDevice[];
  readonly face: Face;
  /** More than one face is shown, so each says which it is. */
  readonly titled: boolean;
}

/** One face of a rack with its devices at their units. One stop for the tab key; arrows go about in it. */
export function ElevationFace({ rack, devices, face, titled }: ElevationFaceProps) {
  const { edit } = useElevation();
  const { drawn, gaps, freeUnits } = useMemo(
    () => elevationOf(rack, devices, face),
    [rack, devices, face],
  );
  const fullness = 1 - freeUnits / rack.heightUnits;
  const numbers = Array.from({ length: rack.heightUnits }, (_, at) => rack.heightUnits - at);
  const where = face === 'rear' ? 'at the rear of' : 'in';

  return (
    <div className={classes.side}>
      {titled && <div className={classes.sideTitle}>{face === 'front' ? 'Front' : 'Rear'}</div>}
      <div
        className={classes.frame}
        style={{ '--units': rack.heightUnits }}
        data-inches={rack.width ?? '19'}
      >
        <div className={classes.scale} aria-hidden>
          {numbers.join('\n')}
        </div>
        <div
          className={classes.bay}
          data-spot="bay"
          data-rack={rack.id}
          data-face={face}
          {...(edit === null ? {} : roving)}
        >
          <ul className={classes.slots} aria-label={`Devices ${where} ${isolated(rack.name)}`}>
            {drawn.map((each) => (
              <Plate
                key={each.device.id}
                drawn={each}
                rack={rack}
                face={face}
                fullness={fullness}
              />
            ))}
          </ul>
          {edit !== null &&
            gaps.map((gap) => (
              <GapButton
                key={`${gap.bottom} ${gap.left.toFixed(3)}`}
                gap={gap}
                rack={rack}
                face={face}
              />
            ))}
          {edit !== null && <DropMark carry={edit.carry} drawn={drawn} rack={rack} face={face} />}
        </div>
      </div>
    </div>
  );
}

const arrows = ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];

const stopsOf = (bay: HTMLElement) => [...bay.querySelectorAll<HTMLElement>('[data-stop]')];

/** Arrow keys between what can be focused, by where it stands. */
const roving = {
  onFocus({ currentTarget, target }: FocusEvent<HTMLElement>) {
    for (const stop of stopsOf(currentTarget)) stop.tabIndex = stop === target ? 0 : -1;
  },
  onKeyDown(event: KeyboardEvent<HTMLElement>) {
    if (event.defaultPrevented || !arrows.includes(event.key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = nextStop(stopsOf(event.currentTarget), document.activeElement, event.key);
    if (next === undefined) return;
    event.preventDefault();
    next.focus();
  },
};

function nextStop(stops: readonly HTMLElement[], from: Element | null, key: string) {
  const sorted = stops
    .map((element) => ({ element, box: element.getBoundingClientRect() }))
    .sort((a, b) => a.box.top - b.box.top || a.box.left - b.box.left);
  if (key === 'Home') return sorted[0]?.element;
  if (key === 'End') return sorted.at(-1)?.element;
  const at = sorted.findIndex(({ element }) => element === from);
  const here = sorted[at];
  if (here === undefined) return undefined;
  if (key === 'ArrowLeft') return sorted[at - 1]?.element;
  if (key === 'ArrowRight') return sorted[at + 1]?.element;
  const slack = 2;
  if (key === 'ArrowDown') {
    return sorted.find(({ box }) => box.top >= here.box.bottom - slack)?.element;
  }
  return sorted.findLast(({ box }) => box.bottom <= here.box.top + slack)?.element;
}
