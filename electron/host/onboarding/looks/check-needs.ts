import type { Joining } from '../../cluster/index.ts';
import type { Database } from '../../db/index.ts';
import type { Checks } from '../../engine/checks/index.ts';
import type { Machines, SudoMemory } from '../../engine/machines/index.ts';
import type { Inventory } from '../../inventory/index.ts';
import type { MachineChecks } from '../checks/index.ts';
import type { Drafts } from '../drafts/index.ts';
import type { Looks } from './asking.ts';

export interface CheckNeeds {
  /** Absent: nothing can join a cluster here. */
  readonly joining?: Joining | undefined;
  readonly db: Database;
  readonly drafts: Drafts;
  readonly machines: Machines;
  readonly machineChecks: MachineChecks;
  readonly checks: Checks;
  readonly looks: Looks;
  readonly sudo: SudoMemory;
  /** The text of the script `ports`. */
  readonly portsScript: string;
  /** How nodes that are known already are reached. */
  readonly inventory: Pick<Inventory, 'sshTargetOf'>;
}
