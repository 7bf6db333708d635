import { z } from 'zod';
import type { PlanItem } from '../../../../shared/jobs/plan.ts';
import { id } from '../../../../shared/model/inventory.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { offboardingAnswers } from '../../../../shared/onboarding/off-boarding.ts';
import type { Database } from '../../db/index.ts';
import type { Phase } from '../../engine/jobs/index.ts';
import { deviceOrThrow } from '../../inventory/index.ts';
import { nowhere, putInPlace } from '../../racks/index.ts';
import { standingOf, takeBack, whenFree, writeRecorded } from '../record/index.ts';
import { heldBy } from './held.ts';

const params = offboardingAnswers.extend({ token: id, deviceId: id });
export type RetireParams = z.infer<typeof params>;
const saved = z.object({});

/** Marks a device as retired and frees what it held, as one change set; its row and its history stay. */
export function retireDevicePhase(db: Database): Phase<RetireParams, z.infer<typeof saved>> {
  return {
    id: 'retire-device',
    params,
    saved,
    title: () => 'Mark it as retired',
    lasting: () => null,
    probe: async (_, given) => standingOf(db, given, 'It is marked as retired.'),
    plan: async (_, given) => planned(db, given),
    save: async () => ({}),
    async apply({ log }, given) {
      const title = `Off-boarded ${deviceOrThrow(db, given.deviceId).name}`;
      await whenFree(() => writeRecorded(db, { ...given, title }, () => retire(db, given)));
      log(`${title}.`);
    },
    async undo({ log }, given) {
      const title = await takeBack(db, given);
      if (title !== null) log(`${title}.`);
    },
  };
}

/** Inside a change set. */
function retire(db: Database, given: RetireParams): void {
  const { records } = db.tables;
  const held = heldBy(db, given.deviceId);
  records.update(kindOf('device'), given.deviceId, { status: 'retired' });
  if (given.leaveClusters) records.removeAll(kindOf('cluster-member'), held.memberships);
  if (given.deleteCables) records.removeAll(kindOf('cable'), held.cables);
  if (given.freeAddresses) records.removeAll(kindOf('address'), held.addresses);
  if (given.freePlace) putInPlace(db, given.deviceId, nowhere);
}

function planned(db: Database, given: RetireParams): PlanItem[] {
  const { name, rackId } = deviceOrThrow(db, given.deviceId);
  const held = heldBy(db, given.deviceId);
  const object = (action: 'update' | 'delete', what: string, after: string | null): PlanItem => ({
    ...{ kind: 'object', where: 'inventory', action, name: what, before: null, after },
  });
  const gone = (asked: boolean, kind: 'cluster-member' | 'cable' | 'address', ids: string[]) =>
    asked
      ? ids
          .slice(0, 50)
          .map((one) =>
            object('delete', db.tables.records.get(kindOf(kind), one)?.name ?? kind, null),
          )
      : [];
  return [
    object('update', `device ${name}`, 'status: retired'),
    ...gone(given.leaveClusters, 'cluster-member', held.memberships),
    ...gone(given.deleteCables, 'cable', held.cables),
    ...gone(given.freeAddresses, 'address', held.addresses),
    ...(given.freePlace && rackId !== null
      ? [object('update', `place of ${name}`, 'in no rack')]
      : []),
    { kind: 'note', weight: 'info', text: 'Its history and what was attached to it stay.' },
  ];
}
