import { beforeEach, expect, it } from 'vitest';
import { temporaryData } from '../../db/temporary-data.ts';
import { rememberedSudo } from './remembered-sudo.ts';
import { byPassphrase, secretsBed } from './secrets-bed.ts';

const bed = secretsBed(temporaryData);
const account = { user: 'ada', host: 'pi-1', port: 22 };
const never = new AbortController().signal;
let sudo: ReturnType<typeof rememberedSudo>;
beforeEach(async () => {
  await bed.secrets.setUp(byPassphrase);
  sudo = rememberedSudo({ secrets: bed.secrets, report: (error) => bed.reported.push(error) });
});

it('is kept only where the person wants it, and for that account alone', async () => {
  await sudo.worked(account, 'root-me', false);
  expect(await sudo.get(account, never)).toBeNull();
  await sudo.worked(account, 'root-me', true);
  expect(await sudo.get(account, never)).toBe('root-me');
  expect(await sudo.get({ ...account, user: 'eve' }, never)).toBeNull();
  expect(await sudo.get({ ...account, port: 2222 }, never)).toBeNull();
});

it('that was wrong is not offered again before it was replaced', async () => {
  await sudo.worked(account, 'root-me', true);
  await sudo.failed(account);
  expect(await sudo.get(account, never)).toBeNull();
  await sudo.worked(account, 'another', true);
  expect(await sudo.get(account, never)).toBe('another');
});

it('in a locked store is as if none were kept, and what cannot be kept is reported', async () => {
  await sudo.worked(account, 'root-me', true);
  bed.secrets.lock();
  expect(await sudo.get(account, never)).toBeNull();
  await sudo.worked(account, 'another', true);
  expect(bed.reported).toMatchObject([{ code: 'SECRETS_LOCKED' }]);
});

it('is had from a locked store where whoever is there opens it', async () => {
  await sudo.worked(account, 'root-me', true);
  bed.secrets.lock();
  const opened = rememberedSudo({
    secrets: bed.secrets,
    report: (error) => bed.reported.push(error),
    unlock: async () => {
      await bed.secrets.unlock(byPassphrase);
      return true;
    },
  });
  expect(await opened.get(account, never)).toBe('root-me');
  expect(await opened.get({ ...account, user: 'eve' }, never)).toBeNull();
});
