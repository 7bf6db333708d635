import type { PointerEvent as ReactPointerEvent } from 'react';
import type { DeviceTypeRow } from '../../../shared/contract/device-types.ts';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { carriedBy } from '../../../shared/topology/elevation.ts';
import { extentOf, type Face } from '../../../shared/topology/placement.ts';
import type { Carry } from './carry.ts';
import type { RacksStore } from './racks-store.ts';
import { placesOn, type Spot, sideAt, stepOf } from './spot.ts';

interface Grab {
  /** The first is the one under the pointer. */
  readonly devices: readonly ElevationDevice[];
  readonly type: DeviceTypeRow | null;
  readonly carry: Carry;
  readonly racks: RacksStore;
}

/** So far the pointer moves before a press becomes carrying, in pixels. */
const threshold = 5;
/** So near to the edge of what scrolls it scrolls by itself, and how fast, in pixels a frame. */
const edge = 36;
const speed = 10;

/**
 * Follows the pointer from a press on a device to where it is let go. Our own, not the browser's drag
 * and drop: that shows no refusal while it hovers, and cannot be left by Escape everywhere.
 */
export function followPointer(event: ReactPointerEvent<HTMLElement>, grab: Grab): void {
  if (event.button !== 0 || event.pointerType === 'touch') return;
  const start = { x: event.clientX, y: event.clientY };
  const held = heldAt(event, grab.devices[0]);
  const ends = new AbortController();
  const { signal } = ends;
  let last: PointerEvent | null = null;
  let frame = 0;

  const follow = () => {
    if (last === null) return;
    scrollNear(last);
    const { clientX: x, clientY: y, altKey, shiftKey, ctrlKey, metaKey } = last;
    const spot = spotAt(x, y, { ...grab, held, halves: shiftKey, onto: ctrlKey || metaKey });
    grab.carry.aim({ spot, at: { x, y }, swap: altKey, halves: shiftKey });
    frame = requestAnimationFrame(follow);
  };
  const finish = () => {
    ends.abort();
    cancelAnimationFrame(frame);
  };
  window.addEventListener(
    'pointermove',
    (move) => {
      const far = Math.hypot(move.clientX - start.x, move.clientY - start.y) > threshold;
      if (last === null && !far) return;
      if (last === null) {
        grab.carry.begin({ devices: grab.devices, type: grab.type, by: 'pointer', spot: null });
        frame = requestAnimationFrame(follow);
      }
      last = move;
    },
    { signal },
  );
  window.addEventListener(
    'pointerup',
    () => {
      finish();
      if (last === null) return;
      swallowClick();
      void grab.carry.drop();
    },
    { signal },
  );
  const leave = () => {
    finish();
    grab.carry.cancel();
  };
  window.addEventListener('pointercancel', leave, { signal });
  window.addEventListener('blur', leave, { signal });
  window.addEventListener(
    'keydown',
    (key) => {
      if (last === null) return;
      // Alt alone would open a menu of the browser.
      if (key.key === 'Alt' || key.key === 'Escape') key.preventDefault();
      if (key.key === 'Escape') {
        key.stopPropagation();
        leave();
        swallowClick();
      }
    },
    { signal, capture: true },
  );
}

/** What is let go over a button must not press it. */
function swallowClick(): void {
  const swallow = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
  };
  window.addEventListener('click', swallow, { capture: true, once: true });
  setTimeout(() => window.removeEventListener('click', swallow, { capture: true }), 0);
}

/** How many units above its bottom the device was taken hold of. */
function heldAt(
  event: ReactPointerEvent<HTMLElement>,
  device: ElevationDevice | undefined,
): number {
  const extent = device === undefined ? 1 : extentOf(device);
  if (device?.position == null) return extent / 2;
  const box = event.currentTarget.getBoundingClientRect();
  return ((box.bottom - event.clientY) / box.height) * extent;
}

