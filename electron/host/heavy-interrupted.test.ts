import { renameSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createAnnotations } from './annotations/index.ts';
import { type Database, newId, openDatabase } from './db/index.ts';
import { type TemporaryData, temporaryData } from './db/temporary-data.ts';
import { createHeavyWork, type HeavyWork } from './heavy-work.ts';
import { createInventory, type Inventory } from './inventory/index.ts';
import { address, observedLink, sampleTarget, withLinks } from './inventory/sample-facts.ts';
import type { RecordParams } from './onboarding/record/index.ts';
import { createProposals } from './proposals/index.ts';

let data: TemporaryData;
let database: Database;
let inventory: Inventory;
let heavy: HeavyWork;

beforeEach(() => {
  data = temporaryData();
  database = data.open();
  inventory = createInventory(database);
  heavy = work();
});
afterEach(async () => {
  await heavy.close();
  data.remove();
});

const work = () =>
  createHeavyWork({
    database,
    inventory,
    annotations: createAnnotations(database),
    proposals: createProposals(database),
    dataDirectory: data.directory,
  });

const facts = withLinks(
  Array.from({ length: 6_000 }, (_, at) =>
    observedLink({ name: `port${at}`, addresses: [address(`10.${at >> 8}.${at & 255}.1/24`)] }),
  ),
);
const add = () =>
  heavy.run('addMachine', {
    facts,
    target: sampleTarget,
    deviceId: null,
    name: 'big',
    kind: 'switch',
    rackId: null,
    acceptFacts: true,
    source: 'app',
  });

/** Until the thread is in the middle of it. */
async function underWay(): Promise<void> {
  const lend = vi.spyOn(database, 'lend');
  await vi.waitUntil(() => lend.mock.calls.length > 0, { interval: 1, timeout: 30_000 });
  await new Promise((resolve) => setTimeout(resolve, 150));
}

it('does not say that it wrote what went into a file that was moved meanwhile', async () => {
  const adding = add();
  const outcome = adding.then(
    () => 'written',
    (error: unknown) => error,
  );
  await underWay();
  const moved = path.join(data.directory, 'moved.db');
  renameSync(database.file, moved);
  expect(await outcome).toMatchObject({ code: 'DATA_MOVED' });
  expect(database.displacement()).toBe('missing');
  renameSync(moved, database.file);
  expect(database.displacement()).toBeUndefined();
  expect(inventory.devices.list({}).total).toBe(0);
  await add();
  expect(inventory.devices.list({}).total).toBe(1);
}, 60_000);

it('takes back what the thread has not finished when the host ends', async () => {
  inventory.devices.create({ name: 'small', kind: 'sbc' });
  const outcome = add().catch((error: unknown) => error);
  await underWay();
  await heavy.close();
  expect(await outcome).toMatchObject({ code: 'INTERNAL' });
  // Free again, for what is written at the end.
  inventory.devices.create({ name: 'last', kind: 'sbc' });
  database.close();
  const again = openDatabase({ dataDirectory: data.directory });
  const names = createInventory(again)
    .devices.list({})
    .rows.map(({ name }) => name);
  again.close();
  expect(names).toEqual(['last', 'small']);
}, 60_000);

it('does one thing after the other when undo is asked for meanwhile', async () => {
  inventory.devices.create({ name: 'small', kind: 'sbc' });
  const adding = add();
  await underWay();
  // What stood last when it was asked for; by then something newer stands on it.
  const expected = database.history.state().undo?.id;
  const undone = heavy.run('undo', expected === undefined ? undefined : { expect: expected });
  await expect(undone).rejects.toMatchObject({ code: 'CHANGED_SINCE' });
  await adding;
  expect(inventory.devices.list({}).total).toBe(2);
}, 60_000);

it('leaves neither a machine that is brought in nor the note of it where it ends in the middle', async () => {
  const ids = { token: newId(), deviceId: newId() };
  const params: RecordParams = {
    ...{ ...ids, identity: { as: 'new' }, name: 'big', kind: 'switch', role: null },
    ...{ clusterId: null, target: { host: 'big' }, hostKey: null, place: null, heightUnits: 1 },
    ...{ cables: [], vlans: [], addresses: [], tags: [] },
  };
  const record = () => heavy.run('recordMachine', { facts, params });
  const outcome = record().catch((error: unknown) => error);
  await underWay();
  await heavy.close();
  expect(await outcome).toMatchObject({ code: 'INTERNAL' });
  const stands = () => [
    database.onboardingDrafts.recording(ids.token) !== undefined,
    database.tables.devices.exists(ids.deviceId),
    database.history.list({ before: null, limit: 5 }).length,
  ];
  expect(stands()).toEqual([false, false, 0]);
  heavy = work();
  await record();
  expect(stands()).toEqual([true, true, 1]);
  const [written] = database.history.list({ before: null, limit: 1 });
  expect(database.onboardingDrafts.recording(ids.token)).toBe(written?.id);
  await heavy.run('revert', { id: written?.id ?? '' });
  expect(stands()).toEqual([true, false, 2]);
}, 60_000);
