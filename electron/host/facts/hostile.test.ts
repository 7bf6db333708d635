import { describe, expect, it } from 'vitest';
import { outputOf, type PartFixture, sectionsOf } from './output-fixture.ts';
import { parseFacts } from './parse.ts';

/** Reading is synchronous: whatever is not linear would hold up the host for everybody. */
const size = 1024 * 1024;
/** Each takes some 10 ms; a shared computer may be slow, a quadratic reader takes minutes. */
const boundMs = 2_000;

const fill = (unit: string): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);

function msOf(parts: Readonly<Record<string, PartFixture>>): number {
  const output = outputOf(parts);
  const begin = performance.now();
  parseFacts(output, 'abc123', { collectedAt: 1, durationMs: 1 });
  return performance.now() - begin;
}

const jsonOf = (local: string) =>
  JSON.stringify([{ ifname: 'a', addr_info: [{ family: 'inet6', local, prefixlen: 64 }] }]);
const failing = (text: string): PartFixture => ({ end: 1, text });
const now = { date: '1 +0 UTC' };

describe('one line of a megabyte costs little', () => {
  it.each<[string, Record<string, PartFixture>]>([
    ['a link without a target', { links: fill('/') }],
    ['the target of a time zone', { ...now, links: `/etc/localtime -> ${fill('/zoneinfo/')} ` }],
    ['the target of a master', { links: `/sys/class/net/a/master -> ${fill('x')}/` }],
    ['blanks of df', { df: `a${fill(' ')}x` }],
    ['numbers of df', { df: `a${fill(' 1')}x` }],
    ['rows in one row of df', { df: fill('a 1 1 1 1% /\r') }],
    ['paths of df without a row', { df: fill('a\n  ') }],
    ['blanks of cpuinfo', { files: `/proc/cpuinfo:a${fill(' ')}x` }],
    ['the blanks after a value', { files: `/proc/cpuinfo:a:x${fill(' ')}x` }],
    ['the system', { files: `/etc/os-release:${fill(' ')}` }],
    ['the maker', { files: `/sys/class/dmi/id/sys_vendor:${fill('microsoft corporation')}` }],
    ['hosts', { files: `/proc/sys/kernel/hostname:a\n/etc/hosts:${fill('# ')}` }],
    ['name servers', { files: `/etc/resolv.conf:${fill('# ')}` }],
    ['uname', { uname: `a ${fill('b ')}` }],
    ['the zone of date', { date: `1 ${fill('x')} y z` }],
    ['empty lines of timedatectl', { ...now, 'timedatectl-status': fill('\n') }],
    ['blanks of chronyc', { ...now, chrony: `Leap status${fill(' ')}x` }],
    ['lldpd', { presence: '@lldpcli', lldp: failing(fill('unable to connect to socket ')) }],
    ['ss', { ss: `tcp LISTEN 0 1 ${fill(':1')}` }],
    ['routes', { 'routes4-text': `default${fill(' dev')}` }],
    ['places that are none', { 'routes4-text': fill('a\n') }],
    ['next hops of a long way', { 'routes4-text': `${fill('a')}${fill('\n\tnexthop')}` }],
    ['next hops', { 'routes4-text': `default${fill('\n\tnexthop')}` }],
    ['empty lines of ifconfig', { ifconfig: `a Link encap:${fill('\n')}` }],
    ['addresses of ifconfig', { ifconfig: `a Link encap:x ${fill('inet addr:1 ')}` }],
    ['addresses of ip', { 'ip-detail': `1: a: <> \n    inet ${fill('1 ')}` }],
    ['an address of ip', { 'ip-detail': `1: a: <> \n    inet6 ${fill('0:')}/64` }],
    ['an address of ip -j', { 'ip-json': jsonOf(fill('0:')), 'ip-text': fill('1: a: <> \n') }],
    ['masks', { 'net-files': `/proc/net/route:a 00000000 00000000 0 0 0 0 ${fill('F')}` }],
    ['JSON that never ends', { 'ip-json': fill('['), lsblk: fill(' '), docker: fill('] ') }],
    ['a nest', { lsblk: `{"blockdevices":[${fill('{"name":"a","children":[')}` }],
    ['an engine', { containerd: fill('containerd '), crio: fill('Version:\n') }],
    ['a GPU', { 'nvidia-smi': fill(','), 'nvidia-smi-older': fill('no devices were foun') }],
  ])('in %s', (_, parts) => {
    expect(msOf(parts)).toBeLessThan(boundMs);
  });
});