interface Aim extends Grab {
  readonly held: number;
  readonly halves: boolean;
  /** Onto what stands there, also with gear that has a height. */
  readonly onto: boolean;
}

function spotAt(x: number, y: number, aim: Aim): Spot | null {
  const target = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-spot]') ?? null;
  if (target === null) return null;
  switch (target.dataset.spot) {
    case 'loose':
      return { kind: 'nowhere' };
    case 'beside':
      return { kind: 'beside', rackId: target.dataset.rack ?? '' };
    case 'holder': {
      const bay = target.closest<HTMLElement>('[data-spot="bay"]');
      return holderSpot(target, x, aim) ?? (bay && baySpot(bay, { x, y }, aim));
    }
    default:
      return baySpot(target, { x, y }, aim);
  }
}

function holderSpot(target: HTMLElement, x: number, aim: Aim): Spot | null {
  const [lead] = aim.devices;
  const parentId = target.dataset.device ?? '';
  const rackId = target.closest<HTMLElement>('[data-rack]')?.dataset.rack ?? '';
  if (lead === undefined || aim.devices.some(({ id }) => id === parentId)) return null;
  if (lead.heightUnits > 0 && lead.parentId === null && !aim.onto) return null;
  const content = aim.racks.contentOf(rackId);
  const holder = content?.devices.find(({ id }) => id === parentId);
  if (content === undefined || holder === undefined) return null;
  const children = (carriedBy(content.devices).get(parentId) ?? []).filter(
    (child) => !aim.devices.some(({ id }) => id === child.id),
  );
  const places = placesOn(holder, children);
  const box = target.getBoundingClientRect();
  const at = Math.floor(((x - box.left) / box.width) * places.length);
  const taken = new Set(children.map(({ bay }) => bay));
  const aimed = places[Math.min(places.length - 1, Math.max(0, at))] ?? null;
  // A shelf has no fixed places: what comes is put beside what stands there.
  const counted = holder.bays.length === 0 && aimed !== null && taken.has(aimed);
  const bay = counted ? (places.find((place) => !taken.has(place)) ?? null) : aimed;
  return { kind: 'on', rackId, parentId, bay };
}

function baySpot(
  bay: HTMLElement,
  at: { readonly x: number; readonly y: number },
  aim: Aim,
): Spot | null {
  const [lead] = aim.devices;
  const rackId = bay.dataset.rack ?? '';
  const content = aim.racks.contentOf(rackId);
  if (lead === undefined || content === undefined) return null;
  const { rack } = content;
  const face: Face = bay.dataset.face === 'rear' ? 'rear' : 'front';
  const box = bay.getBoundingClientRect();
  const up = ((box.bottom - at.y) / box.height) * rack.heightUnits;
  const step = stepOf(lead, aim.halves);
  const bottom =
    lead.heightUnits === 0 ? Math.floor(up) : Math.round((up - aim.held) / step) * step;
  const highest = Math.max(0, rack.heightUnits - extentOf(lead));
  const seen = Math.min(0.999, Math.max(0, (at.x - box.left) / box.width));
  const side = sideAt(lead, rack, face === 'front' ? seen : 0.999 - seen);
  return {
    kind: 'unit',
    rackId,
    position: Math.min(highest, Math.max(0, bottom)) + 1,
    face,
    side,
  };
}

/** Scrolls what holds the racks when the pointer comes near to its edge. */
function scrollNear({ clientX, clientY }: PointerEvent): void {
  const strip = document.querySelector<HTMLElement>('[data-racks-strip]');
  if (strip === null) return;
  const box = strip.getBoundingClientRect();
  const inside =
    clientX > box.left && clientX < box.right && clientY > box.top && clientY < box.bottom;
  if (!inside) return;
  const pull = (at: number, from: number, to: number) =>
    at < from + edge ? -speed : at > to - edge ? speed : 0;
  strip.scrollBy(pull(clientX, box.left, box.right), pull(clientY, box.top, box.bottom));
}
