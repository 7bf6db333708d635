import { describe, expect, it } from 'vitest';
import type { SecretStore } from '../../db/index.ts';
import { temporaryData } from '../../db/temporary-data.ts';
import type { Secrets } from './secrets.ts';
import {
  byKeyStore,
  byPassphrase,
  passphrase,
  password,
  secretsBed,
  storedValue,
} from './secrets-bed.ts';

const bed = secretsBed(temporaryData);

describe('a crash', () => {
  /** The store as if the program ended in its `at`-th write, before or after it took effect. */
  function crashing(at: number, when: 'before' | 'after'): SecretStore {
    let writes = 0;
    const crash = (work: () => void) => {
      writes += 1;
      if (writes === at && when === 'before') throw new Error('crash');
      work();
      if (writes === at) throw new Error('crash');
    };
    const { secrets: store } = bed.database;
    return {
      ...store,
      rewrap: (change) => crash(() => store.rewrap(change)),
      put: (secret) => crash(() => store.put(secret)),
    };
  }
  const next = { way: 'passphrase', passphrase: 'another passphrase' } as const;

  it.each(['before', 'after'] as const)(
    '%s the write of any step leaves a store that opens and has what was stored',
    async (when) => {
      await bed.secrets.setUp(byPassphrase);
      const recoveryKey = await bed.secrets.makeRecoveryKey();
      await bed.secrets.put(password, 'x');
      const steps: ((of: Secrets) => Promise<unknown>)[] = [
        (of) => of.changePassphrase(passphrase, passphrase),
        (of) => of.openBy(byKeyStore),
        (of) => of.openBy(byPassphrase),
        (of) => of.moveHere(recoveryKey, byKeyStore),
        (of) => of.moveHere(recoveryKey, next),
        (of) => of.put(password, 'x'),
      ];
      for (const step of steps) {
        const dying = bed.start(crashing(1, when));
        await dying.unlock({ way: 'recovery', recoveryKey });
        await expect(step(dying)).rejects.toThrow('crash');
        // Whichever way is set up now opens it, without the recovery key.
        const after = bed.start();
        const opens = await Promise.allSettled([
          after.unlock(byPassphrase),
          after.unlock(byKeyStore),
          after.unlock(next),
        ]);
        expect(opens.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
        expect(await storedValue(after)).toBe('x');
      }
    },
  );

  it('between key store and bed.database leaves at most an entry too many', async () => {
    await bed.secrets.setUp(byKeyStore);
    await bed.secrets.put(password, 'x');
    bed.keyStore.drop = () => Promise.reject(new Error('gone'));
    await bed.secrets.openBy(byKeyStore);
    expect(bed.reported).toHaveLength(1);
    expect(bed.keyStore.entries.size).toBe(2);
    expect(await storedValue(bed.start())).toBe('x');
  });
});

it('two programs that change how it opens at once: one of them is told', async () => {
  await bed.secrets.setUp(byPassphrase);
  const both = [bed.start(), bed.start()];
  const changes = both.map((each, index) =>
    each.changePassphrase(passphrase, `the new one ${index}`),
  );
  const outcomes = await Promise.allSettled(changes);
  const refused = outcomes.filter(({ status }) => status === 'rejected');
  expect(refused).toMatchObject([{ reason: { code: 'CHANGED_SINCE' } }]);
});
