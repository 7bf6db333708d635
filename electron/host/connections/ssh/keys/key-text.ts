import { createPrivateKey, getCiphers, type KeyObject } from 'node:crypto';
import { UnusableKey } from './key-error.ts';
import { type OpensshKey, readOpensshKey, unlockOpensshKey } from './openssh-key.ts';
import { isPpkEncrypted, type Ppk, readPpk, unlockPpk } from './ppk.ts';
import { isSecurityKeyType, type PublicKey, readPublicText } from './public-key.ts';

/** What a key file holds, as far as it shows without a passphrase. */
export type KeyText =
  | { readonly kind: 'openssh'; readonly encrypted: boolean; readonly key: OpensshKey }
  | { readonly kind: 'pem'; readonly encrypted: boolean; readonly pem: string }
  | { readonly kind: 'putty'; readonly encrypted: boolean; readonly ppk: Ppk }
  | { readonly kind: 'public'; readonly publicKey: PublicKey };

const blocks = /-----BEGIN ([A-Z0-9 ]{1,60})-----([\s\S]*?)-----END \1-----/g;

/**
 * Reads the first private key of a file, whatever stands around it: a byte order mark, line ends of
 * Windows, blanks, a certificate, more keys. Throws UnusableKey, which says what it is instead.
 */
export function readKeyText(bytes: Buffer): KeyText {
  const text = decode(bytes);
  if (text.trim() === '') throw new UnusableKey('is empty');
  const ppk = readPpk(bytes);
  if (ppk)
    return refuseObsolete(ppk.publicKey, { kind: 'putty', encrypted: isPpkEncrypted(ppk), ppk });
  for (const [, label = '', body = ''] of text.matchAll(blocks)) {
    if (label === 'OPENSSH PRIVATE KEY') return opensshText(body);
    if (label.endsWith('PRIVATE KEY')) return pemText(label, body);
  }
  const publicKey = readPublicText(text);
  if (publicKey) return { kind: 'public', publicKey };
  throw new UnusableKey(...whatElse(text));
}

/** Notepad saves as UTF-16 too. */
function decode(bytes: Buffer): string {
  const utf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return bytes.toString(utf16 ? 'utf16le' : 'utf8').replace(/^\ufeff/, '');
}

function opensshText(body: string): KeyText {
  const key = readOpensshKey(Buffer.from(body, 'base64'));
  if (isSecurityKeyType(key.publicKey.type))
    throw new UnusableKey(
      'belongs to a security key, which only an agent can ask',
      'Plug the security key in, load the file with ssh-add, and try again.',
    );
  return refuseObsolete(key.publicKey, { kind: 'openssh', encrypted: key.cipher !== 'none', key });
}

function refuseObsolete(publicKey: PublicKey, text: KeyText): KeyText {
  if (publicKey.type === 'ssh-dss') throw obsoleteDsa();
  return text;
}

function obsoleteDsa(): UnusableKey {
  return new UnusableKey(
    'holds a DSA key, which is obsolete and which ssh takes no more',
    'Make a new key: ssh-keygen -t ed25519',
  );
}

function pemText(label: string, body: string): KeyText {
  if (label === 'DSA PRIVATE KEY') throw obsoleteDsa();
  const lines = body.split(/\r\n|\r|\n/).map((line) => line.trim());
  const pem = `-----BEGIN ${label}-----${lines.join('\n')}-----END ${label}-----\n`;
  const legacy = /^DEK-Info: *([\w-]+)/m.exec(pem)?.[1];
  if (legacy !== undefined && !getCiphers().includes(legacy.toLowerCase()))
    throw unknownEncryption(legacy);
  const encrypted = label === 'ENCRYPTED PRIVATE KEY' || legacy !== undefined;
  if (label === 'ENCRYPTED PRIVATE KEY' && !Buffer.from(body, 'base64').includes(pbes2))
    throw unknownEncryption('PBES1');
  return { kind: 'pem', encrypted, pem };
}

/** The object identifier 1.2.840.113549.1.5.13. */
const pbes2 = Buffer.from('2a864886f70d01050d', 'hex');

function unknownEncryption(name: string): UnusableKey {
  return new UnusableKey(
    `is encrypted in an old way (${name}) that Rackhelm does not know`,
    'Encrypt it anew: openssl pkcs8 -topk8 -in KEY -out NEW',
  );
}

function whatElse(text: string): [what: string, hint?: string] {
  if (text.startsWith('SSH PRIVATE KEY FILE FORMAT 1.1'))
    return [
      'holds a key of SSH 1, which no server takes any more',
      'Make a new key: ssh-keygen -t ed25519',
    ];
  if (text.includes('---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----'))
    return [
      'is in the format of ssh.com, which Rackhelm does not read',
      'Make it an OpenSSH key: puttygen KEY -O private-openssh -o NEW',
    ];
  if (/-----BEGIN (TRUSTED )?CERTIFICATE-----/.test(text))
    return ['holds an X.509 certificate and no key', 'Name the private key that belongs to it.'];
  if (/-----BEGIN (RSA )?PUBLIC KEY-----/.test(text))
    return ['holds a public key and no private one', 'Name the private key that belongs to it.'];
  if (/-----BEGIN PGP /.test(text)) return ['holds a PGP key, which is none of ssh'];
  if (text.includes('PRIVATE KEY-----')) return ['is damaged or was not copied whole'];
  return ['holds no private key that Rackhelm can use'];
}

/**
 * Null: the passphrase is wrong. Throws UnusableKey. With a passphrase it takes as long as whoever
 * made the key wanted, so that this belongs on a thread.
 */
export function unlockKeyText(text: KeyText, passphrase: string | undefined): KeyObject | null {
  switch (text.kind) {
    case 'openssh':
      return unlockOpensshKey(text.key, passphrase ?? '');
    case 'putty':
      return unlockPpk(text.ppk, passphrase ?? '');
    case 'pem':
      return unlockPem(text.pem, text.encrypted ? (passphrase ?? '') : undefined);
    case 'public':
      throw new UnusableKey('holds a public key, not a private one');
  }
}

function unlockPem(pem: string, passphrase: string | undefined): KeyObject | null {
  let key: KeyObject;
  try {
    key = createPrivateKey(passphrase === undefined ? pem : { key: pem, passphrase });
  } catch (cause) {
    // What decrypts to nothing that is a key: a wrong passphrase looks the same.
    if (passphrase !== undefined) return null;
    throw new UnusableKey('is damaged or was not copied whole', undefined, cause);
  }
  if (key.asymmetricKeyType === 'dsa') throw obsoleteDsa();
  return key;
}
