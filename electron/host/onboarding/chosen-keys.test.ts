import { expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { keyChooser } from './chosen-keys.ts';

const { signal } = new AbortController();
const [app, user] = ['ssh-ed25519 AAAA rackhelm@desk', 'ssh-ed25519 BBBB ada@desk'];
const choose = keyChooser({
  appKeys: { ensure: async () => app },
  userKey: async () => user,
});

it('takes the keys that were chosen, and makes none that was not', async () => {
  expect(await choose('both', signal)).toEqual({ lines: [app, user], missing: [] });
  expect(await choose('app', signal)).toMatchObject({ lines: [app] });
  const never = () => Promise.reject(new Error('made'));
  const careful = keyChooser({ appKeys: { ensure: never }, userKey: async () => user });
  expect(await careful('user', signal)).toEqual({ lines: [user], missing: [] });
  expect(await careful('none', signal)).toEqual({ lines: [], missing: [] });
});

it('says what is missing, and what there is', async () => {
  const locked = new RackhelmError('SECRETS_LOCKED', 'It is locked.');
  const without = keyChooser({
    appKeys: { ensure: () => Promise.reject(locked) },
    userKey: async () => null,
  });
  const { lines, missing } = await without('both', signal);
  expect(lines).toEqual([]);
  expect(missing).toEqual([
    expect.stringContaining('It is locked.'),
    expect.stringContaining('You have no SSH key'),
  ]);
});
