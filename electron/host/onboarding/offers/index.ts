import type { Draft } from '../../../../shared/onboarding/draft.ts';
import type { PlacementOffer } from '../../../../shared/onboarding/offers.ts';
import type { Database } from '../../db/index.ts';
import { FreeAddresses } from './free-addresses.ts';
import { offerRacks } from './rack-units.ts';
import { offerPorts, offerVlans } from './switch-ports.ts';

export { conflictsOf } from './conflicts.ts';
export { usualHeight } from './rack-units.ts';

/** What each machine of a draft could be given that is free, as the inventory stands now. */
export function offersFor(db: Database, draft: Draft): PlacementOffer[] {
  const addresses = new FreeAddresses(db, draft);
  return draft.machines.map((machine) => {
    const ports = offerPorts(db, machine);
    const vlans = offerVlans(db, ports);
    const untagged = vlans.filter(({ tagged }) => !tagged).map(({ vlanId }) => vlanId);
    return {
      machineId: machine.id,
      racks: offerRacks(db, draft, machine),
      ports,
      vlans,
      addresses: addresses.offerFor(machine, untagged),
    };
  });
}
