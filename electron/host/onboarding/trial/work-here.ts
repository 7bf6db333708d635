import type { Database } from '../../db/index.ts';
import type { Inventory } from '../../inventory/index.ts';
import type { InventoryWork } from '../inventory-work.ts';
import { plannedRetirement, retireDevice } from '../off-boarding/index.ts';
import { draftOffers } from '../offers/index.ts';
import { recordMachine } from '../record/index.ts';

/** For tests: at once, without a thread. */
export function workHere(db: Database, inventory: Pick<Inventory, 'putMachine'>): InventoryWork {
  return {
    record: async (input) => recordMachine(db, inventory, input),
    revert: async (id) => db.history.revert(id),
    offers: async (draft) => draftOffers(db, draft),
    planRetirement: async (given) => plannedRetirement(db, given),
    retire: async (given) => retireDevice(db, given),
  };
}
