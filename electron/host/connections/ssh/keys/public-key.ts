import { MalformedWire, WireReader } from './wire.ts';

/** A public key, or a certificate of one, as it goes over the wire. */
export interface PublicKey {
  /** `ssh-ed25519`, `ssh-rsa-cert-v01@openssh.com`, … as the blob itself says. */
  readonly type: string;
  readonly blob: Buffer;
}

/** Null where the bytes are no key. */
export function readBlob(blob: Uint8Array): PublicKey | null {
  try {
    const type = new WireReader(blob).text();
    return /^[\x21-\x7e]{1,64}$/.test(type) ? { type, blob: Buffer.from(blob) } : null;
  } catch (error) {
    if (error instanceof MalformedWire) return null;
    throw error;
  }
}

const line = /(?:^|\s)((?:ssh|ecdsa|sk)-[\w.@-]+)[ \t]+([A-Za-z0-9+/]+={0,2})(?:[ \t]|$)/;
const rfc4716 = /---- BEGIN SSH2 PUBLIC KEY ----\s([\s\S]+?)---- END SSH2 PUBLIC KEY ----/;

/** The first public key of a file: one line as OpenSSH writes it, or RFC 4716's form. */
export function readPublicText(text: string): PublicKey | null {
  for (const one of text.split(/\r\n|\r|\n/)) {
    const [, type, base64] = line.exec(one.replace(/^\ufeff/, '')) ?? [];
    const key = base64 === undefined ? null : readBlob(Buffer.from(base64, 'base64'));
    if (key && key.type === type) return key;
  }
  const [, body] = rfc4716.exec(text) ?? [];
  if (body === undefined) return null;
  // Headers may go on over lines that end in a backslash.
  const base64 = body.replace(/^[\w-]{1,64}:(?:[^\n]*\\\r?\n)*[^\n]*$/gm, '');
  return readBlob(Buffer.from(base64, 'base64'));
}

export function isCertificateType(type: string): boolean {
  return type.endsWith('-cert-v01@openssh.com');
}

/** `ssh-ed25519` of `ssh-ed25519-cert-v01@openssh.com`; other types as they are. */
export function plainType(type: string): string {
  if (!isCertificateType(type)) return type;
  const plain = type.slice(0, -'-cert-v01@openssh.com'.length);
  return plain.startsWith('sk-') ? `${plain}@openssh.com` : plain;
}

export function isSecurityKeyType(type: string): boolean {
  return type.startsWith('sk-');
}
