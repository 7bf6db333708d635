import { formatPrefix } from '../../../../shared/network/prefix.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import type { Conflict, PlacementOffer } from '../../../../shared/onboarding/offers.ts';
import type { Database } from '../../db/index.ts';
import { conflictsOf } from './conflicts.ts';
import { FreeAddresses } from './free-addresses.ts';
import { createOfferRacks, gearOf } from './rack-units.ts';
import { offerPorts, offerVlans } from './switch-ports.ts';

export { usualHeight } from './rack-units.ts';
export { conflictsOf };

/** Prefixes that a person would choose from. */
const mostPrefixes = 200;

/** Where addresses could be taken from. */
function prefixesOffered(db: Database) {
  const all = db.tables.prefixSpace.prefixes().slice(0, mostPrefixes);
  const described = db.tables.prefixSpace.describe(all.map(({ id }) => id));
  return all.map((prefix) => ({
    id: prefix.id,
    prefix: formatPrefix(prefix),
    vlan: described.get(prefix.id)?.vlanName ?? null,
  }));
}

export interface DraftOffers {
  readonly offers: PlacementOffer[];
  readonly conflicts: Conflict[];
  readonly prefixes: ReturnType<typeof prefixesOffered>;
}

/** All that a person is offered for a draft, and what speaks against what was answered. */
export function draftOffers(db: Database, draft: Draft): DraftOffers {
  return {
    offers: offersFor(db, draft),
    conflicts: conflictsOf(db, draft),
    prefixes: prefixesOffered(db),
  };
}

/** Racks that are looked through while somebody waits, in some milliseconds. */
const fewRacks = 20;

export function areOffersMany(db: Database): boolean {
  return db.tables.places.racks().length > fewRacks;
}

/** What each machine of a draft could be given that is free, as the inventory stands now. */
export function offersFor(db: Database, draft: Draft): PlacementOffer[] {
  const addresses = new FreeAddresses(db, draft);
  const offerRacks = createOfferRacks(db, draft);
  return draft.machines.map((machine) => {
    const ports = offerPorts(db, machine);
    const vlans = offerVlans(db, ports);
    const untagged = vlans.filter(({ tagged }) => !tagged).map(({ vlanId }) => vlanId);
    return {
      machineId: machine.id,
      heightUnits: gearOf(db, machine).heightUnits,
      racks: offerRacks(machine),
      ports,
      vlans,
      addresses: addresses.offerFor(machine, untagged),
    };
  });
}
