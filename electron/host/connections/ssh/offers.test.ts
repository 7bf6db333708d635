import { describe, expect, it } from 'vitest';
import { wireString } from './keys/wire.ts';
import { type Offer, OfferWatch, sharesNothing } from './offers.ts';

const ours: Offer = {
  kex: ['curve25519-sha256'],
  hostKey: ['ssh-ed25519'],
  cipher: ['aes256-gcm@openssh.com'],
  mac: ['hmac-sha2-256'],
};

describe('sharesNothing', () => {
  it('calls what is newer newer, and names both lists', () => {
    const kex = ['sntrup761x25519-sha512@openssh.com', 'mlkem768x25519-sha256'];
    const error = sharesNothing('pi-1', { ...ours, kex }, ours);
    expect(error?.message).toBe(
      `pi-1 and Rackhelm share no key exchange. It offers ${kex.join(', ')}; Rackhelm speaks curve25519-sha256.`,
    );
    expect(error?.hint).toMatch(/are newer than what Rackhelm speaks/);
    expect(error?.hint).not.toMatch(/old|outdated/);
  });

  it.each([
    ['kex', 'diffie-hellman-group14-sha1', 'KexAlgorithms'],
    ['hostKey', 'ssh-dss', 'HostKeyAlgorithms'],
    ['cipher', '3des-cbc', 'Ciphers'],
    ['mac', 'hmac-md5', 'MACs'],
  ] as const)('calls what is old old, and says how ssh allows it: %s', (part, name, keyword) => {
    const hint = sharesNothing('nas', { ...ours, [part]: [name] }, ours)?.hint;
    expect(hint).toMatch(/is old/);
    expect(hint).toContain(`${keyword} +${name}`);
  });

  it('says neither of what is neither', () => {
    const hint = sharesNothing('nas', { ...ours, mac: ['umac-128-etm@openssh.com'] }, ours)?.hint;
    expect(hint).toBe('Allow hmac-sha2-256-etm@openssh.com in its sshd_config (MACs) as well.');
  });

  it('is null where they share something of each, or nothing is known', () => {
    expect(sharesNothing('pi-1', ours, ours)).toBeNull();
    expect(sharesNothing('pi-1', null, ours)).toBeNull();
  });
});

describe('OfferWatch', () => {
  const lists = ['a,kex-strict-s-v00@openssh.com', 'b', 'c', 'c', 'd', 'd,\u0007', '', '', '', ''];
  const payload = Buffer.concat([
    Buffer.from([20]),
    Buffer.alloc(16),
    ...lists.map((list) => wireString(list)),
    Buffer.alloc(5),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(1 + payload.length);
  const bytes = Buffer.concat([
    Buffer.from('hello\r\nSSH-2.0-x\r\n'),
    length,
    Buffer.from([0]),
    payload,
  ]);

  it('reads the offer in whatever pieces it comes, without names that are none', () => {
    for (const size of [1, 7, bytes.length]) {
      const watch = new OfferWatch();
      for (let at = 0; at < bytes.length; at += size) watch.push(bytes.subarray(at, at + size));
      expect(watch.offer).toEqual({ kex: ['a'], hostKey: ['b'], cipher: ['c'], mac: ['d'] });
    }
  });

  it('knows nothing of what is cut short or something else', () => {
    const watch = new OfferWatch();
    watch.push(bytes.subarray(0, bytes.length - 20));
    expect(watch.offer).toBeNull();
    watch.push(Buffer.alloc(100_000));
    const odd = new OfferWatch();
    odd.push(
      Buffer.concat([
        Buffer.from('SSH-2.0-x\n'),
        Buffer.from([0, 0, 0, 20, 4, 20]),
        Buffer.alloc(40, 255),
      ]),
    );
    expect(odd.offer).toBeNull();
  });
});
