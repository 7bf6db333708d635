import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Facts } from '../../shared/model/facts.ts';
import { type Database, WriterAway } from './db/index.ts';
import { type TemporaryData, temporaryData } from './db/temporary-data.ts';
import { createHeavyWork, type HeavyWork } from './heavy-work.ts';
import { createInventory, type Inventory } from './inventory/index.ts';
import { address, observedLink, sampleTarget, withLinks } from './inventory/sample-facts.ts';

let data: TemporaryData;
let database: Database;
let inventory: Inventory;
let heavy: HeavyWork;

beforeEach(() => {
  data = temporaryData();
  database = data.open();
  inventory = createInventory(database);
  heavy = createHeavyWork({ database, inventory, dataDirectory: data.directory });
});
afterEach(async () => {
  await heavy.close();
  data.remove();
});

/** A machine of so many interfaces, each with addresses. */
function machine(interfaces: number, addressesEach = 2, mtu = 1500): Facts {
  return withLinks(
    Array.from({ length: interfaces }, (_, at) =>
      observedLink({
        name: `port${at}`,
        mtu,
        addresses: Array.from({ length: addressesEach }, (_, n) =>
          address(`10.${at >> 8}.${at & 255}.${n + 1}/24`),
        ),
      }),
    ),
  );
}

const add = (facts: Facts) =>
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

/** The longest time in milliseconds that nothing else could run. */
async function longestBlock(work: () => Promise<unknown>): Promise<number> {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  await work();
  delays.disable();
  return delays.max / 1e6;
}

// 20,000 interfaces and 50,000 addresses by hand: RACKHELM_HUGE=1. Here a part of it, for its time.
const size = process.env.RACKHELM_HUGE === '1' ? 20_000 : 3_000;

it('adds, reads again, compares, accepts and deletes a huge machine without holding anybody up', async () => {
  const facts = machine(size, 3);
  const changed = machine(size, 3, 9000);
  // A machine that is no test has half a second of work in each of these.
  const blocked: Record<string, number> = {};
  let id = '';
  blocked.add = await longestBlock(async () => {
    id = (await add(facts)).deviceId;
  });
  blocked.record = await longestBlock(() =>
    heavy.run('recordFacts', { deviceId: id, facts: changed }),
  );
  blocked.compare = await longestBlock(async () => {
    const { total, rows } = await heavy.run('compare', { id });
    expect([total, rows.length]).toEqual([size, 200]);
  });
  blocked.accept = await longestBlock(async () => {
    const { accepted } = await heavy.run('accept', { id, chosen: { kinds: ['mtu'] } });
    expect(accepted).toBe(size);
  });
  blocked.update = await longestBlock(() =>
    heavy.run('update', { ids: [id], patch: { name: 'huge' } }),
  );
  blocked.remove = await longestBlock(() => heavy.run('remove', { ids: [id] }));
  blocked.undo = await longestBlock(() => heavy.run('undo', undefined));
  expect(inventory.devices.details(id).device.name).toBe('huge');
  if (process.env.RACKHELM_HUGE === '1') process.stdout.write(`${JSON.stringify(blocked)}\n`);
  // Far above what an idle computer takes (under 50), far below what each takes at once.
  expect(Math.max(...Object.values(blocked))).toBeLessThan(400);
}, 300_000);

it('puts a change off while another thread writes, and does it then', async () => {
  const adding = add(machine(600));
  await new Promise(setImmediate);
  const create = () => inventory.devices.create({ name: 'small', kind: 'sbc' });
  expect(create).toThrow(WriterAway);
  // Reading goes on.
  expect(inventory.devices.list({}).total).toBeLessThanOrEqual(1);
  await database.free();
  create();
  await adding;
  expect(inventory.devices.list({}).total).toBe(2);
});

it('brings back what was refused, and nothing of it is kept', async () => {
  await add(machine(600));
  await expect(add(machine(600))).rejects.toMatchObject({ code: 'DUPLICATE' });
  expect(inventory.devices.list({}).total).toBe(1);
  inventory.devices.create({ name: 'small', kind: 'sbc' });
});

it('counts differences and tells listeners as a change of its own does', async () => {
  const { deviceId } = await add(machine(600));
  let told = 0;
  database.subscribe(() => {
    told += 1;
  });
  const { differences } = await heavy.run('recordFacts', {
    deviceId,
    facts: machine(600, 2, 9000),
  });
  expect(differences).toBe(600);
  expect(told).toBeGreaterThan(0);
  expect(inventory.devices.details(deviceId).device.differences).toBe(600);
});
