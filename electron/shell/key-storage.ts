import type { SafeStorage } from 'electron';
import type { KeyStoreAnswer, KeyStoreRequest } from './host-messages.ts';

/** What is used of Electron's safeStorage. */
export type KeyStorage = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
>;

type Outcome = KeyStoreAnswer['outcome'];

/**
 * The main process's end of the key store: the host's process has no safeStorage. Only the short text
 * that wraps the key of the secrets passes here, and none is kept.
 */
export async function answerKeyStore(
  storage: KeyStorage,
  platform: NodeJS.Platform,
  { ask, text }: KeyStoreRequest,
): Promise<Outcome> {
  const why = await unusable(storage, platform);
  if (ask === 'trouble') return { ok: true, text: why };
  if (why !== null) return { ok: false, code: 'KEY_STORE_UNAVAILABLE', message: why };
  return ask === 'seal' ? seal(storage, text) : open(storage, text);
}

async function unusable(storage: KeyStorage, platform: NodeJS.Platform): Promise<string | null> {
  // Without a keyring Chromium encrypts with a password that stands in its source.
  const backend = platform === 'linux' ? storage.getSelectedStorageBackend() : null;
  if (backend === 'basic_text' || backend === 'unknown') return 'This desktop has no keyring.';
  try {
    if (await storage.isAsyncEncryptionAvailable()) return null;
  } catch {
    // Told below: whatever it is, it cannot be used.
  }
  return 'The key store of this computer cannot be reached, or is locked.';
}

async function seal(storage: KeyStorage, text: string): Promise<Outcome> {
  try {
    return { ok: true, text: (await storage.encryptStringAsync(text)).toString('base64') };
  } catch {
    const message = 'The key store of this computer did not take the key.';
    return { ok: false, code: 'KEY_STORE_UNAVAILABLE', message };
  }
}

async function open(storage: KeyStorage, sealed: string): Promise<Outcome> {
  try {
    const { result } = await storage.decryptStringAsync(Buffer.from(sealed, 'base64'));
    return { ok: true, text: result };
  } catch {
    // Encrypted on another computer, for another user, or before the key store was emptied.
    const message = 'The key store of this computer does not know this key.';
    return { ok: false, code: 'KEY_STORE_FORGOT', message };
  }
}
