import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { FakeMachine } from '../../engine/machines/fake-machine.ts';
import { Reached } from './reached.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

const key = { type: 'ssh-ed25519', blob: 'AAAA' };

it('expects keys only once they are in the file, also while another thread writes', async () => {
  const database = data.open();
  const other = data.open();
  const reached = new Reached();
  const machine = new FakeMachine({ name: 'pi-1' });
  reached.note(machine, {
    target: { host: 'pi-1', user: 'ops' },
    resolved: { host: '10.0.0.1', port: 22 },
  });
  const { promise: written, resolve: write } = Promise.withResolvers<void>();
  const lent = database.lend(written);
  let isKept = false;
  const kept = reached.expect(database, machine, [key]).then(() => {
    isKept = true;
  });
  await new Promise(setImmediate);
  expect(isKept).toBe(false);
  write();
  await Promise.all([lent, kept]);
  for (const host of ['pi-1', '10.0.0.1']) {
    expect(other.hostKeys.find(host)).toMatchObject([key]);
  }
});
