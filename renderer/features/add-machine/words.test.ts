import { expect, it } from 'vitest';
import { confirmationWord, keyFileCommand, sourceText } from './host-key-words.ts';
import { addressesText } from './review-words.ts';

it('names the file of the key that was presented', () => {
  expect(keyFileCommand('ssh-ed25519')).toBe('ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
  expect(keyFileCommand('ecdsa-sha2-nistp256')).toContain('ssh_host_ecdsa_key.pub');
  expect(keyFileCommand('rsa-sha2-512')).toContain('ssh_host_rsa_key.pub');
});

it('asks to type the host without brackets and port', () => {
  expect(confirmationWord('[10.0.0.2]:2222')).toBe('10.0.0.2');
  expect(confirmationWord('pi-1')).toBe('pi-1');
});

it('says where a known key stands', () => {
  expect(sourceText({ source: '~/.ssh/known_hosts', seenAt: null })).toBe(
    'From ~/.ssh/known_hosts',
  );
  expect(sourceText({ source: 'Rackhelm', seenAt: Date.UTC(2026, 0, 2, 12) })).toContain(
    '2 Jan 2026',
  );
});

it('leaves out addresses that say nothing of where a machine is', () => {
  const address = (text: string) =>
    ({ address: text, family: 'ipv4', scope: null, dynamic: null }) as const;
  const each = {
    mac: null,
    mtu: null,
    operState: null,
    speedMbps: null,
    vlanId: null,
    parent: null,
    master: null,
  };
  const text = addressesText([
    { ...each, name: 'lo', kind: 'loopback', addresses: [address('127.0.0.1/8')] },
    {
      ...each,
      name: 'eth0',
      kind: 'ethernet',
      addresses: [address('10.0.0.2/24'), address('fe80::1/64')],
    },
  ]);
  expect(text).toBe('10.0.0.2/24');
});

it('shows the first of many addresses, and how many more there are', () => {
  const addresses = Array.from({ length: 1500 }, (_, n) => ({
    address: `10.0.${n >> 8}.${n & 255}/32`,
    family: 'ipv4' as const,
    scope: null,
    dynamic: null,
  }));
  const none = { mac: null, mtu: null, operState: null, speedMbps: null, vlanId: null };
  const text = addressesText([
    { ...none, name: 'eth0', kind: 'ethernet', parent: null, master: null, addresses },
  ]);
  expect(text).toMatch(/^10\.0\.0\.0\/32, .* and 1,488 more$/);
  expect(text.length).toBeLessThan(200);
});
