import { describe, expect, it } from 'vitest';
import { type Certificate, doubtAbout, readCertificate } from './certificate.ts';
import { wireString } from './wire.ts';

const type = 'ssh-ed25519-cert-v01@openssh.com';
const uint64 = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};
const key = Buffer.alloc(32, 7);

function blob(until: bigint, principals: readonly string[] = ['ada']): Buffer {
  return Buffer.concat([
    ...[wireString(type), wireString(Buffer.alloc(32)), wireString(key), uint64(9n)],
    Buffer.from([0, 0, 0, 1]),
    wireString('id'),
    wireString(Buffer.concat(principals.map((name) => wireString(name)))),
    ...[uint64(0n), uint64(until), wireString(''), wireString('')],
  ]);
}

describe('readCertificate', () => {
  it('tells the key that it certifies, whom it is for and how long', () => {
    const certificate = readCertificate(blob(2_000_000_000n, ['ada', 'root']));
    expect(certificate).toMatchObject({
      plainBlob: Buffer.concat([wireString('ssh-ed25519'), wireString(key)]),
      forUsers: true,
      principals: ['ada', 'root'],
      validFrom: null,
      validUntil: 2_000_000_000,
    });
  });

  it('is null for a plain key and for what is cut short', () => {
    expect(readCertificate(Buffer.concat([wireString('ssh-ed25519'), wireString(key)]))).toBeNull();
    for (let length = 0; length < 150; length += 1)
      expect(readCertificate(blob(5n).subarray(0, length))).toBeNull();
  });

  it('has no end where it says so', () => {
    expect(readCertificate(blob(0xffff_ffff_ffff_ffffn))?.validUntil).toBeNull();
  });
});

describe('doubtAbout', () => {
  const now = Date.UTC(2026, 10, 30);
  const about = (more: Partial<Certificate>) => {
    const whole = readCertificate(blob(2_000_000_000n));
    return whole && doubtAbout({ ...whole, ...more }, 'ada', now);
  };

  it('has nothing against one that is valid for this user, or for everybody', () => {
    expect(about({})).toBeNull();
    expect(about({ principals: [] })).toBeNull();
  });

  it('says what a server would hold against it', () => {
    expect(about({ validUntil: 1_700_000_000 })).toBe('expired on 2023-11-14 22:13 UTC');
    expect(about({ validFrom: 1_900_000_000 })).toMatch(/^is not valid before 2030/);
    expect(about({ principals: ['root'] })).toBe('is for root, not for ada');
    expect(about({ forUsers: false })).toMatch(/for hosts/);
    expect(about({ validUntil: 1e15, validFrom: 1e15 })).toMatch(/no calendar/);
  });
});
