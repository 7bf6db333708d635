import { expect, it } from 'vitest';
import { filesOf, sectionsOf } from './output-fixture.ts';

const dns = (files: Record<string, string>) => sectionsOf({ files: filesOf(files) }).dns;

it('reads servers and the last search line', () => {
  const text =
    '# made by hand\nnameserver 10.0.10.1\nnameserver fd00::1 # v6\ndomain old.example\nsearch lab.example example';
  expect(dns({ '/etc/resolv.conf': text })).toEqual({
    status: 'ok',
    data: { servers: ['10.0.10.1', 'fd00::1'], search: ['lab.example', 'example'] },
  });
});

it('looks behind the stub of systemd-resolved', () => {
  const files = {
    '/etc/resolv.conf': 'nameserver 127.0.0.53\noptions edns0\nsearch .',
    '/run/systemd/resolve/resolv.conf': 'nameserver 192.168.1.1\nsearch lan',
  };
  expect(dns(files)).toMatchObject({ data: { servers: ['192.168.1.1'], search: ['lan'] } });
  expect(dns({ '/etc/resolv.conf': 'nameserver 127.0.0.53\nsearch .' })).toMatchObject({
    data: { servers: ['127.0.0.53'], search: [] },
  });
});

it('fails where there is no file', () => {
  expect(dns({})).toMatchObject({
    status: 'failed',
    reason: 'There is no /etc/resolv.conf, or it is empty.',
  });
});

it('reads a file with the line ends of Windows', () => {
  expect(dns({ '/etc/resolv.conf': '# by hand\r\nnameserver 10.0.0.1\r' })).toMatchObject({
    data: { servers: ['10.0.0.1'] },
  });
});

it('does not say that there is no file where the output ended before it', () => {
  const files = { end: 'cut', text: '/etc/machine-id:x' };
  const presence = { end: 'cut', text: '' };
  expect(sectionsOf({ files, presence }).dns).toMatchObject({
    reason: expect.stringContaining('not heard'),
  });
});
