import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from './index.ts';
import { factsOfMachine } from './sample-facts.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
});
afterEach(() => data.remove());

const refused = new RackhelmError('SSH_REFUSED', '10.0.0.5 refused the connection.');
const fails = (error: unknown) => async () => {
  throw error;
};

function device(name: string, ssh: { host?: string; port?: number; user?: string } = {}): string {
  return inventory.devices.create({
    name,
    kind: 'server',
    sshHost: ssh.host ?? null,
    sshPort: ssh.port ?? null,
    sshUser: ssh.user ?? null,
  }).id;
}
const row = (id: string) => inventory.devices.get(id).device;
const tryAgain = (id: string, error: unknown) =>
  inventory.readings.ofDevice(id, 'refresh', fails(error)).catch(() => 'failed');

describe('the last attempt to read a device', () => {
  it('is kept with its failure, since when, and how often', async () => {
    const id = device('pi-1');
    await expect(inventory.readings.ofDevice(id, 'window', fails(refused))).rejects.toBe(refused);
    const first = row(id);
    expect(first.failure).toMatchObject({
      code: 'SSH_REFUSED',
      message: '10.0.0.5 refused the connection.',
      hint: 'Check that sshd runs there and listens on this port.',
      times: 1,
    });
    expect(first.failure?.since).toBe(first.attemptedAt);
    expect(first.attemptMs).toBeGreaterThanOrEqual(0);
    await tryAgain(id, new RackhelmError('SSH_TIMEOUT', 'It did not answer.'));
    expect(row(id).failure).toMatchObject({
      code: 'SSH_TIMEOUT',
      since: first.failure?.since,
      times: 2,
    });
  });

  it('clears the failure once it could be read', async () => {
    const id = device('pi-1');
    await tryAgain(id, refused);
    expect(await inventory.readings.ofDevice(id, 'refresh', async () => 'facts')).toBe('facts');
    expect(row(id)).toMatchObject({ failure: null, attemptedAt: expect.any(Number) });
  });

  it('says nothing of the machine when a person stopped it or the disk was full', async () => {
    const id = device('pi-1');
    for (const code of ['SSH_CANCELLED', 'DATA_DISK_FULL', 'NOT_FOUND'] as const) {
      await tryAgain(id, new RackhelmError(code, 'No.'));
    }
    expect(row(id)).toMatchObject({ failure: null, attemptedAt: null });
  });

  it('is no fault of the machine where Rackhelm itself failed, and is told all the same', async () => {
    const id = device('pi-1');
    await tryAgain(id, new TypeError('x is undefined'));
    expect(row(id).failure).toMatchObject({ code: 'INTERNAL' });
    expect(row(id).failure?.message).not.toContain('undefined');
  });

  it('of a machine named by hand is that of the devices declared to be reached so', async () => {
    const same = device('pi-1', { host: 'Pi-1.lan', port: 22, user: 'root' });
    const open = device('pi-2', { host: 'pi-1.lan' });
    const other = device('pi-3', { host: 'pi-1.lan', port: 2222 });
    const target = { host: 'pi-1.LAN', port: 22, user: 'root' };
    await inventory.readings.ofTarget(target, 'command-line', fails(refused)).catch(() => null);
    expect([same, open, other].map((id) => row(id).failure?.code ?? null)).toEqual([
      'SSH_REFUSED',
      'SSH_REFUSED',
      null,
    ]);
  });

  it('is no edit: it stands outside history, and comes back with a deleted device', async () => {
    const id = device('pi-1');
    const before = inventory.devices.get(id);
    const sets = db.history.list({ before: null, limit: 10 }).length;
    await tryAgain(id, refused);
    expect(db.history.list({ before: null, limit: 10 })).toHaveLength(sets);
    inventory.devices.remove({ ids: [id] });
    expect(inventory.summary().couldNotBeRead).toBe(0);
    db.history.undo();
    expect(before.device.failure).toBeNull();
    expect(row(id).failure?.code).toBe('SSH_REFUSED');
  });

  it('is kept over a restart', async () => {
    const id = device('pi-1');
    await tryAgain(id, refused);
    db.close();
    db = data.open();
    expect(createInventory(db).devices.get(id).device.failure?.code).toBe('SSH_REFUSED');
  });
});

describe('the list of devices', () => {
  const names = (query: Parameters<Inventory['devices']['list']>[0]) =>
    inventory.devices.list(query).rows.map(({ name }) => name);

  it('can be narrowed to what could not be read, and to what was read long ago', async () => {
    const [down, fine, stale] = [device('down'), device('fine'), device('stale')];
    await tryAgain(down, refused);
    inventory.recordFacts({ deviceId: fine, facts: factsOfMachine('fine', Date.now()) });
    inventory.recordFacts({
      deviceId: stale,
      facts: factsOfMachine('stale', Date.now() - 8 * 86_400_000),
    });
    expect(names({ onlyFailed: true })).toEqual(['down']);
    expect(names({ onlyOld: true })).toEqual(['stale']);
    expect(inventory.summary().couldNotBeRead).toBe(1);
  });

  it('puts trouble first when it is sorted by how reading stands', async () => {
    device('never');
    const [same, down] = [device('same'), device('down')];
    inventory.recordFacts({ deviceId: same, facts: factsOfMachine('same', Date.now()) });
    inventory.devices.accept({
      id: same,
      chosen: { kinds: ['field', 'interface', 'mac', 'mtu', 'address'] },
    });
    const differs = device('differs');
    inventory.recordFacts({ deviceId: differs, facts: factsOfMachine('differs', Date.now()) });
    await tryAgain(down, refused);
    const sort = { key: 'reading', descending: false } as const;
    expect(names({ sort })).toEqual(['down', 'differs', 'never', 'same']);
  });
});
