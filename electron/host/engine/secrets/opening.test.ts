import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { temporaryData } from '../../db/temporary-data.ts';
import { MemoryKeyStore } from './memory-key-store.ts';
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
afterEach(() => vi.useRealTimers());

describe('a store with a passphrase', () => {
  beforeEach(async () => {
    await bed.secrets.setUp(byPassphrase);
    await bed.secrets.put(password, 'x');
  });

  it('is locked at the next start, tells what is stored, and opens by the passphrase alone', async () => {
    const next = bed.start();
    expect(await next.status()).toMatchObject({ state: 'locked', ways: ['passphrase'], stored: 1 });
    expect(next.find(password)).not.toBeNull();
    await expect(storedValue(next)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    await expect(next.sudoPassword(sudo)).resolves.toBeNull();
    await expect(next.put(password, 'y')).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    const guess = { way: 'passphrase', passphrase: 'wrong horse' } as const;
    await expect(next.unlock(guess)).rejects.toMatchObject({ code: 'SECRETS_PASSPHRASE_WRONG' });
    await expect(next.unlock(byKeyStore)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    await next.unlock(byPassphrase);
    expect(await storedValue(next)).toBe('x');
  });

  it('opens by the passphrase however its letters are composed', async () => {
    await bed.secrets.changePassphrase(passphrase, 'caf\u00e9 noir');
    await bed.start().unlock({ way: 'passphrase', passphrase: 'cafe\u0301 noir' });
  });

  it('locks when asked, and by itself some minutes after the last use', async () => {
    bed.secrets.lock();
    expect((await bed.secrets.status()).state).toBe('locked');
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    bed.secrets.lockAfter(5);
    await bed.secrets.unlock(byPassphrase);
    vi.advanceTimersByTime(4 * 60_000);
    await storedValue(bed.secrets);
    vi.advanceTimersByTime(4 * 60_000);
    expect((await bed.secrets.status()).state).toBe('open');
    vi.advanceTimersByTime(60_000);
    expect(await bed.secrets.status()).toMatchObject({ state: 'locked', lockAfterMinutes: 5 });
  });

  it('changes it against the old one only, and then opens by the new one only', async () => {
    const next = { way: 'passphrase', passphrase: 'another passphrase' } as const;
    const changed = bed.secrets.changePassphrase('wrong horse', next.passphrase);
    await expect(changed).rejects.toMatchObject({ code: 'SECRETS_PASSPHRASE_WRONG' });
    await bed.secrets.changePassphrase(passphrase, next.passphrase);
    const later = bed.start();
    await expect(later.unlock(byPassphrase)).rejects.toMatchObject({
      code: 'SECRETS_PASSPHRASE_WRONG',
    });
    await later.unlock(next);
    expect(await storedValue(later)).toBe('x');
  });

  it('goes over to the key store and back', async () => {
    await bed.secrets.openBy(byKeyStore);
    expect(await bed.start().status()).toMatchObject({ state: 'open', ways: ['keyring'] });
    await bed.secrets.openBy(byPassphrase);
    expect(bed.keyStore.entries.size).toBe(0);
    const next = bed.start();
    expect(await next.status()).toMatchObject({ state: 'locked', ways: ['passphrase'] });
    await next.unlock(byPassphrase);
    expect(await storedValue(next)).toBe('x');
  });

  it('is made anew where nothing opens it any more', async () => {
    const next = bed.start();
    await next.startOver();
    expect(await next.status()).toMatchObject({ state: 'not-set-up', stored: 0 });
    await next.setUp(byKeyStore);
    // The program that still holds the key from before does not write with it.
    await expect(bed.secrets.put(password, 'y')).resolves.toBeDefined();
    expect(await storedValue(next)).toBe('y');
  });
});

describe('a store whose key the key store has', () => {
  beforeEach(async () => {
    await bed.secrets.setUp(byKeyStore);
    await bed.secrets.put(password, 'x');
  });

  it('opens by itself, unless a person locked it', async () => {
    const next = bed.start();
    expect(await storedValue(next)).toBe('x');
    next.lock();
    await expect(storedValue(next)).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
    await next.unlock(byKeyStore);
    expect(await storedValue(next)).toBe('x');
  });

  it.each(['KEY_STORE_LOCKED', 'KEY_STORE_UNAVAILABLE'] as const)(
    'says when it is %s, and asks it once for many',
    async (code) => {
      const next = bed.start();
      bed.keyStore.opened = 0;
      bed.keyStore.fails = code;
      await expect(storedValue(next)).rejects.toMatchObject({ code });
      await expect(storedValue(next)).rejects.toMatchObject({ code });
      expect(bed.keyStore.opened).toBe(1);
      expect(await next.status()).toMatchObject({ state: 'locked', problem: { code } });
      bed.keyStore.fails = null;
      await next.unlock(byKeyStore);
      expect(await next.status()).toMatchObject({ state: 'open', problem: null });
    },
  );

  it('says when it forgot the key; the recovery key makes it keep it again', async () => {
    const recoveryKey = await bed.secrets.makeRecoveryKey();
    bed.keyStore.entries.clear();
    const next = bed.start();
    await expect(storedValue(next)).rejects.toMatchObject({ code: 'KEY_STORE_FORGOT' });
    await next.moveHere(recoveryKey, byKeyStore);
    expect(await storedValue(next)).toBe('x');
    expect(await storedValue(bed.start())).toBe('x');
  });

  it('says when it has another key than the right one', async () => {
    for (const [name] of bed.keyStore.entries) bed.keyStore.entries.set(name, `${'A'.repeat(43)}=`);
    await expect(storedValue(bed.start())).rejects.toMatchObject({ code: 'KEY_STORE_FORGOT' });
  });

  it('is set up only where the key store gives back what it was given', async () => {
    await bed.secrets.startOver();
    bed.keyStore.open = async () => 'something else';
    await expect(bed.secrets.setUp(byKeyStore)).rejects.toMatchObject({
      code: 'KEY_STORE_UNAVAILABLE',
    });
    expect((await bed.secrets.status()).state).toBe('not-set-up');
  });
});

describe('a recovery key', () => {
  let recoveryKey: string;
  beforeEach(async () => {
    await bed.secrets.setUp(byPassphrase);
    await bed.secrets.put(password, 'x');
    recoveryKey = await bed.secrets.makeRecoveryKey();
  });
  const recovery = (text: string) => ({ way: 'recovery', recoveryKey: text }) as const;

  it('opens the store, and moves it to the key store of another computer', async () => {
    const elsewhere = bed.start();
    await elsewhere.unlock(recovery(recoveryKey));
    expect(await storedValue(elsewhere)).toBe('x');
    bed.keyStore = new MemoryKeyStore('safe-storage');
    await bed.start().moveHere(recoveryKey.toLowerCase(), byKeyStore);
    expect(await bed.start().status()).toMatchObject({ state: 'open', ways: ['safe-storage'] });
  });

  it('is told as mistyped, or as that of another store', async () => {
    const typed = `${recoveryKey.slice(0, -1)}${recoveryKey.endsWith('Z') ? 'Y' : 'Z'}`;
    await expect(bed.start().unlock(recovery(typed))).rejects.toMatchObject({
      code: 'SECRETS_RECOVERY_WRONG',
      message: expect.stringContaining('a letter is wrong'),
    });
    const newer = await bed.secrets.makeRecoveryKey();
    await expect(bed.start().unlock(recovery(recoveryKey))).rejects.toMatchObject({
      code: 'SECRETS_RECOVERY_WRONG',
      message: expect.stringContaining('another store'),
    });
    await bed.start().unlock(recovery(newer));
  });

  it('is not made while the store is locked', async () => {
    await expect(bed.start().makeRecoveryKey()).rejects.toMatchObject({ code: 'SECRETS_LOCKED' });
  });
});
