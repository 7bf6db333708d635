import { randomBytes, webcrypto } from 'node:crypto';

export type CryptoKey = webcrypto.CryptoKey;

const nonceBytes = 12;
const tagBytes = 16;

/**
 * AES-256-GCM off the main thread: nonce, ciphertext and tag in one. `context` says what it is and
 * where it belongs; it is no part of the result, and without it nothing opens.
 */
export async function seal(key: CryptoKey, plain: Uint8Array, context: string): Promise<Buffer> {
  const iv = randomBytes(nonceBytes);
  const sealed = await webcrypto.subtle.encrypt(parameters(iv, context), key, plain);
  return Buffer.concat([iv, Buffer.from(sealed)]);
}

/** Null: another key, another context, or not as it was written. */
export async function unseal(
  key: CryptoKey,
  sealed: Uint8Array,
  context: string,
): Promise<Buffer | null> {
  if (sealed.length < nonceBytes + tagBytes) return null;
  const iv = sealed.subarray(0, nonceBytes);
  try {
    const body = sealed.subarray(nonceBytes);
    return Buffer.from(await webcrypto.subtle.decrypt(parameters(iv, context), key, body));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
}

function parameters(iv: Uint8Array, context: string) {
  return { name: 'AES-GCM', iv, additionalData: Buffer.from(context, 'utf8'), tagLength: 128 };
}

/** A key of 32 bytes, which are overwritten. `extractable` only where it has to be wrapped again. */
export async function importKey(bytes: Buffer, extractable = false): Promise<CryptoKey> {
  try {
    const usages: webcrypto.KeyUsage[] = ['encrypt', 'decrypt'];
    return await webcrypto.subtle.importKey('raw', bytes, 'AES-GCM', extractable, usages);
  } finally {
    bytes.fill(0);
  }
}

export async function exportKey(key: CryptoKey): Promise<Buffer> {
  return Buffer.from(await webcrypto.subtle.exportKey('raw', key));
}
