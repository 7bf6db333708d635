import { afterEach, beforeEach, expect, it } from 'vitest';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../shared/model/kinds/schema.ts';
import type { Database } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createChecks } from '../../engine/checks/index.ts';
import { FakeMachine } from '../../engine/machines/fake-machine.ts';
import { createRecords } from '../../records/index.ts';
import { defaultCidrs, type MachineChecks } from '../checks/index.ts';
import { runChecks } from './check-machines.ts';

let data: TemporaryData;
let db: Database;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
});
afterEach(() => data.remove());

const device = (name: string, status: string) =>
  createRecords(db).create({
    kind: 'device',
    values: newValues(kindOf('device')).parse({ name, kind: 'sbc', status }),
  }).id;

it('finds the name of a machine at devices in use, not at itself or at what is retired', async () => {
  const own = device('pi-1', 'planned');
  const other = device('PI-1.lan', 'active');
  device('pi-1.old', 'retired');
  let found: readonly string[] = [];
  const machineChecks: MachineChecks = {
    async checkMachine(_, { inventory }) {
      const twins = ['pi-1', 'pi-1.lan', 'pi-1.old'].flatMap((value) =>
        inventory.carriers({ kind: 'hostname', value }),
      );
      found = twins.map(({ deviceId }) => deviceId);
      return [];
    },
  };
  await runChecks(
    { db, checks: createChecks({ store: db.checks }), machineChecks },
    new FakeMachine({ name: 'pi-1' }),
    {
      ...{ name: 'pi-1', deviceId: own, signal: new AbortController().signal },
      check: {
        role: 'worker',
        plan: { name: null, addresses: [], cidrs: [...defaultCidrs] },
        network: 'none',
      },
    },
  );
  expect(found).toEqual([other]);
});
