import { createPrivateKey } from 'node:crypto';
import { threadEntry, WorkerThread } from '../../../worker/index.ts';
import { UnusableKey } from './key-error.ts';
import { asPrivateKey, type PrivateKey } from './private-key.ts';
import type { UnlockAsks } from './unlock-thread.ts';

const thread = new WorkerThread<UnlockAsks>({
  entry: threadEntry(import.meta.url, 'unlock-thread'),
  task: 'Unlocking the key',
});

/**
 * Unlocks an encrypted key on a thread: `ssh-keygen -a 500` takes ten seconds that the host needs for
 * others. Null: the passphrase is wrong. Throws UnusableKey, or the signal's reason.
 */
export async function unlockOnThread(
  content: Buffer,
  passphrase: string,
  signal: AbortSignal,
): Promise<PrivateKey | null> {
  const unlocked = await thread.run('unlock', { content, passphrase }, { signal });
  if (unlocked.outcome === 'wrong') return null;
  if (unlocked.outcome === 'unusable') throw new UnusableKey(unlocked.what, unlocked.hint);
  const der = Buffer.from(unlocked.pkcs8.buffer, unlocked.pkcs8.byteOffset, unlocked.pkcs8.length);
  try {
    return asPrivateKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
  } finally {
    der.fill(0);
  }
}
