import type { Facts } from '../../../../shared/model/facts.ts';
import type { Database } from '../../db/index.ts';
import type { Inventory } from '../../inventory/index.ts';
import { writeRecorded } from '../../recorded.ts';
import type { RecordParams } from './record-params.ts';
import { writeRecord } from './write-record.ts';

export interface RecordMachineInput {
  readonly facts: Facts;
  readonly params: RecordParams;
}

/** Writes a machine with everything that goes with it, wherever that is done. */
export type RecordMachine = (input: RecordMachineInput) => Promise<void>;

/**
 * The change set of a machine, with the note of which one it was in the same transaction. It takes long
 * where the machine has many interfaces: the host has a thread do it.
 */
export function recordMachine(
  db: Database,
  inventory: Pick<Inventory, 'putMachine'>,
  { facts, params }: RecordMachineInput,
): void {
  writeRecorded(db, { ...params, title: recordTitle(params) }, () =>
    writeRecord({ db, inventory, facts }, params),
  );
}

export function recordTitle({ identity, name }: RecordParams): string {
  switch (identity.as) {
    case 'known':
      return `Onboarded ${name} again`;
    case 'replacement':
      return `Onboarded ${name} as a replacement`;
    default:
      return `Onboarded ${name}`;
  }
}
