import { createPrivateKey, generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { asPrivateKey, type PrivateKey } from './private-key.ts';

const generate = promisify(generateKeyPair);

/** A key that was made here. */
export interface MadeKey {
  /** As in a .pub file: type, key, comment. */
  readonly publicLine: string;
  /** PKCS#8 in PEM. A secret. */
  readonly privateText: string;
}

/** A new ed25519 key. */
export async function makeKey(comment: string): Promise<MadeKey> {
  const { privateKey } = await generate('ed25519');
  const { type, blob } = asPrivateKey(privateKey).publicKey;
  return {
    publicLine: `${type} ${blob.toString('base64')} ${comment}`,
    privateText: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Throws where the text is no key that `makeKey` made. */
export function openMadeKey(privateText: string): PrivateKey {
  return asPrivateKey(createPrivateKey(privateText));
}
