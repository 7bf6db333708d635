import { randomBytes, scrypt } from 'node:crypto';
import { z } from 'zod';
import { type CryptoKey, importKey } from './seal.ts';

/**
 * Kept with each wrapping, so that it may be raised later. Bounded from both sides: what somebody
 * wrote into the file must neither make guessing cheap nor take all memory.
 */
export const scryptParameters = z.object({
  kdf: z.literal('scrypt'),
  N: z
    .number()
    .int()
    .min(2 ** 14)
    .max(2 ** 20)
    .refine((n) => Number.isInteger(Math.log2(n))),
  r: z.number().int().min(8).max(16),
  p: z.number().int().min(1).max(4),
  /** Base64. */
  salt: z.string().min(20).max(100),
});
export type ScryptParameters = z.infer<typeof scryptParameters>;

/** OWASP's figure: 128 MiB, some four tenths of a second on one core of 2023. */
export const usualCost = { N: 2 ** 17, r: 8, p: 1 };

export function newScryptParameters(cost = usualCost): ScryptParameters {
  return { kdf: 'scrypt', ...cost, salt: randomBytes(16).toString('base64') };
}

/** In libuv's threads. */
export async function keyOfPassphrase(
  passphrase: string,
  { N, r, p, salt }: ScryptParameters,
): Promise<CryptoKey> {
  // The same passphrase, however the keyboard composes its letters.
  const words = Buffer.from(passphrase.normalize('NFKC'), 'utf8');
  try {
    return await importKey(
      await new Promise<Buffer>((resolve, reject) => {
        const cost = { N, r, p, maxmem: 256 * N * r };
        scrypt(words, Buffer.from(salt, 'base64'), 32, cost, (error, key) =>
          error ? reject(error) : resolve(key),
        );
      }),
    );
  } finally {
    words.fill(0);
  }
}
