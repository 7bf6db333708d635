import { devicesDrawn } from '../../../shared/contract/racks.ts';
import type { ElevationDevice } from '../../../shared/model/racks.ts';
import type { Database } from '../db/index.ts';
import { addOfType, type NewOfType } from './adding.ts';
import { type Move, moveDevices } from './moving.ts';

interface Drawn {
  readonly devices: ElevationDevice[];
  /** Of all, not of these alone. */
  readonly total: number;
}

/** What stands where in racks; shapes and errors as shared/contract/racks.ts has them. */
export interface Racks {
  elevation(input: { readonly id: string }): Drawn;
  loose(input: { readonly search: string; readonly limit: number }): Drawn;
  move(input: { readonly moves: readonly Move[] }): { changeSetId: string };
  add(input: NewOfType): {
    id: string;
    name: string;
    changeSetId: string;
  };
}

export function createRacks(db: Database): Racks {
  return {
    elevation: ({ id }) => db.tables.elevations.ofRack(id, devicesDrawn),
    loose: (query) => db.tables.elevations.loose(query),
    move: (input) => moveDevices(db, input),
    add: (input) => addOfType(db, input),
  };
}
