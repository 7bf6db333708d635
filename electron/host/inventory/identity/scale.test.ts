import { afterEach, beforeEach, expect, it } from 'vitest';
import { deviceFields } from '../../../../shared/model/inventory.ts';
import { type Database, newId } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createInventory, type Inventory } from '../index.ts';
import { address, observedLink, ok, sampleFacts } from '../sample-facts.ts';

const devices = 10_000;
const macOf = (index: number) =>
  `d8:3a:${index
    .toString(16)
    .padStart(8, '0')
    .replace(/(..)(?=.)/g, '$1:')}`;

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  const plan = inventory.devices.create({ name: 'first', kind: 'server' }).id;
  const fields = deviceFields.parse(inventory.devices.get(plan).device);
  db.change({ title: 'Imported many', source: 'import' }, () => {
    for (let index = 0; index < devices; index += 1) {
      const id = newId();
      db.tables.devices.insert(id, {
        ...fields,
        name: `node-${index}`,
        sshHost: `10.9.9.${index}`,
      });
      const keys = [
        { kind: 'machine-id' as const, value: index.toString(16).padStart(32, 'a') },
        // One host key for all of them, as one image brings it.
        { kind: 'ssh-host-key' as const, value: 'ssh-ed25519 SHA256:copied' },
        { kind: 'mac' as const, value: macOf(index + 1) },
      ];
      db.tables.identities.record(id, keys, { kinds: new Set(), at: 1 });
    }
  });
}, 120_000);
afterEach(() => data.remove());

/** Far above what it takes on an idle computer. */
const patienceMs = 1_000;

it('finds one of 10,000 devices by its keys, whatever all of them share', () => {
  const hostKey = { type: 'ssh-ed25519', sha256: 'SHA256:copied' };
  const facts = sampleFacts({
    machineId: ok({ machineId: (7_777).toString(16).padStart(32, 'a') }),
    interfaces: ok([observedLink({ name: 'eth0', mac: macOf(7_778) })]),
  });
  const begin = performance.now();
  const matches = inventory.identify(facts, { target: { host: '10.0.0.1' }, hostKey });
  const took = performance.now() - begin;
  expect(took).toBeLessThan(patienceMs);
  expect(matches.map(({ deviceName, verdict }) => `${deviceName} ${verdict}`)).toEqual([
    'node-7777 same',
  ]);
}, 60_000);

it('is not held up by a machine with 20,000 cards and 50,000 addresses', () => {
  const links = Array.from({ length: 20_000 }, (_, index) =>
    observedLink({
      name: `eth${index}`,
      mac: macOf(index + 1),
      addresses: [
        address(`10.${index >> 8}.${index & 255}.1/24`),
        address(`2001:db8::${index}/64`),
      ],
    }),
  );
  const facts = sampleFacts({ interfaces: ok(links) });
  const begin = performance.now();
  const matches = inventory.identify(facts, { target: { host: '10.0.0.1' } });
  const took = performance.now() - begin;
  expect(took).toBeLessThan(3 * patienceMs);
  // Cards of many machines make it none of them.
  expect(matches.filter(({ verdict }) => verdict === 'same')).toEqual([]);
}, 60_000);
