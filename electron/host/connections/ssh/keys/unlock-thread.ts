import { serveThread } from '../../../worker/index.ts';
import { UnusableKey } from './key-error.ts';
import { readKeyText, unlockKeyText } from './key-text.ts';

/** The key in PKCS#8, unencrypted; `wrong` is the passphrase. */
export type Unlocked =
  | { readonly outcome: 'unlocked'; readonly pkcs8: Uint8Array }
  | { readonly outcome: 'wrong' }
  | { readonly outcome: 'unusable'; readonly what: string; readonly hint: string | undefined };

export type UnlockAsks = {
  unlock: {
    input: { readonly content: Uint8Array; readonly passphrase: string };
    output: Unlocked;
    part: never;
  };
};

serveThread<UnlockAsks>({
  unlock: ({ content, passphrase }) => {
    try {
      const key = unlockKeyText(readKeyText(Buffer.from(content)), passphrase);
      if (!key) return { outcome: 'wrong' };
      return { outcome: 'unlocked', pkcs8: key.export({ format: 'der', type: 'pkcs8' }) };
    } catch (error) {
      if (!(error instanceof UnusableKey)) throw error;
      return { outcome: 'unusable', what: error.message, hint: error.hint };
    }
  },
});
