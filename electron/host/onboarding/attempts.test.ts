import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import { Activities } from '../activity/index.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { sampleFacts } from '../inventory/sample-facts.ts';
import { type AttemptInput, type Attempts, createAttempts } from './attempts.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let attempts: Attempts;
/** What the machine tells when it is read next. */
let facts: Facts;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  attempts = createAttempts({
    inventory,
    activities: new Activities(),
    report: (error) => {
      throw error;
    },
    readMachine: async (target) => ({
      facts,
      target,
      resolved: {
        host: target.host,
        port: 22,
        user: 'root',
        identityFiles: [],
        jump: [],
        asked: target,
      },
    }),
  });
});
afterEach(() => data.remove());

const debian = (version: string) =>
  ({
    status: 'ok',
    data: { id: 'debian', name: 'Debian', version, prettyName: `Debian ${version}` },
  }) as const;

async function events(input: AttemptInput): Promise<AttemptEvent[]> {
  return Array.fromAsync(attempts.connect(input, undefined));
}

async function addPi(): Promise<string> {
  const attemptId = uuidv7();
  await events({ attemptId, target: { host: 'pi-1' } });
  const add = { deviceId: null, name: 'pi-1', kind: 'sbc', rackId: null } as const;
  return attempts.add({ ...add, attemptId, acceptFacts: true }).deviceId;
}
const refresh = (deviceId: string) => events({ attemptId: uuidv7(), deviceId });
const os = (deviceId: string) =>
  inventory.devices
    .compare({ id: deviceId, view: 'all', limit: 500 })
    .rows.find(({ path }) => path === 'os');

it('reads a machine again that tells the same, and writes no history', async () => {
  facts = sampleFacts({}, 1_750_000_000_000);
  const deviceId = await addPi();
  const newest = db.history.list({ before: null, limit: 1 });
  facts = sampleFacts({}, 1_750_000_060_000);
  expect((await refresh(deviceId)).at(-1)).toMatchObject({ type: 'recorded', differences: 0 });
  expect(db.history.list({ before: null, limit: 1 })).toEqual(newest);
  expect(inventory.devices.get(deviceId).device.observedAt).toBe(1_750_000_060_000);
});

it('shows what was read last, even where the clock was ahead when the machine was added', async () => {
  facts = sampleFacts({ os: debian('12') }, 1_790_000_000_000);
  const deviceId = await addPi();
  facts = sampleFacts({ os: debian('13') }, 1_750_000_000_000);
  expect((await refresh(deviceId)).at(-1)).toMatchObject({ type: 'recorded', differences: 1 });
  expect(os(deviceId)).toMatchObject({ observed: 'Debian 13', state: 'differs' });
  expect(inventory.devices.facts(deviceId)).toEqual(facts);
});
