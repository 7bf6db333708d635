import type { AsyncEntry } from '@napi-rs/keyring';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { KeyStore } from '../../../../shared/model/secrets.ts';
import { newId } from '../../db/index.ts';

const service = 'Rackhelm';
/**
 * By itself the library falls back to the kernel's keyring, which is gone after a restart: a key that
 * was put there would be lost with all that it opens.
 */
const lasting = { linux: { store: 'secret-service' } } as const;

const names: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'the keychain of this Mac',
  win32: 'the Windows Credential Manager',
};

/**
 * The keyring of the operating system, for the browser shell and the command line. Each text gets an
 * entry of its own, so that a new one never overwrites the one that is still needed.
 */
export function createOsKeyring(platform = process.platform): KeyStore {
  const name = names[platform] ?? 'the keyring of this desktop session';

  async function use<T>(
    account: string,
    signal: AbortSignal,
    work: (entry: AsyncEntry) => Promise<T>,
  ): Promise<T> {
    try {
      return await inTime(signal, async () => {
        // Only where it is needed: it is native, and not there for every platform.
        const { AsyncEntry: Entry } = await import('@napi-rs/keyring');
        return work(new Entry(service, account, lasting));
      });
    } catch (error) {
      throw asKeyStoreError(error, name);
    }
  }

  return {
    way: 'keyring',
    name,
    async trouble(signal) {
      try {
        await use('probe', signal, (entry) => entry.getPassword());
        return null;
      } catch (error) {
        if (error instanceof RackhelmError) return error.message;
        throw error;
      }
    },
    async seal(text, signal) {
      const account = newId();
      await use(account, signal, (entry) => entry.setPassword(text));
      return account;
    },
    async open(account, signal) {
      const text = await use(account, signal, (entry) => entry.getPassword());
      if (text !== null) return text;
      const message = `There is no key for this store in ${name}.`;
      throw new RackhelmError('KEY_STORE_FORGOT', message);
    },
    async drop(account, signal) {
      await use(account, signal, (entry) => entry.deletePassword());
    },
  };
}

/** The library's own calls cannot be stopped once they run. */
async function inTime<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(new Error('it did not answer in time'));
  if (signal.aborted) onAbort();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work(), late]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    late.catch(() => {});
  }
}

/** It tells all its failures as text; `NoStorageAccess` is a keyring that would have to be unlocked. */
function asKeyStoreError(cause: unknown, name: string): RackhelmError {
  const told = cause instanceof Error ? cause.message : String(cause);
  if (/access platform storage|locked|dismissed/i.test(told)) {
    return new RackhelmError('KEY_STORE_LOCKED', `${capital(name)} is locked.`, { cause });
  }
  const why = /cannot find|MODULE_NOT_FOUND|native binding/i.test(told)
    ? 'cannot be reached from this build of Rackhelm'
    : /did not answer in time/.test(told)
      ? 'did not answer in time'
      : 'cannot be reached from here';
  return new RackhelmError('KEY_STORE_UNAVAILABLE', `${capital(name)} ${why}.`, { cause });
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
