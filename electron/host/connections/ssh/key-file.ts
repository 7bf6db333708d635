import { createHash } from 'node:crypto';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { existingFiles, ForeignFileError, readForeignFile } from './foreign-file.ts';
import type { ReadFile } from './foreign-file-request.ts';
import { UnusableKey } from './keys/key-error.ts';
import { type KeyText, readKeyText, unlockKeyText } from './keys/key-text.ts';
import { readOpensshKey } from './keys/openssh-key.ts';
import { asPrivateKey, type PrivateKey } from './keys/private-key.ts';
import { isCertificateType, type PublicKey, readPublicText } from './keys/public-key.ts';
import { unlockOnThread } from './keys/unlock.ts';

/** What a private key file tells before it is unlocked. */
export interface KeyFile {
  readonly path: string;
  readonly content: Buffer;
  /** SHA-256 of the content: an unlocked key is remembered under it, so that a new file asks anew. */
  readonly digest: string;
  readonly encrypted: boolean;
  /** Null where only the passphrase shows it (PEM files without a .pub beside them). */
  readonly publicKey: PublicKey | null;
}

/** Throws SSH_KEY_UNREADABLE with a sentence that says what is wrong with the file. */
export async function readKeyFile(path: string, signal: AbortSignal): Promise<KeyFile> {
  const file = await readForeign(path, signal);
  const { content } = file;
  const text = await explained(path, () => readKeyText(content));
  if (text.kind === 'public') throw await publicHalf(path, text.publicKey, signal);
  refuseOpenMode(path, file);
  const digest = createHash('sha256').update(content).digest('hex');
  const publicKey = await publicKeyOf(path, text, signal);
  return { path, content, digest, encrypted: text.encrypted, publicKey };
}

async function publicKeyOf(
  path: string,
  text: KeyText,
  signal: AbortSignal,
): Promise<PublicKey | null> {
  if (text.kind === 'openssh') return text.key.publicKey;
  if (text.kind === 'putty') return text.ppk.publicKey;
  if (text.kind === 'pem' && !text.encrypted)
    return (await explained(path, () => open(text))).publicKey;
  return readPublic(`${path}.pub`, signal);
}

/** A key that signs. Null: the passphrase is wrong. Throws SSH_KEY_UNREADABLE for other trouble. */
export async function unlock(
  file: KeyFile,
  passphrase: string | undefined,
  signal: AbortSignal,
): Promise<PrivateKey | null> {
  const key = await explained(file.path, async () =>
    file.encrypted
      ? await unlockOnThread(file.content, passphrase ?? '', signal)
      : open(readKeyText(file.content)),
  );
  if (!key || !file.publicKey || key.publicKey.blob.equals(file.publicKey.blob)) return key;
  throw unreadable(file.path, `does not belong to ${file.path}.pub, which lies beside it`, {
    hint: `Write that anew: ssh-keygen -y -f ${file.path} > ${file.path}.pub`,
  });
}

/** Whether the passphrase is that of a key file. Throws SSH_KEY_UNREADABLE as `readKeyFile` does. */
export async function opensKey(
  path: string,
  passphrase: string,
  signal: AbortSignal,
): Promise<boolean> {
  const file = await readKeyFile(path, signal);
  return (await unlock(file, passphrase, signal)) !== null;
}

function open(text: KeyText): PrivateKey {
  const key = unlockKeyText(text, undefined);
  if (!key) throw new UnusableKey('is damaged or was not copied whole');
  return asPrivateKey(key);
}

async function explained<T>(path: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof UnusableKey)) throw error;
    throw unreadable(path, error.message, { cause: error, hint: error.hint?.replace('KEY', path) });
  }
}

async function readForeign(path: string, signal: AbortSignal): Promise<ReadFile> {
  try {
    return await readForeignFile(path, { kind: 'key', signal });
  } catch (cause) {
    if (!(cause instanceof ForeignFileError)) throw cause;
    throw unreadable(path, cause.what, { cause });
  }
}

/**
 * As OpenSSH: it minds only files of the person's own. One that a secret was mounted to belongs to
 * another, who has to open it to a group for it to be read at all. Windows has other means.
 */
function refuseOpenMode(path: string, { mode, uid }: ReadFile): void {
  if (process.platform === 'win32' || uid !== process.getuid?.() || (mode & 0o077) === 0) return;
  throw unreadable(path, 'may be read by others', { hint: `Run chmod 600 ${path}` });
}

async function publicHalf(
  path: string,
  publicKey: PublicKey,
  signal: AbortSignal,
): Promise<RackhelmError> {
  const certificate = isCertificateType(publicKey.type);
  const what = certificate
    ? 'is a certificate, not a private key'
    : 'is the public half of a key, not the private one';
  const name = /^(.+?)(?:-cert)?\.pub$/.exec(path)?.[1];
  if (name === undefined) return unreadable(path, what, { hint: 'Name the private half.' });
  const beside = (await existingFiles([name], signal)).length > 0;
  const hint = beside
    ? `Name the private half, ${name}, which lies beside it.`
    : `The private half would be ${name}, which is not there; name it, or load it into the agent.`;
  return unreadable(path, what, { hint });
}

interface Details {
  readonly cause?: unknown;
  readonly hint?: string | undefined;
}

function unreadable(path: string, what: string, { cause, hint }: Details = {}): RackhelmError {
  return new RackhelmError('SSH_KEY_UNREADABLE', `The key file ${path} ${what}.`, {
    cause,
    data: { keyFile: path },
    ...(hint === undefined ? {} : { hint }),
  });
}

/** The public half of a key whose private one only an agent holds: in the file, or beside it. */
export async function readPublicHalf(path: string, signal: AbortSignal): Promise<PublicKey | null> {
  return (await readPublic(path, signal)) ?? (await readPublic(`${path}.pub`, signal));
}

/** A public key or a certificate; null where there is none, as beside most keys. */
export async function readPublic(path: string, signal: AbortSignal): Promise<PublicKey | null> {
  try {
    return publicIn((await readForeign(path, signal)).content);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof RackhelmError || error instanceof UnusableKey) return null;
    throw error;
  }
}

function publicIn(content: Buffer): PublicKey | null {
  const text = content.toString('utf8');
  // The file of a security key says which one it is, though only the agent can use it.
  const body = /-----BEGIN OPENSSH PRIVATE KEY-----([\s\S]+?)-----END/.exec(text)?.[1];
  if (body !== undefined) return readOpensshKey(Buffer.from(body, 'base64')).publicKey;
  return readPublicText(text);
}
