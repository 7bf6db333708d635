import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DeviceTypeRow } from '../../../shared/contract/device-types.ts';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import { type Plan, planFor } from './plan.ts';
import type { RacksStore } from './racks-store.ts';
import type { Spot } from './spot.ts';
import { doneText } from './spot-words.ts';

/** What is taken hold of, by hand or by keys, and where it would be put. */
export interface Carrying {
  /** The first is the one that was taken hold of; of a new one its type says how it is. */
  readonly devices: readonly ElevationDevice[];
  readonly type: DeviceTypeRow | null;
  readonly by: 'pointer' | 'keyboard';
  readonly spot: Spot | null;
  readonly plan: Plan | null;
  /** What stood in the rack when that was planned. */
  readonly seen: unknown;
  /** Change places with who stands there; put down at half units. */
  readonly swap: boolean;
  readonly halves: boolean;
  /** Of the pointer, in pixels of the window. */
  readonly at: { readonly x: number; readonly y: number };
}

export interface Carry {
  readonly store: StoreApi<{ readonly carrying: Carrying | null }>;
  /** What a screen reader is told. */
  readonly told: StoreApi<{ readonly text: string }>;
  begin(what: Pick<Carrying, 'devices' | 'type' | 'by'> & { readonly spot: Spot | null }): void;
  aim(change: Partial<Pick<Carrying, 'spot' | 'swap' | 'halves' | 'at'>>): void;
  /** Puts it down where it is aimed at; says whether it was put there. */
  drop(): Promise<boolean>;
  cancel(): void;
  say(text: string): void;
}

export function createCarry(racks: RacksStore): Carry {
  const store = createStore<{ readonly carrying: Carrying | null }>(() => ({ carrying: null }));
  const told = createStore<{ readonly text: string }>(() => ({ text: '' }));
  const say = (text: string) => told.setState({ text });

  const seenAt = (spot: Spot | null) =>
    spot === null || spot.kind === 'nowhere' ? null : racks.contentOf(spot.rackId)?.devices;

  const planned = (carrying: Carrying): Carrying => {
    const { spot, devices, swap } = carrying;
    if (spot === null) return { ...carrying, plan: null };
    const plan = planFor({ devices, spot, swap, contentOf: racks.contentOf });
    return { ...carrying, plan, seen: seenAt(spot) };
  };

  return {
    store,
    told,
    say,
    begin(what) {
      const fresh = {
        ...what,
        plan: null,
        seen: null,
        swap: false,
        halves: false,
        at: { x: 0, y: 0 },
      };
      store.setState({ carrying: planned(fresh) });
    },
    aim(change) {
      const { carrying } = store.getState();
      if (carrying === null) return;
      const next = { ...carrying, ...change };
      const same =
        sameSpot(next.spot, carrying.spot) &&
        next.swap === carrying.swap &&
        // Another window may have changed it, or it has only now been read.
        (next.spot === null || seenAt(next.spot) === carrying.seen);
      store.setState({
        carrying: same ? { ...next, spot: carrying.spot, plan: carrying.plan } : planned(next),
      });
    },
    async drop() {
      const { carrying } = store.getState();
      if (carrying?.spot == null || carrying.plan === null) {
        this.cancel();
        return false;
      }
      const { spot, type, devices } = carrying;
      // As it is by now: another window may have put something there.
      const { plan } = planned(carrying);
      if (!plan?.allowed) {
        if (plan) say(`Not moved. ${plan.text}`);
        store.setState({ carrying: null });
        return false;
      }
      store.setState({ carrying: null });
      const [first] = plan.moves;
      if (type !== null) {
        if (first === undefined || spot.kind === 'nowhere') return false;
        return (await racks.add(type, first.to)).ok;
      }
      const changed = plan.moves.filter(({ device, to }) => !isThere(device, to));
      if (changed.length === 0) {
        say('It stays where it was.');
        return true;
      }
      const outcome = await racks.move(changed, doneText(devices, spot, plan.text));
      return outcome.ok;
    },
    cancel() {
      if (store.getState().carrying === null) return;
      store.setState({ carrying: null });
      say('Put back.');
    },
  };
}

function isThere(device: ElevationDevice, to: Plan['moves'][number]['to']): boolean {
  return (
    device.rackId === to.rackId &&
    device.position === to.position &&
    device.face === to.face &&
    device.side === to.side &&
    device.parentId === to.parentId &&
    device.bay === to.bay
  );
}

function sameSpot(a: Spot | null, b: Spot | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A device of that type before it is one, to be judged and drawn. */
export function asDevice(type: DeviceTypeRow): ElevationDevice {
  const { width, depth, fullDepth, heightUnits, bays } = type;
  return {
    id: type.id ?? type.slug ?? type.title,
    name: type.title,
    kind: type.kind ?? 'other',
    status: 'planned',
    rackId: null,
    position: null,
    heightUnits: heightUnits ?? 1,
    face: null,
    side: null,
    parentId: null,
    bay: null,
    width: width === 'full' || width === 'half' || width === 'third' ? width : null,
    fullDepth,
    depth,
    holder: bays === 'parent',
    bays: [],
    model: null,
    hostname: null,
    assetTag: null,
    primaryAddress: null,
    watts: null,
    wattsFrom: 'nameplate',
    observedAt: null,
    differences: 0,
    failed: false,
  };
}
