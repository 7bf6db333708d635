import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

const ed25519 = { host: 'pi-1', type: 'ssh-ed25519', blob: 'AAAA', seenAt: 1 };
const rsa = { host: 'pi-1', type: 'ssh-rsa', blob: 'BBBB', seenAt: 2 };
const other = { host: 'pi-2', type: 'ssh-rsa', blob: 'CCCC', seenAt: 3 };

it('keeps keys of several types of one host, whatever the case of its name', () => {
  const { hostKeys } = data.open();
  hostKeys.record(ed25519, { replace: false });
  hostKeys.record({ ...rsa, host: 'PI-1' }, { replace: false });
  expect(hostKeys.find('Pi-1')).toEqual([ed25519, rsa]);
});

it('forgets the keys of every type of a host, and of no other, when a changed key is accepted', () => {
  const { hostKeys } = data.open();
  for (const key of [ed25519, rsa, other]) hostKeys.record(key, { replace: false });
  const changed = { ...ed25519, blob: 'DDDD', seenAt: 4 };
  hostKeys.record(changed, { replace: true });
  expect(hostKeys.find('pi-1')).toEqual([changed]);
  expect(hostKeys.find('pi-2')).toEqual([other]);
});
