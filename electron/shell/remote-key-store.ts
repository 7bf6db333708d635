import { RackhelmError } from '../../shared/model/errors.ts';
import type { KeyStore } from '../../shared/model/secrets.ts';
import type { FromHost, KeyStoreAnswer, KeyStoreRequest } from './host-messages.ts';

/** The host's end of Electron's key store, which the main process alone can ask. */
export interface RemoteKeyStore extends KeyStore {
  /** An answer came. */
  receive(answer: KeyStoreAnswer): void;
}

export function createRemoteKeyStore(tell: (message: FromHost) => void): RemoteKeyStore {
  const waiting = new Map<number, (outcome: KeyStoreAnswer['outcome']) => void>();
  let count = 0;

  async function request(
    ask: KeyStoreRequest['ask'],
    text: string,
    signal: AbortSignal,
  ): Promise<string | null> {
    count += 1;
    const id = count;
    const { promise, resolve } = Promise.withResolvers<KeyStoreAnswer['outcome']>();
    const late = () =>
      resolve({
        ok: false,
        code: 'KEY_STORE_UNAVAILABLE',
        message: 'The key store did not answer in time.',
      });
    waiting.set(id, resolve);
    signal.addEventListener('abort', late, { once: true });
    if (signal.aborted) late();
    else tell({ type: 'key-store', id, ask, text });
    try {
      const outcome = await promise;
      if (outcome.ok) return outcome.text;
      throw new RackhelmError(outcome.code, outcome.message);
    } finally {
      waiting.delete(id);
      signal.removeEventListener('abort', late);
    }
  }

  return {
    way: 'safe-storage',
    name: 'the key store of this computer',
    async trouble(signal) {
      try {
        return await request('trouble', '', signal);
      } catch (error) {
        if (error instanceof RackhelmError) return error.message;
        throw error;
      }
    },
    seal: async (text, signal) => (await request('seal', text, signal)) ?? '',
    open: async (sealed, signal) => (await request('open', sealed, signal)) ?? '',
    // It only encrypts: what it made goes with the row that holds it.
    drop: async () => {},
    receive: ({ id, outcome }) => waiting.get(id)?.(outcome),
  };
}
