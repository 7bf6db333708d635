import type { Database } from '../../db/index.ts';
import type { Inventory } from '../../inventory/index.ts';
import { type RecordMachine, recordMachine } from './record-machine.ts';
import { type Revert, revertHere, whenFree } from './recorded.ts';

/** Both at once, for a command, which has nobody else to answer meanwhile. */
export function recordHere(
  db: Database,
  inventory: Pick<Inventory, 'putMachine'>,
): { readonly record: RecordMachine; readonly revert: Revert } {
  return {
    record: (input) => whenFree(() => recordMachine(db, inventory, input)),
    revert: revertHere(db),
  };
}
