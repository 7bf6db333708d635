import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SecretSubject } from '../../../../shared/model/secrets.ts';
import { temporaryData } from '../../db/temporary-data.ts';
import {
  byKeyStore,
  byPassphrase,
  passphrase,
  password,
  secretsBed,
  storedValue,
} from './secrets-bed.ts';

const sudo = { user: 'ada', host: 'pi-1', port: 22 };
const bed = secretsBed(temporaryData);

describe('a store that is not set up', () => {
  it('says so, and so does whatever would need it', async () => {
    expect(await bed.secrets.status()).toMatchObject({ state: 'not-set-up', ways: [], stored: 0 });
    await expect(bed.secrets.put(password, 'x')).rejects.toMatchObject({
      code: 'SECRETS_NOT_SET_UP',
    });
    await expect(bed.secrets.unlock(byKeyStore)).rejects.toMatchObject({
      code: 'SECRETS_NOT_SET_UP',
    });
    expect(bed.secrets.find(password)).toBeNull();
    expect(await bed.secrets.sudoPassword(sudo)).toBeNull();
  });

  it('is set up once, also when two windows do so at once', async () => {
    const both = await Promise.allSettled([
      bed.secrets.setUp(byPassphrase),
      bed.secrets.setUp(byPassphrase),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is set up once, also when two programs do so at once', async () => {
    const both = await Promise.allSettled([
      bed.start().setUp(byPassphrase),
      bed.start().setUp(byKeyStore),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(bed.database.secrets.wrappings()).toHaveLength(1);
    // What the key store was given for nothing is taken back.
    const inKeyStore = bed.database.secrets.wrappings().some(({ way }) => way === 'keyring');
    expect(bed.keyStore.entries.size).toBe(inKeyStore ? 1 : 0);
  });

  it('takes no passphrase that is quickly guessed', async () => {
    const short = { way: 'passphrase', passphrase: 'seven77' } as const;
    await expect(bed.secrets.setUp(short)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect((await bed.secrets.status()).state).toBe('not-set-up');
  });
});

describe('what is stored', () => {
  beforeEach(() => bed.secrets.setUp(byPassphrase));

  it('is given back, replaced and forgotten, by what it is for in any case', async () => {
    await bed.secrets.put(password, 'first');
    await bed.secrets.put({ ...password, host: 'PI-1' }, 'sécond');
    expect(await storedValue(bed.secrets)).toBe('sécond');
    const { rows, total } = bed.secrets.list({ offset: 0, limit: 10 });
    expect(total).toBe(1);
    const [{ id } = { id: '' }] = rows;
    await bed.secrets.replace(id, 'third');
    expect(await storedValue(bed.secrets)).toBe('third');
    await bed.secrets.forget(id);
    expect(bed.secrets.find(password)).toBeNull();
    await expect(bed.secrets.forget(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(bed.secrets.replace(id, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is of one user, port and way there alone', async () => {
    await bed.secrets.put(password, 'x');
    expect(bed.secrets.find({ ...password, user: 'eve' })).toBeNull();
    expect(bed.secrets.find({ ...password, port: 2222 })).toBeNull();
    expect(bed.secrets.find({ ...password, through: ['ada@gate:22'] })).toBeNull();
    expect(bed.secrets.find({ kind: 'sudo-password', ...sudo })).toBeNull();
  });

  it('is listed without its value, and says when it was used, worked and failed', async () => {
    await bed.secrets.put(password, 'hush-hush');
    const offered = await bed.secrets.find(password)?.read();
    offered?.wrong();
    expect(bed.secrets.find(password)?.failedAt).toEqual(expect.any(Number));
    offered?.worked();
    const [row] = bed.secrets.list({ offset: 0, limit: 10 }).rows;
    const time = expect.any(Number);
    expect(row).toMatchObject({ storedAt: time, usedAt: time, workedAt: time, failedAt: null });
    expect(JSON.stringify(row)).not.toContain('hush');
  });

  it('is refused where it is empty, too long or half a letter', async () => {
    for (const secret of ['', 'x'.repeat(4097), '\ud800']) {
      await expect(bed.secrets.put(password, secret)).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    }
  });

  it('is what sudo is given', async () => {
    await bed.secrets.put({ kind: 'sudo-password', ...sudo }, 'root-me');
    expect((await bed.secrets.sudoPassword(sudo))?.secret).toBe('root-me');
  });

  it('lies nowhere in the data directory but as ciphertext', async () => {
    await bed.secrets.put(password, 'needle-in-a-haystack');
    const text = await bed.secrets.makeRecoveryKey();
    const files = readdirSync(bed.directory, { recursive: true, withFileTypes: true });
    const bytes = files
      .filter((file) => file.isFile())
      .map((file) => readFileSync(path.join(file.parentPath, file.name)));
    expect(bytes.length).toBeGreaterThan(0);
    for (const needle of ['needle-in-a-haystack', passphrase, text, text.replaceAll('-', '')]) {
      expect(bytes.some((content) => content.includes(needle))).toBe(false);
    }
  });

  it('stands outside history: an undo does not bring it back', async () => {
    await bed.secrets.put(password, 'x');
    expect(bed.database.history.list({ before: null, limit: 10 })).toEqual([]);
  });
});

describe('what somebody changed in the file', () => {
  beforeEach(async () => {
    await bed.secrets.setUp(byPassphrase);
    await bed.secrets.put(password, 'of the pi');
    await bed.secrets.put({ kind: 'token', name: 'git' }, 'of git');
  });
  const stored = (subject: SecretSubject) => {
    const id = bed.secrets.find(subject)?.id ?? '';
    const row = bed.database.secrets.get(id);
    if (row === undefined) throw new Error('It should be stored.');
    return row;
  };

  it('opens nothing: one ciphertext in the place of another', async () => {
    const git = stored({ kind: 'token', name: 'git' });
    bed.database.secrets.put({ ...stored(password), sealed: git.sealed });
    await expect(storedValue(bed.secrets)).rejects.toMatchObject({ code: 'SECRETS_DAMAGED' });
  });

  it('opens nothing: the same ciphertext for another machine', async () => {
    const mine = stored(password);
    bed.database.secrets.delete(mine.id);
    const evil = mine.subject.replace('pi-1', 'evil');
    bed.database.secrets.put({ ...mine, subject: evil });
    const there = { ...password, host: 'evil' };
    await expect(storedValue(bed.secrets, there)).rejects.toMatchObject({
      code: 'SECRETS_DAMAGED',
    });
  });

  it('is told from a wrong passphrase where the wrapped key is damaged', async () => {
    const [wrapping] = bed.database.secrets.wrappings();
    if (wrapping === undefined) throw new Error('It should be wrapped.');
    const wrapped = Buffer.from(wrapping.wrapped);
    wrapped[20] = (wrapped[20] ?? 0) ^ 1;
    const change = { expected: [wrapping.id], drop: [] };
    bed.database.secrets.rewrap({ ...change, put: [{ ...wrapping, wrapped }] });
    await expect(bed.start().unlock(byPassphrase)).rejects.toMatchObject({
      code: 'SECRETS_DAMAGED',
    });
    const parameters = wrapping.parameters.replace('16384', '1073741824');
    bed.database.secrets.rewrap({ ...change, put: [{ ...wrapping, parameters }] });
    await expect(bed.start().unlock(byPassphrase)).rejects.toMatchObject({
      code: 'SECRETS_DAMAGED',
    });
    bed.database.secrets.rewrap({ ...change, put: [wrapping] });
    await bed.start().unlock(byPassphrase);
  });
});
