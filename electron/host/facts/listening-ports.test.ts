import { expect, it } from 'vitest';
import { filesOf, type PartFixture, sectionsOf } from './output-fixture.ts';

const ports = (parts: Record<string, PartFixture>) => sectionsOf(parts).listeningPorts;

it('reads ss, each server once, with its process where this user may see it', () => {
  const ss = [
    'udp   UNCONN 0      0      127.0.0.53%lo:53   0.0.0.0:*    users:(("systemd-resolve",pid=512,fd=13))',
    'tcp   LISTEN 0      4096         0.0.0.0:22   0.0.0.0:*',
    'tcp   LISTEN 0      511             [::]:80      [::]:*    users:(("nginx",pid=9,fd=7),("nginx",pid=8,fd=7))',
    'tcp   LISTEN 0      511             [::]:80      [::]:*    users:(("nginx",pid=8,fd=8))',
    'udp   UNCONN 0      0      [fe80::1]%eth0:546    [::]:*',
    'tcp   LISTEN 0      128               *:6443         *:*',
  ].join('\n');
  expect(ports({ ss })).toEqual({
    status: 'ok',
    data: [
      { protocol: 'udp', address: '127.0.0.53%lo', port: 53, process: 'systemd-resolve' },
      { protocol: 'tcp', address: '0.0.0.0', port: 22, process: null },
      { protocol: 'tcp', address: '::', port: 80, process: 'nginx' },
      { protocol: 'udp', address: 'fe80::1%eth0', port: 546, process: null },
      { protocol: 'tcp', address: '*', port: 6443, process: null },
    ],
  });
});

it('decodes /proc/net where there is no ss', () => {
  const text = filesOf({
    '/proc/net/tcp':
      '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1 1\n   1: 0100007F:0016 0100007F:1234 01 0 0',
    '/proc/net/tcp6':
      '   0: 00000000000000000000000000000000:0016 00000000000000000000000000000000:0000 0A 0\n   1: 000080FE00000000FF0000FE0100FEFF:0050 00000000000000000000000000000000:0000 0A 0',
    '/proc/net/udp': '  12: 00000000:0044 00000000:0000 07 0',
  });
  expect(ports({ 'port-files': { end: 2, text } })).toEqual({
    status: 'ok',
    data: [
      { protocol: 'tcp', address: '127.0.0.1', port: 8080, process: null },
      { protocol: 'tcp', address: '::', port: 22, process: null },
      { protocol: 'tcp', address: 'fe80::fe00:ff:fffe:1', port: 80, process: null },
      { protocol: 'udp', address: '0.0.0.0', port: 68, process: null },
    ],
  });
});

it('listens to nothing, or says why it cannot know', () => {
  expect(ports({ ss: '' })).toEqual({ status: 'ok', data: [] });
  expect(ports({ 'port-files': { end: 1, text: '' } })).toEqual({ status: 'ok', data: [] });
  expect(ports({ ss: { end: 'too-large', text: '' } }).status).toBe('failed');
});

it('does not say that ss is missing where the output ended before it', () => {
  expect(ports({ presence: '@ss' })).toEqual({
    status: 'failed',
    reason: 'ss was not heard: what came before it was too long.',
  });
  expect(ports({})).toEqual({ status: 'failed', reason: 'ss is not installed.' });
  expect(ports({ presence: { end: 'cut', text: '+/dev/kvm' } })).toMatchObject({
    reason: expect.stringContaining('not heard'),
  });
});

it('does not take what it cannot read for nothing that listens', () => {
  expect(ports({ ss: 'Usage: ss [ OPTIONS ]' })).toEqual({
    status: 'failed',
    reason: 'The output of ss was not understood.',
  });
});

it('does not say that nothing listens where /proc cannot be read', () => {
  const none = { end: 2, text: '' };
  expect(ports({ 'port-files': none }).status).toBe('failed');
  const files = filesOf({ '/proc/uptime': '1 1' });
  expect(ports({ 'port-files': none, files })).toEqual({ status: 'ok', data: [] });
  expect(ports({ 'port-files': { end: 2, text: 'grep: unknown option -- H' } })).toMatchObject({
    reason: 'ss is not installed, and /proc/net was not understood.',
  });
});