describe('thousands of interfaces', () => {
  const names = Array.from({ length: 3_000 }, (_, at) => `veth${at}`);
  const sys = names.flatMap((name, at) => [
    `/sys/class/net/${name}/address:02:00:00:00:00:01`,
    `/sys/class/net/${name}/type:1`,
    `/sys/class/net/${name}/ifindex:${at + 5}`,
    `/sys/class/net/${name}/iflink:${at + 6}`,
    `/sys/class/net/${name}/uevent:DEVTYPE=${at % 2 ? 'vlan' : 'macvlan'}`,
    `/proc/net/vlan/config:${name} | ${(at % 4000) + 1} | br0`,
    `/proc/net/if_inet6:fd${at.toString(16).padStart(30, '0')} 04 40 00 82 ${name}`,
  ]);
  const presence = [
    '+/sys/class/net/br0/bridge',
    ...names.map((name) => `+/sys/class/net/br0/lower_${name}`),
  ].join('\n');
  const hex = (at: number) => `0A${at.toString(16).toUpperCase().padStart(4, '0')}`;
  const proc = [
    ...names.map(
      (name, at) =>
        `/proc/net/route:${name}\t00${hex(at).match(/../g)?.reverse().join('')}\t00000000\t1\t0\t0\t0\t00FFFFFF`,
    ),
    ...names.flatMap((_, at) => [
      `/proc/net/fib_trie:   |-- 10.${at >> 8}.${at & 255}.1`,
      '/proc/net/fib_trie:      /32 host LOCAL',
    ]),
  ].join('\n');
  const files = sys.join('\n');
  const text = names.map(
    (name, at) => `${at}: ${name}@br0: <UP> mtu 1500 \n    link/ether 02:00:00:00:00:01`,
  );
  const json = names.map((ifname) => ({
    ifname,
    master: 'br0',
    link_type: 'ether',
    operstate: 'UP',
    addr_info: [],
  }));

  it.each<[string, Record<string, PartFixture>]>([
    ['ip -j', { files, presence, 'ip-json': JSON.stringify(json) }],
    ['ip', { files, presence, 'ip-text': text.join('\n') }],
    ['/proc', { files, presence, 'net-files': proc }],
  ])('by %s are read in little time, each with its bridge', (_, parts) => {
    expect(msOf(parts)).toBeLessThan(boundMs);
    const { interfaces } = sectionsOf(parts);
    expect(interfaces.status === 'ok' && interfaces.data).toHaveLength(3_000);
    const last = interfaces.status === 'ok' ? interfaces.data.at(-1) : null;
    expect(last).toMatchObject({ name: 'veth2999', master: 'br0', kind: 'vlan', vlanId: 3000 });
  });

  it('keep their own addresses', () => {
    const { interfaces } = sectionsOf({ files, presence, 'net-files': proc });
    const last = interfaces.status === 'ok' ? interfaces.data.at(-1) : null;
    expect(last?.addresses).toMatchObject([
      { address: '10.11.183.1/24' },
      { address: expect.stringMatching(/^fd/) },
    ]);
  });
});

describe('what grew with the square of its size', () => {
  const lower = (count: number) =>
    Array.from({ length: count }, (_, at) => `+/sys/class/net/br${at}/lower_eth0`).join('\n');
  const text = (names: readonly string[]) =>
    names.map((name, at) => `${at}: ${name}: <UP> mtu 1500 \n    link/ether 02:00:00:00:00:01`);
  const local = (at: number) => `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}`;

  it.each<[string, Record<string, PartFixture>]>([
    [
      'one interface 2,000 times, below 20,000 others',
      {
        presence: lower(20_000),
        'ip-text': text(Array.from({ length: 2_000 }, () => 'eth0')).join('\n'),
      },
    ],
    [
      'one interface with 50,000 addresses',
      {
        'ip-text': `1: eth0: <UP> mtu 1500\n${Array.from({ length: 50_000 }, (_, at) => `    inet ${local(at)}/24 scope global eth0`).join('\n')}`,
      },
    ],
    [
      'an alias 20,000 times',
      {
        ifconfig: Array.from(
          { length: 20_000 },
          (_, at) =>
            `eth0:${at}    Link encap:Ethernet\n          inet addr:${local(at)}  Mask:255.255.255.0\n`,
        ).join('\n'),
      },
    ],
    [
      'a disk below 20,000 others of one name',
      {
        lsblk: JSON.stringify({
          blockdevices: Array.from({ length: 20_000 }, (_, at) => ({
            name: `sd${at}`,
            size: 1,
            children: [{ name: 'md0', size: 1 }],
          })),
        }),
      },
    ],
    [
      '20,000 pairs of lldpd',
      {
        presence: '@lldpcli',
        lldp: 'x',
        'lldp-pairs': Array.from(
          { length: 20_000 },
          (_, at) => `lldp.eth${at}.chassis.name=a`,
        ).join('\n'),
      },
    ],
  ])('is linear: %s', (_, parts) => {
    expect(msOf(parts)).toBeLessThan(boundMs);
  });
});
