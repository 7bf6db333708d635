import type { z } from 'zod';
import type { PlanItem } from '../../../../shared/jobs/plan.ts';
import { id } from '../../../../shared/model/inventory.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { offboardingAnswers } from '../../../../shared/onboarding/off-boarding.ts';
import type { Database } from '../../db/index.ts';
import { deviceOrThrow } from '../../inventory/index.ts';
import { nowhere, putInPlace } from '../../racks/index.ts';
import { writeRecorded } from '../record/index.ts';
import { heldBy } from './held.ts';

export const retireParams = offboardingAnswers.extend({ token: id, deviceId: id });
export type RetireParams = z.infer<typeof retireParams>;

/** Wherever it is done: both take long where a device has many ports. */
export interface Retirement {
  readonly planRetirement: (given: RetireParams) => Promise<readonly PlanItem[]>;
  /** Writes it as one change set and resolves with its title. */
  readonly retire: (given: RetireParams) => Promise<string>;
}

/** The change set of a device that goes: retired, and what it held is free. */
export function retireDevice(db: Database, given: RetireParams): string {
  const title = `Off-boarded ${deviceOrThrow(db, given.deviceId).name}`;
  writeRecorded(db, { ...given, title }, () => {
    const { records } = db.tables;
    const held = heldBy(db, given.deviceId);
    records.update(kindOf('device'), given.deviceId, { status: 'retired' });
    if (given.leaveClusters) records.removeAll(kindOf('cluster-member'), held.memberships);
    if (given.deleteCables) records.removeAll(kindOf('cable'), held.cables);
    if (given.freeAddresses) records.removeAll(kindOf('address'), held.addresses);
    if (given.freePlace) putInPlace(db, given.deviceId, nowhere);
  });
  return title;
}

/** What that comes to, by objects. */
export function plannedRetirement(db: Database, given: RetireParams): PlanItem[] {
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
