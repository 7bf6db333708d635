import { describe, expect, it } from 'vitest';
import { parseAddress, parseMac, parsePrefix } from './address.ts';

describe('parseAddress', () => {
  it('writes an address in its canonical form and keeps the prefix length', () => {
    expect(parseAddress('FD00:0:0::2/64')).toMatchObject({ address: 'fd00::2', prefixLength: 64 });
    expect(parseAddress(' 10.0.0.2 ')).toMatchObject({ address: '10.0.0.2', prefixLength: 32 });
    expect(parseAddress('::ffff:10.0.0.1')?.address).toBe('10.0.0.1');
  });

  it.each([
    '',
    '10.0.0',
    '10.0.0.256',
    '010.1.1.1',
    '10.0.0.1/33',
    '10.0.0.1/x',
    'fe80::1%eth0',
    'fd00::/129',
  ])('refuses %j', (text) => expect(parseAddress(text)).toBeUndefined());

  it('gives bytes that sort as people count, IPv4 before IPv6 networks', () => {
    const texts = [
      '10.0.0.9',
      '10.0.0.10',
      '10.0.1.0',
      '192.168.0.1',
      '2001:db8::9',
      '2001:db8::10',
    ];
    const byBytes = texts.toReversed().sort((a, b) => {
      const [x, y] = [parseAddress(a)?.bytes, parseAddress(b)?.bytes];
      return x && y ? Buffer.compare(x, y) : 0;
    });
    expect(byBytes).toEqual(texts);
    for (const text of texts) expect(parseAddress(text)?.bytes).toHaveLength(16);
  });
});

describe('parsePrefix', () => {
  it('knows the first and the last address', () => {
    const prefix = parsePrefix('10.0.10.0/23');
    expect(prefix?.start).toEqual(parseAddress('10.0.10.0')?.bytes);
    expect(prefix?.end).toEqual(parseAddress('10.0.11.255')?.bytes);
    expect(parsePrefix('fd00::/64')?.end).toEqual(parseAddress('fd00::ffff:ffff:ffff:ffff')?.bytes);
  });

  it('refuses an address that is not the first of its prefix', () => {
    expect(parsePrefix('10.0.10.1/24')).toBeUndefined();
    expect(parsePrefix('10.0.10.0')).toBeUndefined();
  });
});

describe('parseMac', () => {
  it.each(['AA-BB-CC-00-11-22', 'aabb.cc00.1122', 'aabbcc001122', 'aa:bb:cc:00:11:22'])(
    'reads %s',
    (text) => expect(parseMac(text)).toBe('aa:bb:cc:00:11:22'),
  );
  it.each(['', 'aa:bb:cc:00:11', 'aa:bb:cc:00:11:2g'])('refuses %j', (text) =>
    expect(parseMac(text)).toBeUndefined(),
  );
});
