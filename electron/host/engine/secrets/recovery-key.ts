import { createHash, hkdf, randomBytes } from 'node:crypto';
import { type CryptoKey, importKey } from './seal.ts';

/** Crockford's base32: no I, L, O and U, which people mistake or read a word in. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const keyBytes = 20;
/** 160 bits and 20 bits of a checksum, five bits a letter. */
const letters = 36;
const group = 4;

/** `7Q2D-…`: nine groups of four, the last five letters told from the others. */
export function newRecoveryKey(): string {
  return written(randomBytes(keyBytes));
}

function written(key: Buffer): string {
  const bits = BigInt(`0x${key.toString('hex')}`) * 2n ** 20n + BigInt(checksum(key));
  const text = Array.from({ length: letters }, (_, index) => {
    const shift = BigInt((letters - 1 - index) * 5);
    return alphabet[Number((bits >> shift) & 31n)];
  }).join('');
  return (text.match(new RegExp(`.{${group}}`, 'g')) ?? []).join('-');
}

/** Twenty bits: one mistyped letter in a million goes unnoticed here, and opens nothing then. */
function checksum(key: Buffer): number {
  return (
    createHash('sha256').update('rackhelm recovery key').update(key).digest().readUIntBE(0, 3) >> 4
  );
}

/** What was typed from a sheet, as its bytes; null: mistyped, or no recovery key at all. */
export function readRecoveryKey(text: string): Buffer | null {
  const plain = text
    .toUpperCase()
    .replace(/[\s\-–—]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  if (plain.length !== letters) return null;
  let bits = 0n;
  for (const letter of plain) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return null;
    bits = bits * 32n + BigInt(value);
  }
  const key = Buffer.from((bits >> 20n).toString(16).padStart(keyBytes * 2, '0'), 'hex');
  return Number(bits & 0xfffffn) === checksum(key) ? key : null;
}

/** It holds 160 bits of chance, so that nothing has to make guessing it slow. */
export async function keyOfRecovery(key: Buffer, salt: Buffer): Promise<CryptoKey> {
  return importKey(
    await new Promise<Buffer>((resolve, reject) => {
      hkdf('sha256', key, salt, 'rackhelm recovery', 32, (error, derived) =>
        error ? reject(error) : resolve(Buffer.from(derived)),
      );
    }),
  );
}
