import { describe, expect, it } from 'vitest';
import { filesOf, type PartFixture, sectionsOf } from './output-fixture.ts';

function interfaces(parts: Record<string, PartFixture>) {
  const section = sectionsOf(parts).interfaces;
  if (section.status !== 'ok') throw new Error(section.reason);
  return Object.fromEntries(section.data.map((link) => [link.name, link]));
}

const link = (ifname: string, more: object = {}) => ({
  ifname,
  flags: ['UP'],
  mtu: 1500,
  operstate: 'UP',
  link_type: 'ether',
  address: 'DC:A6:32:01:02:03',
  addr_info: [],
  ...more,
});
const kind = (info_kind: string, info_data?: object) => ({ linkinfo: { info_kind, info_data } });

describe('interfaces by ip -j -d', () => {
  it('tells the kinds of a node with VLANs, a bond, a bridge and a tunnel', () => {
    const json = JSON.stringify([
      {},
      link('lo', { link_type: 'loopback', address: '00:00:00:00:00:00', operstate: 'UNKNOWN' }),
      link('eno1', {
        master: 'bond0',
        permaddr: '3c:ec:ef:00:00:01',
        address: '3c:ec:ef:00:00:02',
      }),
      link('bond0', kind('bond', { mode: 'active-backup' })),
      // As netplan names it.
      link('vlan20', { link: 'bond0', ...kind('vlan', { protocol: '802.1Q', id: 20, flags: [] }) }),
      link('br0', kind('bridge')),
      link('veth1', {
        link_index: 2,
        link: 'eth0',
        link_netnsid: 0,
        master: 'br0',
        ...kind('veth'),
      }),
      link('wg0', { link_type: 'none', address: undefined, ...kind('wireguard') }),
      link('tailscale0', {
        link_type: 'none',
        address: undefined,
        ...kind('tun', { type: 'tun' }),
      }),
      link('wlan0'),
      link('cni0', kind('bridge')),
      link('flannel.1', kind('vxlan', { id: 1 })),
    ]);
    const seen = interfaces({ 'ip-json': json, presence: '+/sys/class/net/wlan0/phy80211' });
    const kinds = Object.fromEntries(Object.values(seen).map(({ name, kind: is }) => [name, is]));
    expect(kinds).toEqual({
      lo: 'loopback',
      eno1: 'ethernet',
      bond0: 'bond',
      vlan20: 'vlan',
      br0: 'bridge',
      veth1: 'veth',
      wg0: 'wireguard',
      tailscale0: 'tun',
      wlan0: 'wifi',
      cni0: 'bridge',
      'flannel.1': 'vxlan',
    });
    expect(seen.vlan20).toMatchObject({ vlanId: 20, parent: 'bond0', mac: 'dc:a6:32:01:02:03' });
    expect(seen.veth1).toMatchObject({ parent: null, master: 'br0' });
    // Its own address, not the one it borrows from the bond.
    expect(seen.eno1).toMatchObject({ mac: '3c:ec:ef:00:00:01', master: 'bond0' });
    expect(seen.lo).toMatchObject({ mac: null, operState: 'unknown' });
    expect(seen.wg0?.mac).toBeNull();
  });

  it('reads addresses with scope and whether they run out', () => {
    const addr_info = [
      { family: 'inet', local: '10.0.10.11', prefixlen: 24, scope: 'global', dynamic: true },
      { family: 'inet6', local: 'FD00:0:0::0B', prefixlen: 64, scope: 'global' },
      { family: 'inet', local: 'nonsense', prefixlen: 24 },
      { family: 'inet', local: '10.0.0.1', prefixlen: 77 },
      { family: 'link', local: 'x' },
    ];
    const files = filesOf({ '/sys/class/net/eth0/speed': '1000' });
    expect(
      interfaces({ 'ip-json': JSON.stringify([link('eth0', { addr_info })]), files }).eth0,
    ).toMatchObject({
      speedMbps: 1000,
      addresses: [
        { address: '10.0.10.11/24', family: 'ipv4', scope: 'global', dynamic: true },
        { address: 'fd00::b/64', family: 'ipv6', scope: 'global', dynamic: false },
      ],
    });
  });

  it('keeps the addresses beside one that it cannot read', () => {
    const addr_info = [{}, { family: 'inet', local: '10.0.10.11', prefixlen: 24 }, null];
    const json = JSON.stringify([null, link('eth0', { addr_info })]);
    expect(interfaces({ 'ip-json': json }).eth0?.addresses).toMatchObject([
      { address: '10.0.10.11/24' },
    ]);
  });

  it.each(['-1', '4294967295', '0', ''])('has no speed where the driver says "%s"', (speed) => {
    const files = filesOf({ '/sys/class/net/eth0/speed': speed });
    expect(
      interfaces({ 'ip-json': JSON.stringify([link('eth0')]), files }).eth0?.speedMbps,
    ).toBeNull();
  });
});

