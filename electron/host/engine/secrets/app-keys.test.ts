import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { temporaryData } from '../../db/temporary-data.ts';
import { createAppKeys } from './app-keys.ts';
import type { Secrets } from './secrets.ts';
import { byKeyStore, byPassphrase, passphrase, secretsBed } from './secrets-bed.ts';

const { signal } = new AbortController();
const bed = secretsBed(temporaryData);
const place = { user: 'ada', host: '10.0.0.5', port: 22, through: ['ops@gate:22'] };

function appKeys(secrets: Secrets = bed.secrets, unlock?: () => Promise<boolean>) {
  return createAppKeys({
    ...{ store: bed.database.secrets, secrets, computer: 'büro rechner' },
    ...(unlock && { unlock }),
  });
}

it('makes one key where it is wanted first, however many want it at once', async () => {
  await bed.secrets.setUp(byKeyStore);
  const keys = appKeys();
  expect(keys.current()).toBeNull();
  const lines = await Promise.all([keys.ensure(signal), keys.ensure(signal)]);
  expect(new Set(lines).size).toBe(1);
  expect(await keys.ensure(signal)).toBe(lines[0]);
  expect(lines[0]).toMatch(/^ssh-ed25519 \S{68} rackhelm@b-ro-rechner$/);
  expect(keys.holds(`${lines[0]?.split(' ').slice(0, 2).join(' ')} other words`)).toBe(true);
});

it('is a key as OpenSSH knows them', async () => {
  await bed.secrets.setUp(byKeyStore);
  const keys = appKeys();
  const { publicKey, sha256 } = await keys.make();
  const options = { input: publicKey, encoding: 'utf8' } as const;
  expect(execFileSync('ssh-keygen', ['-l', '-f', '-'], options)).toContain(sha256);
  const [held] = keys.held();
  expect(await held?.privateText(signal)).toMatch(/^-----BEGIN PRIVATE KEY-----/);
});

it('can be read after another start, also its public half while the store is locked', async () => {
  await bed.secrets.setUp(byPassphrase);
  const line = await appKeys().ensure(signal);
  const [held] = appKeys().held();
  const text = await held?.privateText(signal);

  const started = bed.start();
  const again = appKeys(started);
  expect(again.current()).toBe(line);
  await expect(again.held()[0]?.privateText(signal)).rejects.toMatchObject({
    code: 'SECRETS_LOCKED',
  });
  const opening = appKeys(started, async () => {
    await started.unlock({ way: 'passphrase', passphrase });
    return true;
  });
  expect(await opening.held()[0]?.privateText(signal)).toBe(text);
});

it('asks to open a locked store before it makes one, and makes none where that stays locked', async () => {
  await expect(appKeys().ensure(signal)).rejects.toMatchObject({ code: 'SECRETS_NOT_SET_UP' });
  await bed.secrets.setUp(byPassphrase);
  bed.secrets.lock();
  await expect(appKeys().ensure(signal)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  const left = appKeys(bed.secrets, async () => false);
  await expect(left.ensure(signal)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  expect(left.list()).toEqual([]);
  const asked = appKeys(bed.secrets, async () => {
    await bed.secrets.unlock({ way: 'passphrase', passphrase });
    return true;
  });
  expect(await asked.ensure(signal)).toContain('ssh-ed25519');
});

it('keeps the one before until it is forgotten, and shows the newest first', async () => {
  await bed.secrets.setUp(byKeyStore);
  const keys = appKeys();
  const before = await keys.make();
  const after = await keys.make();
  expect(keys.list().map(({ id }) => id)).toEqual([after.id, before.id]);
  expect(keys.current()).toBe(after.publicKey);
  expect(keys.held().map(({ publicLine }) => publicLine)).toContain(before.publicKey);
  await expect(keys.make()).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  await bed.secrets.forget(before.id);
  expect((await keys.make()).publicKey).not.toBe(after.publicKey);
});

it('knows where it has let in, and forgets that with the key', async () => {
  await bed.secrets.setUp(byKeyStore);
  const keys = appKeys();
  const { id } = await keys.make();
  const [held] = keys.held();
  expect(held?.letInBefore(place)).toBe(false);
  held?.letIn(place);
  held?.letIn(place);
  expect(held?.letInBefore(place)).toBe(true);
  expect(held?.letInBefore({ ...place, through: [] })).toBe(false);
  expect(keys.list()).toMatchObject([{ opens: 1, logins: [place], usedAt: expect.any(Number) }]);
  await bed.secrets.forget(id);
  held?.letIn(place);
  await keys.make();
  expect(keys.list()).toMatchObject([{ opens: 0, logins: [] }]);
});

it('is typed by nobody', async () => {
  await bed.secrets.setUp(byKeyStore);
  const { id } = await appKeys().make();
  await expect(bed.secrets.replace(id, 'another')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
});

it('stands nowhere in clear', async () => {
  await bed.secrets.setUp(byKeyStore);
  const keys = appKeys();
  await keys.make();
  const text = (await keys.held()[0]?.privateText(signal)) ?? '';
  const body = text.split('\n')[1] ?? '';
  const seed = Buffer.from(body, 'base64').subarray(-32);
  const files = readdirSync(bed.directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(path.join(entry.parentPath, entry.name)));
  expect(files.length).toBeGreaterThan(0);
  for (const form of [body, seed, seed.toString('hex'), seed.toString('base64')]) {
    expect(files.filter((bytes) => bytes.includes(form))).toEqual([]);
  }
});
