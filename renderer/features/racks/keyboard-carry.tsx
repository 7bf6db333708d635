import { useEffect } from 'react';
import { useStore } from 'zustand';
import type { Carry, Carrying } from './carry.ts';
import { firstFree, type Step, stepFrom } from './keyboard-steps.ts';
import type { RacksStore } from './racks-store.ts';

interface KeyboardCarryProps {
  readonly carry: Carry;
  readonly racks: RacksStore;
  readonly rackIds: readonly string[];
  /** Brings a rack into view. */
  readonly show: (rackId: string) => void;
}

const steps: Readonly<Record<string, Step>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowLeft: 'left',
  ArrowRight: 'right',
  Home: 'top',
  End: 'bottom',
  PageDown: 'next-rack',
  PageUp: 'previous-rack',
  r: 'turn',
};

/** While something is carried by keys, all keys are about that. */
export function KeyboardCarry({ carry, racks, rackIds, show }: KeyboardCarryProps) {
  const active = useStore(carry.store, ({ carrying }) => carrying?.by === 'keyboard');
  useEffect(() => {
    if (!active) return;
    function take(event: KeyboardEvent): void {
      const { carrying } = carry.store.getState();
      if (carrying === null || event.ctrlKey || event.metaKey) return;
      const handled = keyOf(event, carrying, { carry, racks, rackIds, show });
      // Tab leaves: what is carried is put back rather than forgotten.
      if (!handled && event.key === 'Tab') {
        carry.cancel();
        return;
      }
      event.preventDefault();
      event.stopPropagation();
    }
    window.addEventListener('keydown', take, { capture: true });
    return () => window.removeEventListener('keydown', take, { capture: true });
  }, [active, carry, racks, rackIds, show]);
  useReplan(carry, racks);
  return null;
}

/** A rack that comes into view is read only then. */
function useReplan(carry: Carry, racks: RacksStore): void {
  const rackId = useStore(carry.store, ({ carrying }) =>
    carrying?.by === 'keyboard' && carrying.spot !== null && carrying.spot.kind !== 'nowhere'
      ? carrying.spot.rackId
      : null,
  );
  useEffect(() => {
    if (rackId === null) return;
    return racks.elevation(rackId).store.subscribe(() => {
      const before = carry.store.getState().carrying?.plan?.text;
      carry.aim({});
      // Read again and as it was: what was said last still holds.
      if (carry.store.getState().carrying?.plan?.text !== before) tell(carry);
    });
  }, [carry, racks, rackId]);
}

function keyOf(event: KeyboardEvent, carrying: Carrying, props: KeyboardCarryProps): boolean {
  const { carry, racks, rackIds, show } = props;
  const { key, shiftKey } = event;
  const [lead] = carrying.devices;
  const step = steps[key] ?? steps[key.toLowerCase()];
  if (step !== undefined && lead !== undefined) {
    const around = { device: lead, rackIds, contentOf: racks.contentOf, halves: shiftKey };
    const spot = stepFrom(carrying.spot ?? { kind: 'nowhere' }, step, around);
    carry.aim({ spot, halves: shiftKey, swap: false });
    if (spot.kind !== 'nowhere') show(spot.rackId);
    tell(carry);
    return true;
  }
  if (key === 'x') {
    carry.aim({ swap: !carrying.swap });
    tell(carry);
    return true;
  }
  if (key === 'Delete' || key === 'Backspace') {
    carry.aim({ spot: { kind: 'nowhere' } });
    tell(carry);
    return true;
  }
  if (key === 'Enter' || key === ' ') {
    const ids = carrying.devices.map(({ id }) => id);
    void carry.drop().then(() => focusPlate(ids[0] ?? ''));
    return true;
  }
  if (key === 'Escape') {
    carry.cancel();
    return true;
  }
  return false;
}

function tell(carry: Carry): void {
  const { carrying } = carry.store.getState();
  if (carrying?.plan == null) return;
  const { allowed, text, doubt, swapWith } = carrying.plan;
  const swap = !allowed && swapWith !== null ? ' Press X to change places.' : '';
  carry.say(`${allowed ? '' : 'Not here. '}${text}${doubt ? ` ${doubt}` : ''}${swap}`);
}

const pickedUpHint =
  'Arrow keys move it, Page Up and Page Down go to another rack, R turns it, Delete takes it out, Enter puts it down, Escape puts it back.';

/** Takes hold of it by keys where it stands, or at the first free place. */
export function pickUp(
  what: Pick<Carrying, 'devices' | 'type'>,
  where: {
    readonly carry: Carry;
    readonly racks: RacksStore;
    readonly rackId: string | undefined;
    readonly face: 'front' | 'rear';
  },
): void {
  const { carry, racks, rackId, face } = where;
  const [lead] = what.devices;
  if (lead === undefined) return;
  const around = { device: lead, rackIds: [], contentOf: racks.contentOf, halves: false };
  const stands = lead.rackId !== null && lead.position !== null && lead.parentId === null;
  const spot =
    stands && lead.rackId !== null && lead.position !== null
      ? ({
          kind: 'unit',
          rackId: lead.rackId,
          position: lead.position,
          face: lead.face ?? 'front',
          side: lead.side,
        } as const)
      : rackId === undefined
        ? null
        : firstFree(rackId, around, face);
  carry.begin({ ...what, by: 'keyboard', spot });
  const text = carry.store.getState().carrying?.plan?.text ?? '';
  carry.say(`Picked up ${lead.name}. ${text} ${pickedUpHint}`);
}

const triesMs = 50;
const mostTries = 20;

/** Where it stands now, once the rack was read again. */
function focusPlate(id: string, tries = 0): void {
  const plate = document.querySelector<HTMLElement>(`[data-plate="${CSS.escape(id)}"]`);
  const { activeElement: active } = document;
  // Who went on elsewhere meanwhile is left alone.
  if (tries > 0 && active !== document.body && active !== plate) return;
  if (plate !== null) plate.focus();
  // The old one may still be there for a moment; what takes its place is focused then.
  if (tries < mostTries && (plate === null || tries < 4)) {
    setTimeout(() => focusPlate(id, tries + 1), triesMs);
  }
}
