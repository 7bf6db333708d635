import { beforeEach, expect, it } from 'vitest';
import { temporaryData } from '../../db/temporary-data.ts';
import { rememberedSudo } from './remembered-sudo.ts';
import { byPassphrase, secretsBed } from './secrets-bed.ts';

const bed = secretsBed(temporaryData);
const account = { user: 'ada', host: 'pi-1', port: 22 };
let sudo: ReturnType<typeof rememberedSudo>;
beforeEach(async () => {
  await bed.secrets.setUp(byPassphrase);
  sudo = rememberedSudo(bed.secrets, (error) => bed.reported.push(error));
});

it('is kept only where the person wants it, and for that account alone', async () => {
  await sudo.worked(account, 'root-me', false);
  expect(await sudo.get(account)).toBeNull();
  await sudo.worked(account, 'root-me', true);
  expect(await sudo.get(account)).toBe('root-me');
  expect(await sudo.get({ ...account, user: 'eve' })).toBeNull();
  expect(await sudo.get({ ...account, port: 2222 })).toBeNull();
});

it('that was wrong is not offered again before it was replaced', async () => {
  await sudo.worked(account, 'root-me', true);
  await sudo.failed(account);
  expect(await sudo.get(account)).toBeNull();
  await sudo.worked(account, 'another', true);
  expect(await sudo.get(account)).toBe('another');
});

it('in a locked store is as if none were kept, and what cannot be kept is reported', async () => {
  await sudo.worked(account, 'root-me', true);
  bed.secrets.lock();
  expect(await sudo.get(account)).toBeNull();
  await sudo.worked(account, 'another', true);
  expect(bed.reported).toMatchObject([{ code: 'SECRETS_LOCKED' }]);
});
