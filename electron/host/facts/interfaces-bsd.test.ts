import { expect, it } from 'vitest';
import { sectionsOf } from './output-fixture.ts';

function interfaces(ifconfig: string) {
  const section = sectionsOf({ ifconfig }).interfaces;
  if (section.status !== 'ok') throw new Error(section.reason);
  return Object.fromEntries(section.data.map((link) => [link.name, link]));
}
const block = (name: string, ...lines: string[]) =>
  [`${name}: flags=8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> metric 0 mtu 1500`, ...lines].join(
    '\n\t',
  );
const ether = 'ether 02:00:00:00:00:01';
const card = 'media: Ethernet autoselect (1000baseT <full-duplex>)';

it('reads a FreeBSD router: cards, a VLAN, a lagg, a bridge, jails and tunnels', () => {
  const seen = interfaces(
    [
      block('igb0', ether, 'hwaddr 02:00:00:00:00:99', card, 'status: active'),
      block(
        'ix0',
        ether,
        'media: Ethernet autoselect (10Gbase-SR <full-duplex>)',
        'status: active',
      ),
      block('re0', ether, 'media: Ethernet autoselect (none)', 'status: no carrier'),
      block('vtnet0', ether),
      block(
        'igb0.20',
        ether,
        'groups: vlan',
        'vlan: 20 vlanproto: 802.1q vlanpcp: 0 parent interface: igb0',
      ),
      block('wan', ether, 'groups: vlan WAN', 'vlan: 7 vlanpcp: 0 parent interface: lagg0'),
      block(
        'lagg0',
        ether,
        'laggproto lacp lagghash l2,l3,l4',
        'laggport: ix0 flags=1c<ACTIVE>',
        'groups: lagg',
      ),
      block('bridge0', ether, 'member: epair0a flags=143<LEARNING>', 'groups: bridge'),
      block(
        'epair0a',
        ether,
        'groups: epair',
        'inet 10.0.0.1 netmask 0xffffff00 broadcast 10.0.0.255 vhid 1',
      ),
      block('wg0', 'groups: wg', 'inet 10.9.0.1 netmask 0xffffffff'),
      block('pflog0', 'groups: pflog'),
      block(
        'wlan0',
        ether,
        'groups: wlan',
        'media: IEEE 802.11 Wireless Ethernet autoselect',
        'status: associated',
      ),
      'lo0: flags=8049<UP,LOOPBACK,RUNNING,MULTICAST> metric 0 mtu 16384\n\tinet 127.0.0.1 netmask 0xff000000\n\tgroups: lo',
    ].join('\n'),
  );
  const kinds = Object.fromEntries(Object.values(seen).map(({ name, kind }) => [name, kind]));
  expect(kinds).toEqual({
    igb0: 'ethernet',
    ix0: 'ethernet',
    re0: 'ethernet',
    vtnet0: 'ethernet',
    'igb0.20': 'vlan',
    wan: 'vlan',
    lagg0: 'bond',
    bridge0: 'bridge',
    epair0a: 'veth',
    wg0: 'wireguard',
    pflog0: 'pflog',
    wlan0: 'wifi',
    lo0: 'loopback',
  });
  expect(seen.igb0).toMatchObject({
    mac: '02:00:00:00:00:01',
    permanentMac: '02:00:00:00:00:99',
    operState: 'up',
    speedMbps: 1000,
    mtu: 1500,
  });
  expect(seen.re0).toMatchObject({ operState: 'down', speedMbps: null });
  expect(seen.ix0).toMatchObject({ speedMbps: 10_000, master: 'lagg0' });
  expect(seen['igb0.20']).toMatchObject({ vlanId: 20, parent: 'igb0' });
  expect(seen.wan).toMatchObject({ vlanId: 7, parent: 'lagg0' });
  expect(seen.epair0a).toMatchObject({
    master: 'bridge0',
    addresses: [{ address: '10.0.0.1/24' }],
  });
});

it('reads OpenBSD, NetBSD and macOS', () => {
  const seen = interfaces(
    [
      block(
        'em0',
        'lladdr 02:00:00:00:00:02',
        'index 1 priority 0 llprio 3',
        'groups: egress',
        card,
        'status: active',
        'inet 10.1.0.2 netmask 0xffffff00 broadcast 10.1.0.255',
      ),
      block(
        'vlan30',
        'lladdr 02:00:00:00:00:02',
        'encap: vnetid 30 parent em0 txprio packet rxprio outer',
        'groups: vlan',
      ),
      block(
        'trunk0',
        'lladdr 02:00:00:00:00:02',
        'trunkproto failover',
        'trunkport em0 master,active',
        'groups: trunk',
      ),
      'wm0: flags=0x8843<UP,BROADCAST,RUNNING,SIMPLEX,MULTICAST> mtu 1500\n\taddress: 02:00:00:00:00:03\n\tinet 10.2.0.2/24 broadcast 10.2.0.255 flags 0\n\tinet6 fe80::3%wm0/64 flags 0 scopeid 0x1',
      block(
        'en0',
        ether,
        'inet6 fe80::1%en0 prefixlen 64 secured scopeid 0x6',
        'media: autoselect',
        'status: active',
      ),
      block('utun3', 'inet 10.8.0.2 --> 10.8.0.1 netmask 0xffffffff'),
      block('awdl0', ether),
    ].join('\n'),
  );
  expect(seen.em0).toMatchObject({ kind: 'ethernet', mac: '02:00:00:00:00:02', master: 'trunk0' });
  expect(seen.vlan30).toMatchObject({ kind: 'vlan', vlanId: 30, parent: 'em0' });
  expect(seen.trunk0).toMatchObject({ kind: 'bond' });
  expect(seen.wm0).toMatchObject({
    kind: 'ethernet',
    mac: '02:00:00:00:00:03',
    addresses: [{ address: '10.2.0.2/24' }, { address: 'fe80::3/64', scope: 'link' }],
  });
  expect(seen.en0).toMatchObject({ kind: 'ethernet', operState: 'up' });
  expect(seen.utun3).toMatchObject({ kind: 'tun', addresses: [{ address: '10.8.0.2/32' }] });
  expect(seen.awdl0).toMatchObject({ kind: 'awdl' });
});

it('takes an alias of old ifconfig for an address of its interface', () => {
  const seen = interfaces(`eth0      Link encap:Ethernet  HWaddr 02:00:00:00:00:01
          inet addr:10.0.0.5  Bcast:10.0.0.255  Mask:255.255.255.0

eth0:1    Link encap:Ethernet  HWaddr 02:00:00:00:00:01
          inet addr:10.0.0.6  Bcast:10.0.0.255  Mask:255.255.255.0`);
  expect(Object.keys(seen)).toEqual(['eth0']);
  expect(seen.eth0?.addresses.map(({ address }) => address)).toEqual([
    '10.0.0.5/24',
    '10.0.0.6/24',
  ]);
});
