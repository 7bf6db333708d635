import { describe, expect, it } from 'vitest';
import type { PartFixture } from './output-fixture.ts';
import { sectionsOf } from './output-fixture.ts';

function flagsOf(parts: Record<string, PartFixture>): Record<string, string> {
  const { interfaces } = sectionsOf(parts);
  if (interfaces.status !== 'ok') throw new Error(interfaces.reason);
  return Object.fromEntries(
    interfaces.data
      .flatMap(({ addresses }) => addresses)
      .filter(({ family }) => family === 'ipv6')
      .map(({ address, temporary, deprecated, tentative, dynamic }) => [
        address.split('/')[0] ?? '',
        Object.entries({ temporary, deprecated, tentative, dynamic })
          .flatMap(([flag, is]) => (is ? flag : []))
          .join(' '),
      ]),
  );
}

const info = (local: string, more: object) => ({
  family: 'inet6',
  local,
  prefixlen: 64,
  scope: 'global',
  ...more,
});

describe('addresses of privacy extensions are told apart', () => {
  it('by ip -j, whichever release named them', () => {
    const addr_info = [
      info('2001:db8::1', { dynamic: true, mngtmpaddr: true, preferred_life_time: 14_000 }),
      info('2001:db8::2', { temporary: true, dynamic: true, preferred_life_time: 80_000 }),
      info('2001:db8::3', { temporary: true, deprecated: true, dynamic: true }),
      info('2001:db8::4', { secondary: true, dynamic: true, preferred_life_time: 0 }),
      info('2001:db8::5', { tentative: true }),
      info('2001:db8::6', { dadfailed: true }),
    ];
    expect(flagsOf({ 'ip-json': JSON.stringify([{ ifname: 'a', addr_info }]) })).toEqual({
      '2001:db8::1': 'dynamic',
      '2001:db8::2': 'temporary dynamic',
      '2001:db8::3': 'temporary deprecated dynamic',
      '2001:db8::4': 'temporary deprecated dynamic',
      '2001:db8::5': 'tentative',
      '2001:db8::6': 'tentative',
    });
  });

  it('by the text of ip, with and without a life that has ended', () => {
    const text = `2: eth0: <UP> mtu 1500 state UP
    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff
    inet 10.0.0.5/24 scope global secondary eth0
    inet6 2001:db8::1/64 scope global dynamic mngtmpaddr noprefixroute
       valid_lft 86000sec preferred_lft 14000sec
    inet6 2001:db8::2/64 scope global temporary dynamic
       valid_lft 600000sec preferred_lft 80000sec
    inet6 2001:db8::3/64 scope global secondary dynamic
       valid_lft 500000sec preferred_lft 0sec
    inet6 fe80::1/64 scope link tentative `;
    expect(flagsOf({ 'ip-text': text })).toEqual({
      '2001:db8::1': 'dynamic',
      '2001:db8::2': 'temporary dynamic',
      '2001:db8::3': 'temporary deprecated dynamic',
      'fe80::1': 'tentative',
    });
  });

  it('by ifconfig of BSD and of macOS', () => {
    const ifconfig = `en0: flags=8863<UP,BROADCAST,SMART,RUNNING> mtu 1500
	ether 02:00:00:00:00:01
	inet6 fe80::1c3a:1%en0 prefixlen 64 secured scopeid 0x6
	inet6 2001:db8::1 prefixlen 64 autoconf secured
	inet6 2001:db8::2 prefixlen 64 autoconf temporary
	inet6 2001:db8::3 prefixlen 64 deprecated autoconf temporary
	inet6 2001:db8::4 prefixlen 64 duplicated`;
    expect(flagsOf({ ifconfig })).toEqual({
      'fe80::1c3a:1': '',
      '2001:db8::1': 'dynamic',
      '2001:db8::2': 'temporary dynamic',
      '2001:db8::3': 'temporary deprecated dynamic',
      '2001:db8::4': 'tentative',
    });
  });

  it('by the kernel where no tool says so', () => {
    const row = (end: string, flags: string) =>
      `/proc/net/if_inet6:20010db800000000000000000000000${end} 02 40 00 ${flags}     eth0`;
    const files = [
      '/sys/class/net/eth0/address:02:00:00:00:00:01',
      row('1', '80'),
      row('2', '01'),
      row('3', '21'),
      row('4', 'c0'),
    ].join('\n');
    const expected = {
      '2001:db8::1': '',
      '2001:db8::2': 'temporary dynamic',
      '2001:db8::3': 'temporary deprecated dynamic',
      '2001:db8::4': 'tentative',
    };
    expect(flagsOf({ files, 'net-files': '' })).toEqual(expected);
    // ifconfig of Linux has no word for it: the kernel's table adds what it left out.
    const ifconfig = `eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        inet6 2001:db8::2  prefixlen 64  scopeid 0x0<global>
        RX packets 1  bytes 1 (1.0 B)`;
    expect(flagsOf({ files, ifconfig })).toMatchObject({
      '2001:db8::2': expect.stringContaining('temporary'),
    });
  });
});
