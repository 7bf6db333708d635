import { z } from 'zod';
import type { PlanItem } from '../../../../shared/jobs/plan.ts';
import type { Database } from '../../db/index.ts';
import type { Phase } from '../../engine/jobs/index.ts';
import type { Machine } from '../../engine/machines/index.ts';
import { type Revert, standingOf, takeBack } from '../../recorded.ts';
import { factsOf } from './machine-facts.ts';
import { movedName } from './moved-name.ts';
import { plannedRecord } from './planned-record.ts';
import { type RecordMachine, recordTitle } from './record-machine.ts';
import { type RecordParams, recordParams } from './record-params.ts';

export interface RecordNeeds {
  readonly db: Database;
  /** Both may take long, which is why the host does them elsewhere. */
  readonly record: RecordMachine;
  readonly revert: Revert;
  /** Where the machine of a lane was reached, as the ssh configuration translates it. */
  readonly reachedAt: (machine: Machine) => string;
  /** The text of the script that tells facts. */
  readonly factsScript: string;
}

const saved = z.object({});

/**
 * Writes a machine into the inventory, as one change set. Which one that was is kept in the same
 * transaction, so that a crash leaves both or none; undo takes that change set back.
 */
export function recordDevicePhase(needs: RecordNeeds): Phase<RecordParams, z.infer<typeof saved>> {
  const { db, record, revert, reachedAt, factsScript } = needs;
  return {
    id: 'record-device',
    params: recordParams,
    saved,
    title: ({ name }) => `Write ${name} into the inventory`,
    lasting: () => null,
    probe: async (_, params) => standingOf(db, params, `${params.name} stands in the inventory.`),
    async plan({ machine }, params): Promise<readonly PlanItem[]> {
      const text = movedName(params, reachedAt(machine));
      const notes = text === null ? [] : [{ kind: 'note', weight: 'warning', text } as const];
      return [...plannedRecord(db, params), ...notes];
    },
    save: async () => ({}),

    async apply({ machine, signal, log }, params) {
      const facts = await factsOf(machine, { script: factsScript, signal });
      await record({ facts, params });
      log(`${recordTitle(params)}.`);
    },

    async undo({ log }, params) {
      const title = await takeBack(db, params, revert);
      if (title !== null) log(`${title}.`);
    },
  };
}
