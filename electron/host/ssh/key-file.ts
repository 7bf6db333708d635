import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import ssh2 from 'ssh2';
import { RackhelmError } from '../../../shared/model/errors.ts';

/** What a private key file tells before it is unlocked. */
export interface KeyFile {
  readonly path: string;
  readonly content: Buffer;
  /** SHA-256 of the content: an unlocked key is remembered under it, so that a new file asks anew. */
  readonly digest: string;
  readonly encrypted: boolean;
  /** Null where only the passphrase shows it (old PEM files without a .pub beside them). */
  readonly publicKey: Buffer | null;
}

/** Throws SSH_KEY_UNREADABLE with a sentence that says what is wrong with the file. */
export async function readKeyFile(path: string): Promise<KeyFile> {
  const content = await readPrivate(path);
  const digest = createHash('sha256').update(content).digest('hex');
  const parsed = ssh2.utils.parseKey(content);
  if (!(parsed instanceof Error)) {
    if (!parsed.isPrivateKey()) throw unreadable(path, 'holds a public key, not a private one');
    return { path, content, digest, encrypted: false, publicKey: parsed.getPublicSSH() };
  }
  if (!/encrypted/i.test(parsed.message))
    throw unreadable(path, 'holds no private key that Rackhelm can use', parsed);
  const publicKey = publicPart(content) ?? (await readPublic(`${path}.pub`));
  return { path, content, digest, encrypted: true, publicKey };
}

async function readPrivate(path: string): Promise<Buffer> {
  try {
    const status = await stat(path);
    if (!status.isFile()) throw unreadable(path, 'is not a file');
    const { mode } = status;
    // As OpenSSH: a private key that others may read is not used. Windows has other means.
    if (process.platform !== 'win32' && (mode & 0o077) !== 0)
      throw unreadable(path, 'may be read by others', undefined, 'Run chmod 600 on it.');
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof RackhelmError) throw cause;
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw unreadable(path, missing ? 'does not exist' : 'cannot be read', cause);
  }
}

function unreadable(path: string, what: string, cause?: unknown, hint?: string): RackhelmError {
  return new RackhelmError('SSH_KEY_UNREADABLE', `The key file ${path} ${what}.`, {
    cause,
    data: { keyFile: path },
    ...(hint === undefined ? {} : { hint }),
  });
}

/** A key that signs. Null: the passphrase is wrong. Throws SSH_KEY_UNREADABLE for other trouble. */
export function unlock(file: KeyFile, passphrase?: string): ssh2.ParsedKey | null {
  const parsed = ssh2.utils.parseKey(file.content, passphrase);
  if (!(parsed instanceof Error)) return parsed;
  if (/passphrase|decrypt|malformed|bad/i.test(parsed.message)) return null;
  throw unreadable(file.path, 'cannot be unlocked', parsed);
}

/** The public key that OpenSSH's own format holds in the clear, encrypted or not (PROTOCOL.key). */
function publicPart(content: Buffer): Buffer | null {
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END/.exec(content.toString());
  const bytes = Buffer.from(body?.[1] ?? '', 'base64');
  const magic = 'openssh-key-v1\0';
  if (bytes.toString('latin1', 0, magic.length) !== magic) return null;
  let offset = magic.length;
  const nextString = () => {
    const end = offset + 4 + bytes.readUInt32BE(offset);
    const value = bytes.subarray(offset + 4, end);
    offset = end;
    return value;
  };
  try {
    // Cipher, key derivation and its options come first, then the number of keys.
    for (let skipped = 0; skipped < 3; skipped += 1) nextString();
    offset += 4;
    return Buffer.from(nextString());
  } catch {
    return null;
  }
}

/** The public half of a key whose private one only an agent holds: in the file, or beside it. */
export async function readPublicHalf(path: string): Promise<Buffer | null> {
  return (await readPublic(path)) ?? (await readPublic(`${path}.pub`));
}

async function readPublic(path: string): Promise<Buffer | null> {
  try {
    const parsed = ssh2.utils.parseKey(await readFile(path));
    return parsed instanceof Error || parsed.isPrivateKey() ? null : parsed.getPublicSSH();
  } catch {
    // Most keys have one, none needs it.
    return null;
  }
}
