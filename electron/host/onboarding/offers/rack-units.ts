import type { Draft, DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { nameOf } from '../../../../shared/onboarding/draft.ts';
import type { PlacementOffer } from '../../../../shared/onboarding/offers.ts';
import { type RackFrame, refusal, type Standing } from '../../../../shared/topology/placement.ts';
import type { Database } from '../../db/index.ts';

/** What nobody would look through. */
const most = { racks: 100, devices: 500, units: 100, standing: 100 } as const;

/** What takes room in a rack: devices of the inventory, and machines of the draft that were put there. */
export function standingIn(
  db: Database,
  draft: Draft,
  {
    rackId,
    except,
    devices = devicesIn(db, rackId),
  }: {
    readonly rackId: string;
    readonly except: DraftMachine;
    /** Where they were looked up already. */
    readonly devices?: ReturnType<typeof devicesIn>;
  },
): Standing[] {
  const moved = new Set(draft.machines.map(({ deviceId }) => deviceId));
  const there = devices
    .filter(({ id }) => !moved.has(id) && id !== replacedBy(except))
    .map((device) => ({ ...device, onParent: device.parentId !== null }));
  const coming = draft.machines
    .filter(({ id, answers }) => id !== except.id && answers.place?.rackId === rackId)
    .map((machine) => gearOf(db, machine));
  return [...there, ...coming];
}

function devicesIn(db: Database, rackId: string) {
  return db.tables.elevations.ofRack(rackId, most.devices).devices;
}

/** The device whose place becomes free by this. */
function replacedBy({ answers: { identity } }: DraftMachine): string | null {
  return identity?.as === 'replacement' ? identity.deviceId : null;
}

/** A machine of the draft as placement judges it. */
export function gearOf(db: Database, machine: DraftMachine): Standing {
  const known = db.tables.elevations.placed(machine.deviceId);
  const { place, heightUnits } = machine.answers;
  return {
    id: machine.deviceId,
    name: nameOf(machine),
    heightUnits: heightUnits ?? known?.heightUnits ?? usualHeight(machine),
    width: known?.width ?? null,
    fullDepth: known?.fullDepth ?? null,
    depth: known?.depth ?? null,
    position: place?.position ?? null,
    face: place?.face ?? null,
    side: place?.side ?? null,
    onParent: (place?.parentId ?? null) !== null,
  };
}

function standsAt({ name, position, heightUnits, onParent }: Standing) {
  return position === null || onParent ? [] : [{ name, position, heightUnits }];
}

/** Boards lie on shelves and take no unit. */
export function usualHeight({ facts }: Pick<DraftMachine, 'facts'>): number {
  return facts?.board === 'raspberry-pi' || facts?.board === 'small-board' ? 0 : 1;
}

/** Facts can be mistaken here: a firewall board may run under a hypervisor of its own, for one. */
function standsInNone({ facts, answers }: DraftMachine): boolean {
  const looksMadeUp = facts?.board === 'virtual' || facts?.board === 'container';
  return looksMadeUp && answers.physical !== true;
}

type OfferRacks = (machine: DraftMachine) => PlacementOffer['racks'];

/**
 * Offers racks with the lowest units at which a machine fits; the one that was chosen first. Each rack is
 * looked up once for all machines of the draft.
 */
export function createOfferRacks(db: Database, draft: Draft): OfferRacks {
  const racks = db.tables.places.racks();
  const known = new Map<string, ReturnType<typeof devicesIn>>();
  const lookUp = (rackId: string) => {
    const devices = known.get(rackId) ?? devicesIn(db, rackId);
    known.set(rackId, devices);
    return devices;
  };
  return (machine) => offered({ db, draft, machine, racks, lookUp });
}

function offered({
  db,
  draft,
  machine,
  racks,
  lookUp,
}: {
  readonly db: Database;
  readonly draft: Draft;
  readonly machine: DraftMachine;
  readonly racks: ReturnType<Database['tables']['places']['racks']>;
  readonly lookUp: (rackId: string) => ReturnType<typeof devicesIn>;
}): PlacementOffer['racks'] {
  if (standsInNone(machine)) return [];
  const gear = { ...gearOf(db, machine), onParent: false, face: null, side: null };
  const chosen = machine.answers.place?.rackId ?? draft.common.rackId;
  return racks
    .toSorted((a, b) => Number(b.id === chosen) - Number(a.id === chosen))
    .slice(0, most.racks)
    .map((rack) => {
      const place = { rackId: rack.id, except: machine, devices: lookUp(rack.id) };
      const others = standingIn(db, draft, place);
      const frame: RackFrame = rack;
      const units = Array.from({ length: rack.heightUnits }, (_, at) => at + 1).filter(
        (position) => refusal(frame, { ...gear, position }, others) === null,
      );
      return {
        rackId: rack.id,
        rackName: rack.name,
        heightUnits: rack.heightUnits,
        units: units.slice(0, most.units),
        free: units.length,
        standing: others.flatMap(standsAt).slice(0, most.standing),
      };
    });
}
