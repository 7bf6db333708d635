import {
  createDecipheriv,
  createHash,
  createHmac,
  type KeyObject,
  timingSafeEqual,
} from 'node:crypto';
import { argon2d, argon2i, argon2id } from '@noble/hashes/argon2.js';
import { UnusableKey } from './key-error.ts';
import { type PrivateParts, privateKeyFrom, publicParts } from './private-key.ts';
import { type PublicKey, readBlob } from './public-key.ts';
import { MalformedWire, WireReader, wireString } from './wire.ts';

/** PuTTY's private key file, formats 2 and 3 (PuTTY's manual, appendix C). */
export interface Ppk {
  readonly version: 2 | 3;
  readonly headers: ReadonlyMap<string, string>;
  readonly publicKey: PublicKey;
  readonly secret: Buffer;
}

const hint = 'Make it an OpenSSH key: puttygen KEY -O private-openssh -o NEW';
const damaged = () => new UnusableKey('is damaged or was not copied whole');

/** Null where it is no such file. Throws UnusableKey. Latin-1 keeps the bytes of the comment. */
export function readPpk(bytes: Buffer): Ppk | null {
  const lines = bytes
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
    .split(/\r\n|\r|\n/);
  const version = /^PuTTY-User-Key-File-(\d+): /.exec(lines[0] ?? '')?.[1];
  if (version === undefined) return null;
  if (version !== '2' && version !== '3')
    throw new UnusableKey(`is in PuTTY's format ${version}, which Rackhelm does not read`, hint);
  const headers = new Map<string, string>();
  const blobs = new Map<string, Buffer>();
  for (let at = 0; at < lines.length; at += 1) {
    const [, name = '', value = ''] = /^([\w-]+): ?(.*)$/.exec(lines[at] ?? '') ?? [];
    headers.set(name, value);
    if (!name.endsWith('-Lines')) continue;
    const count = Number(value);
    blobs.set(name, Buffer.from(lines.slice(at + 1, at + 1 + count).join(''), 'base64'));
    at += count;
  }
  const publicKey = readBlob(blobs.get('Public-Lines') ?? Buffer.alloc(0));
  const secret = blobs.get('Private-Lines');
  if (!publicKey || !secret || !headers.has('Private-MAC')) throw damaged();
  return { version: version === '2' ? 2 : 3, headers, publicKey, secret };
}

export function isPpkEncrypted(ppk: Ppk): boolean {
  return ppk.headers.get('Encryption') !== 'none';
}

/** Null: the passphrase is wrong. Throws UnusableKey. An encrypted one belongs on a thread. */
export function unlockPpk(ppk: Ppk, passphrase: string): KeyObject | null {
  const encryption = ppk.headers.get('Encryption') ?? '';
  if (encryption !== 'none' && encryption !== 'aes256-cbc')
    throw new UnusableKey('is encrypted in a way that Rackhelm does not know', hint);
  const encrypted = isPpkEncrypted(ppk);
  const keys = ppk.version === 2 ? derive2(passphrase, encrypted) : derive3(ppk, passphrase);
  const plain = encrypted ? decrypt(ppk.secret, keys) : ppk.secret;
  const mac = createHmac(ppk.version === 2 ? 'sha1' : 'sha256', keys.mac).update(
    macInput(ppk, plain),
  );
  const expected = Buffer.from(ppk.headers.get('Private-MAC') ?? '', 'hex');
  const actual = mac.digest();
  if (actual.length !== expected.length || !timingSafeEqual(actual, expected)) {
    if (encrypted) return null;
    throw damaged();
  }
  try {
    return privateKeyFrom(readParts(ppk.publicKey, plain));
  } catch (error) {
    throw error instanceof MalformedWire ? damaged() : error;
  } finally {
    plain.fill(0);
  }
}

interface Derived {
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
  readonly mac: Uint8Array;
}

function derive2(passphrase: string, encrypted: boolean): Derived {
  const sha1 = (...parts: (string | Buffer)[]) =>
    parts.reduce((hash, part) => hash.update(part), createHash('sha1')).digest();
  const half = (counter: number) => sha1(Buffer.from([0, 0, 0, counter]), passphrase);
  return {
    key: Buffer.concat([half(0), half(1)]).subarray(0, 32),
    iv: Buffer.alloc(16),
    mac: sha1('putty-private-key-file-mac-key', encrypted ? passphrase : ''),
  };
}

const flavours = new Map([
  ['Argon2id', argon2id],
  ['Argon2i', argon2i],
  ['Argon2d', argon2d],
]);
// In KiB. PuTTY itself takes 8 MiB.
const mostMemory = 1024 * 1024;

function derive3({ headers }: Ppk, passphrase: string): Derived {
  if (headers.get('Encryption') === 'none')
    return { key: Buffer.alloc(0), iv: Buffer.alloc(0), mac: Buffer.alloc(0) };
  const argon2 = flavours.get(headers.get('Key-Derivation') ?? '');
  const number = (name: string) => Number(headers.get(`Argon2-${name}`));
  const [m, t, p] = [number('Memory'), number('Passes'), number('Parallelism')];
  if (!argon2 || ![m, t, p].every((value) => Number.isSafeInteger(value) && value > 0))
    throw damaged();
  if (m > mostMemory) throw new UnusableKey('needs more than 1 GiB of memory to be unlocked', hint);
  const salt = Buffer.from(headers.get('Argon2-Salt') ?? '', 'hex');
  const derived = argon2(Buffer.from(passphrase), salt, { m, t, p, dkLen: 80 });
  return { key: derived.subarray(0, 32), iv: derived.subarray(32, 48), mac: derived.subarray(48) };
}

function decrypt(secret: Buffer, { key, iv }: Derived): Buffer {
  if (secret.length % 16 !== 0) throw damaged();
  const decipher = createDecipheriv('aes-256-cbc', key, iv).setAutoPadding(false);
  return Buffer.concat([decipher.update(secret), decipher.final()]);
}

function macInput({ headers, publicKey }: Ppk, plain: Buffer): Buffer {
  const text = (name: string) => wireString(Buffer.from(headers.get(name) ?? '', 'latin1'));
  const version = headers.has('PuTTY-User-Key-File-2') ? 2 : 3;
  return Buffer.concat([
    text(`PuTTY-User-Key-File-${version}`),
    text('Encryption'),
    text('Comment'),
    wireString(publicKey.blob),
    wireString(plain),
  ]);
}

function readParts({ blob }: PublicKey, plain: Buffer): PrivateParts {
  const { type, fields } = publicParts(blob);
  const reader = new WireReader(plain);
  const next = () => reader.string();
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = fields;
  if (type === 'ssh-rsa') {
    const [d, p, q, inverse] = [next(), next(), next(), next()];
    return { kind: 'rsa', e: first, n: second, d, p, q, inverse };
  }
  if (type === 'ssh-ed25519') return { kind: 'ed25519', point: first, seed: next() };
  if (type.startsWith('ecdsa-sha2-'))
    return { kind: 'ecdsa', curve: first.toString(), point: second, d: next() };
  throw new UnusableKey(`holds a key of a kind that Rackhelm does not know (${type.slice(0, 64)})`);
}
