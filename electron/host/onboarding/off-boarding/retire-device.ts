import { z } from 'zod';
import type { Database } from '../../db/index.ts';
import type { Phase } from '../../engine/jobs/index.ts';
import { type Revert, standingOf, takeBack } from '../record/index.ts';
import { type Retirement, type RetireParams, retireParams } from './retirement.ts';

const saved = z.object({});

export interface RetireNeeds extends Retirement {
  readonly db: Database;
  readonly revert: Revert;
}

/** Marks a device as retired and frees what it held, as one change set; its row and its history stay. */
export function retireDevicePhase(needs: RetireNeeds): Phase<RetireParams, z.infer<typeof saved>> {
  const { db, revert, retire, planRetirement } = needs;
  return {
    id: 'retire-device',
    params: retireParams,
    saved,
    title: () => 'Mark it as retired',
    lasting: () => null,
    probe: async (_, given) => standingOf(db, given, 'It is marked as retired.'),
    plan: async (_, given) => await planRetirement(given),
    save: async () => ({}),
    async apply({ log }, given) {
      log(`${await retire(given)}.`);
    },
    async undo({ log }, given) {
      const title = await takeBack(db, given, revert);
      if (title !== null) log(`${title}.`);
    },
  };
}
