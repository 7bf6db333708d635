import {
  createPrivateKey,
  createPublicKey,
  type JsonWebKey,
  type KeyObject,
  sign,
} from 'node:crypto';
import { promisify } from 'node:util';
import { UnusableKey } from './key-error.ts';
import { type PublicKey, readBlob } from './public-key.ts';
import { WireReader, wireMpint, wireString, withoutZeros } from './wire.ts';

/** A key that is unlocked. */
export interface PrivateKey {
  readonly publicKey: PublicKey;
  /**
   * A signature as it goes over the wire: its algorithm, then its bytes. `algorithm` matters for RSA
   * alone (`ssh-rsa`, `rsa-sha2-256`, `rsa-sha2-512`).
   */
  sign(data: Uint8Array, algorithm: string): Promise<Buffer>;
}

interface Curve {
  readonly ssh: string;
  readonly hash: string;
  readonly bytes: number;
}

const curves: Readonly<Record<string, Curve>> = {
  'P-256': { ssh: 'nistp256', hash: 'sha256', bytes: 32 },
  'P-384': { ssh: 'nistp384', hash: 'sha384', bytes: 48 },
  'P-521': { ssh: 'nistp521', hash: 'sha512', bytes: 66 },
};
const rsaHashes: Readonly<Record<string, string>> = {
  'ssh-rsa': 'sha1',
  'rsa-sha2-256': 'sha256',
  'rsa-sha2-512': 'sha512',
};

// The callback form signs on a thread of the pool: 16,384 bits of RSA take their time.
const signOnThread = promisify<string | null, Uint8Array, Parameters<typeof sign>[2], Buffer>(
  (hash, data, key, done) => {
    sign(hash, data, key, (error, signature) => done(error, signature));
  },
);

/** Throws UnusableKey where ssh has no such keys. */
export function asPrivateKey(key: KeyObject): PrivateKey {
  const jwk = createPublicKey(key).export({ format: 'jwk' });
  if (jwk.kty === 'RSA') return rsa(key, jwk);
  const curve = curves[jwk.crv ?? ''];
  if (jwk.kty === 'EC' && curve) return ecdsa(key, jwk, curve);
  if (jwk.kty === 'OKP' && jwk.crv === 'Ed25519') return ed25519(key, jwk);
  throw new UnusableKey(`holds a key of a kind that ssh does not use (${jwk.crv ?? jwk.kty})`);
}

function rsa(key: KeyObject, jwk: JsonWebKey): PrivateKey {
  return {
    publicKey: publicKey('ssh-rsa', wireMpint(field(jwk.e)), wireMpint(field(jwk.n))),
    async sign(data, algorithm) {
      const hash = rsaHashes[algorithm];
      if (hash === undefined) throw new UnusableKey(`cannot sign as ${algorithm}`);
      return signature(algorithm, await signOnThread(hash, data, key));
    },
  };
}

function ecdsa(key: KeyObject, jwk: JsonWebKey, curve: Curve): PrivateKey {
  const type = `ecdsa-sha2-${curve.ssh}`;
  const point = Buffer.concat([Buffer.from([4]), field(jwk.x), field(jwk.y)]);
  return {
    publicKey: publicKey(type, wireString(curve.ssh), wireString(point)),
    async sign(data) {
      const raw = await signOnThread(curve.hash, data, { key, dsaEncoding: 'ieee-p1363' });
      const [r, s] = [raw.subarray(0, curve.bytes), raw.subarray(curve.bytes)];
      return signature(type, Buffer.concat([wireMpint(r), wireMpint(s)]));
    },
  };
}

function ed25519(key: KeyObject, jwk: JsonWebKey): PrivateKey {
  return {
    publicKey: publicKey('ssh-ed25519', wireString(field(jwk.x))),
    sign: async (data) => signature('ssh-ed25519', await signOnThread(null, data, key)),
  };
}

function publicKey(type: string, ...parts: readonly Buffer[]): PublicKey {
  return { type, blob: Buffer.concat([wireString(type), ...parts]) };
}

function signature(algorithm: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([wireString(algorithm), wireString(bytes)]);
}

function field(value: string | undefined): Buffer {
  return Buffer.from(value ?? '', 'base64url');
}

/** The numbers of a private key, as OpenSSH's and PuTTY's formats have them in their own orders. */
export type PrivateParts =
  | { kind: 'rsa'; n: Buffer; e: Buffer; d: Buffer; p: Buffer; q: Buffer; inverse: Buffer }
  | { kind: 'ecdsa'; curve: string; point: Buffer; d: Buffer }
  | { kind: 'ed25519'; point: Buffer; seed: Buffer };

/** Throws UnusableKey where the numbers are none of a key. */
export function privateKeyFrom(parts: PrivateParts): KeyObject {
  try {
    return createPrivateKey({ key: jwkOf(parts), format: 'jwk' });
  } catch (cause) {
    throw new UnusableKey('holds a damaged key', undefined, cause);
  }
}

function jwkOf(parts: PrivateParts): JsonWebKey {
  const text = (value: Buffer) => withoutZeros(value).toString('base64url');
  if (parts.kind === 'ed25519') {
    const [x, d] = [parts.point.toString('base64url'), parts.seed.toString('base64url')];
    return { kty: 'OKP', crv: 'Ed25519', x, d };
  }
  if (parts.kind === 'rsa') {
    const { n, e, d, p, q, inverse } = parts;
    const [dp, dq] = [modulo(d, p), modulo(d, q)];
    const [first, second] = [
      { n: text(n), e: text(e), d: text(d), p: text(p), q: text(q) },
      { dp: text(dp), dq: text(dq), qi: text(inverse) },
    ];
    return { kty: 'RSA', ...first, ...second };
  }
  const [crv, curve] = Object.entries(curves).find(([, { ssh }]) => ssh === parts.curve) ?? [];
  if (crv === undefined || !curve) throw new UnusableKey('holds a curve that ssh does not use');
  const { bytes } = curve;
  const d = Buffer.concat([Buffer.alloc(bytes), withoutZeros(parts.d)]).subarray(-bytes);
  const [x, y] = [parts.point.subarray(1, 1 + bytes), parts.point.subarray(1 + bytes)];
  const [d64, x64, y64] = [d, x, y].map((value) => value.toString('base64url'));
  return { kty: 'EC', crv, d: d64 ?? '', x: x64 ?? '', y: y64 ?? '' };
}

/** d mod (prime - 1). */
function modulo(d: Buffer, prime: Buffer): Buffer {
  const number = (value: Buffer) => BigInt(`0x${value.toString('hex') || '0'}`);
  const divisor = number(prime) - 1n;
  if (divisor <= 0n) throw new UnusableKey('holds a damaged key');
  const hex = (number(d) % divisor).toString(16);
  return Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
}

/** The numbers of a public key blob, which PuTTY keeps apart from the private ones. */
export function publicParts(blob: Buffer): { type: string; fields: Buffer[] } {
  const type = readBlob(blob)?.type ?? '';
  const reader = new WireReader(blob);
  reader.string();
  const fields: Buffer[] = [];
  while (reader.left > 0) fields.push(reader.string());
  return { type, fields };
}
