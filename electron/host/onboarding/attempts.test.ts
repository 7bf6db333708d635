import { v7 as uuidv7 } from 'uuid';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { AttemptEvent } from '../../../shared/contract/machines.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { factsOfMachine, sampleFacts } from '../inventory/sample-facts.ts';
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
  return (await attempts.add({ ...add, attemptId, acceptFacts: true })).deviceId;
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

it('records what was read once', async () => {
  facts = sampleFacts({ os: debian('12') });
  const deviceId = await addPi();
  facts = sampleFacts({ os: debian('13') });
  const recorded = (await refresh(deviceId)).filter(({ type }) => type === 'recorded');
  expect(recorded).toHaveLength(1);
});

it('shows what was read last, even where the clock was ahead when the machine was added', async () => {
  facts = sampleFacts({ os: debian('12') }, 1_790_000_000_000);
  const deviceId = await addPi();
  facts = sampleFacts({ os: debian('13') }, 1_750_000_000_000);
  expect((await refresh(deviceId)).at(-1)).toMatchObject({ type: 'recorded', differences: 1 });
  expect(os(deviceId)).toMatchObject({ observed: 'Debian 13', state: 'differs' });
  expect(inventory.devices.facts(deviceId)).toEqual(facts);
});

const otherMachine = () => factsOfMachine('else');

it('holds the facts of another machine that answers for a device, until it is said where they go', async () => {
  facts = sampleFacts();
  const deviceId = await addPi();
  const before = inventory.devices.compare({ id: deviceId });
  facts = otherMachine();
  const attemptId = uuidv7();
  const [ready, last] = (await events({ attemptId, deviceId })).slice(-2);
  expect(ready).toMatchObject({
    type: 'ready',
    suggestion: { name: 'else' },
    mismatch: { message: expect.stringContaining('is not pi-1: machine id') },
  });
  expect(last).toMatchObject({ type: 'failed', code: 'OTHER_MACHINE' });
  expect(inventory.devices.compare({ id: deviceId })).toEqual(before);
  expect(inventory.devices.get(deviceId).device.failure?.code).toBe('OTHER_MACHINE');
  const add = { attemptId, deviceId: null, name: 'else', kind: 'sbc', rackId: null } as const;
  const added = await attempts.add({ ...add, acceptFacts: true });
  expect(inventory.devices.facts(added.deviceId)).toEqual(facts);
});

it('shows what declaring the facts would change before it is done', async () => {
  facts = sampleFacts();
  const { id } = inventory.devices.create({ name: 'mine', kind: 'sbc', model: 'My own board' });
  const attemptId = uuidv7();
  await events({ attemptId, target: { host: 'pi-1' } });
  const { rows } = await attempts.preview({ attemptId, deviceId: id });
  expect(rows.find(({ path }) => path === 'model')).toMatchObject({
    declared: 'My own board',
    observed: 'Raspberry Pi 5 Model B Rev 1.0',
  });
  expect(inventory.devices.get(id).device.observedAt).toBeNull();
  const add = { attemptId, deviceId: id, name: 'mine', kind: 'sbc', rackId: null } as const;
  await attempts.add({ ...add, acceptFacts: false });
  expect(inventory.devices.get(id).device.model).toBe('My own board');
});

it('offers the address of a device without an SSH host, and keeps it once it was reached there', async () => {
  facts = sampleFacts();
  const { id } = inventory.devices.create({
    name: 'plan',
    kind: 'sbc',
    hostname: 'pi-1.lan',
    sshUser: 'ops',
  });
  expect((await refresh(id)).at(-1)).toMatchObject({
    type: 'failed',
    message: 'plan has no SSH host to connect to.',
    error: { data: { field: 'sshHost', offer: 'pi-1.lan', user: 'ops' } },
  });
  const last = (await events({ attemptId: uuidv7(), deviceId: id, at: 'pi-1.lan' })).at(-1);
  expect(last).toMatchObject({ type: 'recorded' });
  expect(inventory.sshTargetOf(id)).toEqual({ host: 'pi-1.lan', user: 'ops' });
  expect(db.history.undo().title).toContain('Connected plan over SSH');
  expect(inventory.devices.get(id).device.sshHost).toBeNull();
});