describe('interfaces by the text of ip', () => {
  const text = `1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN group default qlen 1000
    link/loopback 00:00:00:00:00:00 brd 00:00:00:00:00:00 promiscuity 0
    inet 127.0.0.1/8 scope host lo
       valid_lft forever preferred_lft forever
3: eth0.30@eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether dc:a6:32:01:02:03 brd ff:ff:ff:ff:ff:ff promiscuity 0
    vlan protocol 802.1Q id 31 <REORDER_HDR> numtxqueues 1 numrxqueues 1
    inet 10.0.30.11/24 brd 10.0.30.255 scope global dynamic noprefixroute eth0.30
7: vethab12@if2: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue master cni0 state UP group default
    link/ether 5e:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff link-netnsid 0
    veth numtxqueues 1
8: ppp0: <POINTOPOINT,UP> mtu 1492
    link/ppp
    inet 100.64.0.7 peer 100.64.0.1/32 scope global ppp0
`;
  it('with -d tells kind, VLAN id and parent', () => {
    const seen = interfaces({
      'ip-json': { end: 255, text: 'Option "-j" is unknown' },
      'ip-detail': text,
    });
    expect(seen['eth0.30']).toMatchObject({
      kind: 'vlan',
      vlanId: 31,
      parent: 'eth0',
      operState: 'up',
      addresses: [{ address: '10.0.30.11/24', dynamic: true, scope: 'global' }],
    });
    expect(seen.vethab12).toMatchObject({ kind: 'veth', parent: null, master: 'cni0', mtu: 1450 });
    expect(seen.ppp0?.addresses).toMatchObject([{ address: '100.64.0.7/32' }]);
  });

  it('is read too where old iproute2 prints it under -j', () => {
    expect(interfaces({ 'ip-json': text })['eth0.30']).toMatchObject({
      kind: 'vlan',
      addresses: [{ address: '10.0.30.11/24' }],
    });
  });

  it('of busybox leaves the kind to /sys', () => {
    const plain = text.replace(/^ {4}(vlan|veth) .*\n/gm, '').replace(/ state \w+/g, '');
    const files = filesOf({
      '/sys/class/net/eth0.30/type': '1',
      '/sys/class/net/eth0.30/operstate': 'up',
      '/sys/class/net/eth0.30/uevent': 'DEVTYPE=vlan\nINTERFACE=eth0.30\nIFINDEX=3',
      '/sys/class/net/lo/type': '772',
    });
    const seen = interfaces({ 'ip-text': plain, files });
    expect(seen['eth0.30']).toMatchObject({
      kind: 'vlan',
      vlanId: 30,
      parent: 'eth0',
      operState: 'up',
    });
    expect(seen.lo?.kind).toBe('loopback');
  });
});

