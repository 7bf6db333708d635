import { z } from 'zod';
import type { PlanItem } from '../../../../shared/jobs/plan.ts';
import type { Database } from '../../db/index.ts';
import type { Phase } from '../../engine/jobs/index.ts';
import type { Inventory } from '../../inventory/index.ts';
import { factsOf } from './machine-facts.ts';
import { plannedRecord } from './planned-record.ts';
import { type RecordParams, recordParams } from './record-params.ts';
import { standingOf, takeBack, whenFree, writeRecorded } from './recorded.ts';
import { addTags, writeRecord } from './write-record.ts';

export interface RecordNeeds {
  readonly db: Database;
  readonly inventory: Pick<Inventory, 'putMachine'>;
  /** The text of the script that tells facts. */
  readonly factsScript: string;
}

const saved = z.object({});

/**
 * Writes a machine into the inventory, as one change set. Which one that was is kept in the same
 * transaction, so that a crash leaves both or none; undo takes that change set back.
 */
export function recordDevicePhase(needs: RecordNeeds): Phase<RecordParams, z.infer<typeof saved>> {
  const { db, inventory, factsScript } = needs;
  return {
    id: 'record-device',
    params: recordParams,
    saved,
    title: ({ name }) => `Write ${name} into the inventory`,
    lasting: () => null,
    probe: async (_, params) => standingOf(db, params, `${params.name} stands in the inventory.`),
    plan: async (_, params): Promise<readonly PlanItem[]> => plannedRecord(db, params),
    save: async () => ({}),

    async apply({ machine, signal, log }, params) {
      const facts = await factsOf(machine, { script: factsScript, signal });
      await whenFree(() => addTags(db, params));
      await whenFree(() =>
        writeRecorded(db, { ...params, title: titleOf(params) }, () =>
          writeRecord({ db, inventory, facts }, params),
        ),
      );
      log(`${titleOf(params)}.`);
    },

    async undo({ log }, params) {
      const title = await takeBack(db, params);
      if (title !== null) log(`${title}.`);
    },
  };
}

function titleOf({ identity, name }: RecordParams): string {
  switch (identity.as) {
    case 'known':
      return `Onboarded ${name} again`;
    case 'replacement':
      return `Onboarded ${name} as a replacement`;
    default:
      return `Onboarded ${name}`;
  }
}
