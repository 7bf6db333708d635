import {
  type CipherGCMTypes,
  createDecipheriv,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import { poly1305 } from '@noble/ciphers/_poly1305.js';
import { chacha20orig } from '@noble/ciphers/chacha.js';
import { pbkdf } from 'bcrypt-pbkdf';
import { UnusableKey } from './key-error.ts';
import { type PrivateParts, privateKeyFrom } from './private-key.ts';
import { type PublicKey, readBlob } from './public-key.ts';
import { MalformedWire, WireReader } from './wire.ts';

/** OpenSSH's own format (PROTOCOL.key), before it is unlocked. */
export interface OpensshKey {
  readonly cipher: string;
  readonly derivation: string;
  readonly salt: Buffer;
  /** Each takes about 20 ms here. */
  readonly rounds: number;
  readonly publicKey: PublicKey;
  readonly secret: Buffer;
  /** What follows the secret: the tag of a cipher that has one. */
  readonly tag: Buffer;
}

const magic = 'openssh-key-v1\0';
const damaged = () => new UnusableKey('is damaged or was not copied whole');

/** `body` is what stands between the marks, decoded. Throws UnusableKey. */
export function readOpensshKey(body: Buffer): OpensshKey {
  if (body.toString('latin1', 0, magic.length) !== magic) throw damaged();
  try {
    const reader = new WireReader(body.subarray(magic.length));
    const [cipher, derivation] = [reader.text(), reader.text()];
    const options = new WireReader(reader.string());
    const salted = derivation === 'bcrypt';
    const [salt, rounds] = salted ? [options.string(), options.uint32()] : [Buffer.alloc(0), 0];
    if (reader.uint32() !== 1) throw new UnusableKey('holds several keys in one block');
    const publicKey = readBlob(reader.string());
    if (!publicKey) throw damaged();
    const secret = reader.string();
    return { cipher, derivation, salt, rounds, publicKey, secret, tag: reader.rest() };
  } catch (error) {
    throw error instanceof MalformedWire ? damaged() : error;
  }
}

interface Cipher {
  readonly keyBytes: number;
  readonly ivBytes: number;
  readonly open: (secret: Buffer, key: Buffer, iv: Buffer, tag: Buffer) => Buffer | null;
}

const block = (name: string, keyBytes: number, ivBytes: number): Cipher => ({
  keyBytes,
  ivBytes,
  open: (secret, key, iv) => {
    const decipher = createDecipheriv(name, key, iv).setAutoPadding(false);
    return Buffer.concat([decipher.update(secret), decipher.final()]);
  },
});

const gcm = (name: CipherGCMTypes, keyBytes: number): Cipher => ({
  keyBytes,
  ivBytes: 12,
  open: (secret, key, iv, tag) => {
    if (tag.length !== 16) throw damaged();
    const decipher = createDecipheriv(name, key, iv).setAuthTag(tag);
    try {
      return Buffer.concat([decipher.update(secret), decipher.final()]);
    } catch {
      // The tag does not fit: of all that it may mean, the passphrase is the likeliest.
      return null;
    }
  },
});

/** PROTOCOL.chacha20poly1305 with sequence number 0 and no length in front. */
const chacha: Cipher = {
  keyBytes: 64,
  ivBytes: 0,
  open: (secret, key, _iv, tag) => {
    const [main, nonce] = [key.subarray(0, 32), new Uint8Array(8)];
    const poly = chacha20orig(main, nonce, new Uint8Array(32), undefined, 0);
    if (tag.length !== 16) throw damaged();
    if (!timingSafeEqual(poly1305(secret, poly), tag)) return null;
    return Buffer.from(chacha20orig(main, nonce, secret, undefined, 1));
  },
};

/** Everything that `ssh-keygen -Z` offers. */
const ciphers: Readonly<Record<string, Cipher>> = {
  'aes128-ctr': block('aes-128-ctr', 16, 16),
  'aes192-ctr': block('aes-192-ctr', 24, 16),
  'aes256-ctr': block('aes-256-ctr', 32, 16),
  'aes128-cbc': block('aes-128-cbc', 16, 16),
  'aes192-cbc': block('aes-192-cbc', 24, 16),
  'aes256-cbc': block('aes-256-cbc', 32, 16),
  '3des-cbc': block('des-ede3-cbc', 24, 8),
  'aes128-gcm@openssh.com': gcm('aes-128-gcm', 16),
  'aes256-gcm@openssh.com': gcm('aes-256-gcm', 32),
  'chacha20-poly1305@openssh.com': chacha,
};

/**
 * Null: the passphrase is wrong. Throws UnusableKey. Takes as long as the key's rounds want, so that
 * an encrypted key belongs on a thread.
 */
export function unlockOpensshKey(key: OpensshKey, passphrase: string): KeyObject | null {
  const plain = key.cipher === 'none' ? key.secret : decrypt(key, passphrase);
  if (!plain) return null;
  try {
    const reader = new WireReader(plain);
    const [check, again] = [reader.uint32(), reader.uint32()];
    if (check !== again) {
      if (key.cipher === 'none') throw damaged();
      return null;
    }
    return privateKeyFrom(readParts(reader));
  } catch (error) {
    throw error instanceof MalformedWire ? damaged() : error;
  } finally {
    plain.fill(0);
  }
}

function decrypt(key: OpensshKey, passphrase: string): Buffer | null {
  const cipher = ciphers[key.cipher];
  if (!cipher || key.derivation !== 'bcrypt')
    throw new UnusableKey(
      `is encrypted in a way that Rackhelm does not know (${key.cipher}, ${key.derivation})`,
      'Encrypt it anew: ssh-keygen -p -Z aes256-ctr -f KEY',
    );
  const derived = Buffer.alloc(cipher.keyBytes + cipher.ivBytes);
  const secret = Buffer.from(passphrase);
  try {
    const failed = pbkdf(
      secret,
      secret.length,
      key.salt,
      key.salt.length,
      ...sized(derived),
      key.rounds,
    );
    if (failed !== 0) throw damaged();
    const [secretKey, iv] = [
      derived.subarray(0, cipher.keyBytes),
      derived.subarray(cipher.keyBytes),
    ];
    return cipher.open(key.secret, secretKey, iv, key.tag);
  } finally {
    derived.fill(0);
    secret.fill(0);
  }
}

function sized(bytes: Buffer): [Buffer, number] {
  return [bytes, bytes.length];
}

function readParts(reader: WireReader): PrivateParts {
  const type = reader.text();
  const next = () => reader.string();
  if (type === 'ssh-rsa') {
    const [n, e, d, inverse, p, q] = [next(), next(), next(), next(), next(), next()];
    return { kind: 'rsa', n, e, d, p, q, inverse };
  }
  if (type === 'ssh-ed25519') {
    const [point, secret] = [next(), next()];
    return { kind: 'ed25519', point, seed: secret.subarray(0, 32) };
  }
  if (type.startsWith('ecdsa-sha2-'))
    return { kind: 'ecdsa', curve: next().toString(), point: next(), d: next() };
  throw new UnusableKey(`holds a key of a kind that Rackhelm does not know (${type.slice(0, 64)})`);
}