describe('interfaces without ip', () => {
  it('by busybox ifconfig and /sys', () => {
    const ifconfig = `br0       Link encap:Ethernet  HWaddr EE:E6:2F:8C:FF:BF
          inet addr:10.9.0.1  Bcast:0.0.0.0  Mask:255.255.255.0
          inet6 addr: fe80::1/64 Scope:Link
          UP BROADCAST RUNNING MULTICAST  MTU:1400  Metric:1

lo        Link encap:Local Loopback
          inet addr:127.0.0.1  Mask:255.0.0.0
`;
    const files = filesOf({
      '/sys/class/net/br0/type': '1',
      '/sys/class/net/v0/type': '1',
      '/sys/class/net/br0/uevent': 'DEVTYPE=bridge',
    });
    const seen = interfaces({ ifconfig, files, presence: '+/sys/class/net/br0/lower_v0' });
    expect(seen.br0).toMatchObject({
      kind: 'bridge',
      mac: 'ee:e6:2f:8c:ff:bf',
      mtu: 1400,
      addresses: [{ address: '10.9.0.1/24' }, { address: 'fe80::1/64', scope: 'link' }],
    });
    expect(seen.lo).toMatchObject({ kind: 'loopback', addresses: [{ address: '127.0.0.1/8' }] });
    expect(seen.v0).toMatchObject({ master: 'br0' });
  });

  it('by net-tools 2', () => {
    const ifconfig = `eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        inet 10.0.10.5  netmask 255.255.254.0  broadcast 10.0.11.255
        inet6 fe80::5  prefixlen 64  scopeid 0x20<link>
        ether dc:a6:32:01:02:03  txqueuelen 1000  (Ethernet)
`;
    expect(interfaces({ ifconfig }).eth0).toMatchObject({
      mac: 'dc:a6:32:01:02:03',
      addresses: [{ address: '10.0.10.5/23' }, { address: 'fe80::5/64' }],
    });
  });

  it('by BSD, whose masks are hexadecimal', () => {
    const ifconfig = `em0: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu 1500
\toptions=481009b<RXCSUM>
\tether 00:0c:29:3e:53:f6
\tinet 192.168.1.1 netmask 0xffffff00 broadcast 192.168.1.255
\tinet6 fe80::20c:29ff:fe3e:53f6%em0 prefixlen 64 scopeid 0x1
\tinet6 fd00::1 prefixlen 64
lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> metric 0 mtu 16384
\tinet 127.0.0.1 netmask 0xff000000
tun1: flags=8051<UP,POINTOPOINT,RUNNING> metric 0 mtu 1400
\tinet 10.8.0.1 --> 10.8.0.2 netmask 0xffffffff
\tinet 10.9.0.1 netmask 0xff
`;
    const seen = interfaces({ ifconfig });
    expect(seen.em0?.addresses).toMatchObject([
      { address: '192.168.1.1/24', family: 'ipv4' },
      { address: 'fe80::20c:29ff:fe3e:53f6/64', scope: 'link' },
      { address: 'fd00::1/64', scope: null },
    ]);
    expect(seen.lo0).toMatchObject({ kind: 'loopback', addresses: [{ address: '127.0.0.1/8' }] });
    expect(seen.tun1?.addresses).toMatchObject([{ address: '10.8.0.1/32' }]);
  });

  it('by /proc alone', () => {
    const files = filesOf({
      '/sys/class/net/eth0/type': '1',
      '/sys/class/net/eth0/address': 'dc:a6:32:01:02:03',
      '/sys/class/net/lo/type': '772',
      '/proc/net/if_inet6': 'fd000000000000000000000000000002 04 40 00 82     eth0',
    });
    const net = filesOf({
      '/proc/net/fib_trie':
        'Main:\n     |-- 10.0.10.7\n        /32 host LOCAL\n     |-- 127.0.0.1\n        /32 host LOCAL\n     |-- 10.0.10.255\n        /32 link BROADCAST',
      '/proc/net/route':
        'Iface\tDestination\teth0\neth0\t00000000\t010A000A\t0003\t0\t0\t0\t00000000\neth0\t000A000A\t00000000\t0001\t0\t0\t0\t00FFFFFF',
    });
    const seen = interfaces({ files, 'net-files': net });
    expect(seen.eth0?.addresses.map(({ address }) => address)).toEqual([
      '10.0.10.7/24',
      'fd00::2/64',
    ]);
    expect(seen.lo?.addresses.map(({ address }) => address)).toEqual(['127.0.0.1/8']);
  });

  const sys = filesOf({
    '/sys/class/net/eth0/type': '1',
    '/sys/class/net/eth0/address': 'dc:a6:32:01:02:03',
  });
  it.each<[string, PartFixture]>([
    ['was cut', { end: 'cut', text: '[{"ifname":"eth0","addr_info":[{"family":"inet","local":"1' }],
    ['is no JSON', '[{"ifname":"eth0" "addr_info":[]}]'],
    ['is empty', ''],
  ])('is not /sys without any address where the answer of ip %s', (_, json) => {
    const section = sectionsOf({ files: sys, presence: '@ip', 'ip-json': json }).interfaces;
    expect(section).toMatchObject({ status: 'failed', reason: expect.stringMatching(/^The|^ip/) });
  });

  it('is not /sys where the output ended before ip or the last file was asked', () => {
    expect(sectionsOf({ files: sys, presence: '@ip' }).interfaces).toEqual({
      status: 'failed',
      reason: 'ip was not heard: what came before it was too long.',
    });
    const cut = { end: 'cut', text: '/proc/net/fib_trie:Main:' };
    expect(sectionsOf({ files: sys, 'net-files': cut }).interfaces.status).toBe('failed');
  });

  it('says what is missing, or what ip complained about', () => {
    expect(sectionsOf({}).interfaces.status).toBe('failed');
    expect(
      sectionsOf({ 'ip-json': { end: 1, text: 'Cannot open netlink socket: x' } }).interfaces,
    ).toMatchObject({
      reason: 'ip: Cannot open netlink socket: x',
    });
  });
});
