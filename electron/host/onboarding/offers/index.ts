import { formatPrefix } from '../../../../shared/network/prefix.ts';
import type { Draft } from '../../../../shared/onboarding/draft.ts';
import type { PlacementOffer } from '../../../../shared/onboarding/offers.ts';
import type { Database } from '../../db/index.ts';
import { FreeAddresses } from './free-addresses.ts';
import { gearOf, offerRacks } from './rack-units.ts';
import { offerPorts, offerVlans } from './switch-ports.ts';

export { conflictsOf } from './conflicts.ts';
export { usualHeight } from './rack-units.ts';

/** Prefixes that a person would choose from. */
const mostPrefixes = 200;

/** Where addresses could be taken from. */
export function prefixesOffered(db: Database) {
  const all = db.tables.prefixSpace.prefixes().slice(0, mostPrefixes);
  const described = db.tables.prefixSpace.describe(all.map(({ id }) => id));
  return all.map((prefix) => ({
    id: prefix.id,
    prefix: formatPrefix(prefix),
    vlan: described.get(prefix.id)?.vlanName ?? null,
  }));
}

/** What each machine of a draft could be given that is free, as the inventory stands now. */
export function offersFor(db: Database, draft: Draft): PlacementOffer[] {
  const addresses = new FreeAddresses(db, draft);
  return draft.machines.map((machine) => {
    const ports = offerPorts(db, machine);
    const vlans = offerVlans(db, ports);
    const untagged = vlans.filter(({ tagged }) => !tagged).map(({ vlanId }) => vlanId);
    return {
      machineId: machine.id,
      heightUnits: gearOf(db, machine).heightUnits,
      racks: offerRacks(db, draft, machine),
      ports,
      vlans,
      addresses: addresses.offerFor(machine, untagged),
    };
  });
}
