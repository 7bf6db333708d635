import { isCertificateType, type PublicKey, plainType, readBlob } from './public-key.ts';
import { MalformedWire, WireReader, wireString } from './wire.ts';

/** What a user certificate says (PROTOCOL.certkeys of OpenSSH). */
export interface Certificate {
  readonly key: PublicKey;
  /** The blob of the key that it certifies. */
  readonly plainBlob: Buffer;
  readonly forUsers: boolean;
  readonly principals: readonly string[];
  /** Seconds since 1970; null for no bound. */
  readonly validFrom: number | null;
  readonly validUntil: number | null;
}

// How many fields the public key itself has, after the nonce.
const fieldsOfType: Readonly<Record<string, number>> = {
  'ssh-rsa': 2,
  'ssh-dss': 4,
  'ssh-ed25519': 1,
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'sk-ssh-ed25519@openssh.com': 2,
  'sk-ecdsa-sha2-nistp256@openssh.com': 3,
};
const userCertificate = 1;
const endless = 0xffff_ffff_ffff_ffffn;

/** Null where the blob is no certificate that can be read. */
export function readCertificate(blob: Uint8Array): Certificate | null {
  const key = readBlob(blob);
  const fields = key && isCertificateType(key.type) ? fieldsOfType[plainType(key.type)] : undefined;
  if (!key || fields === undefined) return null;
  try {
    const reader = new WireReader(key.blob);
    reader.string(); // The type.
    reader.string(); // The nonce.
    const parts = Array.from({ length: fields }, () => wireString(reader.string()));
    reader.uint64(); // The serial number.
    const forUsers = reader.uint32() === userCertificate;
    reader.string(); // The key id.
    const principals = readPrincipals(reader.string());
    const [from, until] = [reader.uint64(), reader.uint64()];
    return {
      key,
      plainBlob: Buffer.concat([wireString(plainType(key.type)), ...parts]),
      forUsers,
      principals,
      validFrom: from === 0n ? null : Number(from),
      validUntil: until === endless ? null : Number(until),
    };
  } catch (error) {
    if (error instanceof MalformedWire) return null;
    throw error;
  }
}

function readPrincipals(list: Buffer): string[] {
  const reader = new WireReader(list);
  const names: string[] = [];
  while (reader.left > 0) names.push(reader.text());
  return names;
}

/**
 * Why a server would not take it from this user now, as the end of a sentence; null where nothing is
 * against it. The server decides: its clock and its rules may differ.
 */
export function doubtAbout(certificate: Certificate, user: string, now: number): string | null {
  const { validFrom, validUntil, principals, forUsers } = certificate;
  if (!forUsers) return 'is one for hosts, not for users';
  if (validUntil !== null && now / 1000 >= validUntil) return `expired on ${moment(validUntil)}`;
  if (validFrom !== null && now / 1000 < validFrom)
    return `is not valid before ${moment(validFrom)}`;
  if (principals.length > 0 && !principals.includes(user))
    return `is for ${principals.slice(0, 5).join(', ')}, not for ${user}`;
  return null;
}

function moment(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return 'a day that no calendar has';
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
