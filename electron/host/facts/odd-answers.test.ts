import { describe, expect, it } from 'vitest';
import { filesOf, type PartFixture, sectionsOf } from './output-fixture.ts';

type Told<T> = { readonly status: 'ok'; readonly data: T } | { readonly reason: string };

/** What public reports of other programs show real machines to say; the right value beside it. */
function told<T>(section: Told<T>): T {
  if (!('data' in section)) throw new Error(section.reason);
  return section.data;
}
const file = (path: string, text: string) => ({ files: filesOf({ [path]: text }) });

describe('interfaces', () => {
  it('keeps an address whose prefix length is told as text', () => {
    const addr_info = [{ family: 'inet', local: '10.0.0.1', prefixlen: '24', scope: 'global' }];
    const text = JSON.stringify([{ ifname: 'eth0', link_type: 'ether', mtu: '1500', addr_info }]);
    expect(told(sectionsOf({ 'ip-json': text }).interfaces)).toMatchObject([
      { mtu: 1500, addresses: [{ address: '10.0.0.1/24' }] },
    ]);
  });

  it('knows a card below a bond by its own MAC, where only the bond tells it', () => {
    const own = '02:00:00:00:00:0e';
    const json = JSON.stringify([
      {
        ifname: 'eno1',
        link_type: 'ether',
        address: '02:00:00:00:00:0c',
        linkinfo: { info_slave_kind: 'bond', info_slave_data: { perm_hwaddr: own } },
        addr_info: [],
      },
    ]);
    const text = `2: eno1: <BROADCAST,SLAVE,UP> mtu 1500 master bond0 state UP
    link/ether 02:00:00:00:00:0c brd ff:ff:ff:ff:ff:ff promiscuity 0
    bond_slave state ACTIVE mii_status UP perm_hwaddr ${own} queue_id 0 `;
    for (const parts of [{ 'ip-json': json }, { 'ip-detail': text }] as const) {
      expect(told(sectionsOf(parts).interfaces)).toMatchObject([{ mac: own }]);
    }
  });

  it('takes what has a MAC for a card where neither the tool nor /sys tells its kind', () => {
    const link = (name: string, at: number) => `${at}: ${name}: <UP> mtu 1500
    link/ether 02:00:00:00:00:0${at} brd ff:ff:ff:ff:ff:ff`;
    const text = ['eth0', 'eth0.20@eth0', 'br0', 'wlan0', 'veth1a@if7', 'bond0'].map(link);
    const links = told(sectionsOf({ 'ip-text': text.join('\n') }).interfaces);
    expect(links.map(({ name, kind, vlanId }) => [name, kind, vlanId])).toEqual([
      ['eth0', 'ethernet', null],
      ['eth0.20', 'vlan', 20],
      ['br0', 'bridge', null],
      ['wlan0', 'wifi', null],
      ['veth1a', 'veth', null],
      ['bond0', 'bond', null],
    ]);
  });

  it('takes no half of an InfiniBand address for a MAC', () => {
    const ifconfig = `ib0       Link encap:InfiniBand  HWaddr 80:00:00:48:FE:80:00:00:00:00:00:00:00:00:00:00:00:00:00:00
          inet addr:10.6.0.1  Bcast:10.6.0.255  Mask:255.255.255.0`;
    expect(told(sectionsOf({ ifconfig }).interfaces)).toMatchObject([
      { mac: null, addresses: [{ address: '10.6.0.1/24' }] },
    ]);
  });

  it('reads ifconfig of illumos, which leaves out 0x and leading zeros', () => {
    const ifconfig = `igb0: flags=1000843<UP,BROADCAST,RUNNING,MULTICAST,IPv4> mtu 1500 index 2
	inet 10.0.0.9 netmask ffffff00 broadcast 10.0.0.255
	ether 0:1b:21:a:b:c
igb0:1: flags=1000843<UP,BROADCAST,RUNNING,MULTICAST,IPv4> mtu 1500 index 2
	inet 10.0.0.10 netmask ffffff00 broadcast 10.0.0.255`;
    expect(told(sectionsOf({ ifconfig }).interfaces)).toMatchObject([
      {
        name: 'igb0',
        mac: '00:1b:21:0a:0b:0c',
        addresses: [{ address: '10.0.0.9/24' }, { address: '10.0.0.10/24' }],
      },
    ]);
  });
});

describe('block devices', () => {
  const types = (parts: Record<string, PartFixture>) =>
    Object.fromEntries(told(sectionsOf(parts).blockDevices).map(({ name, type }) => [name, type]));

  it('counts no memory, volume, cache or boot area as a disk', () => {
    const names = ['sda', 'zram0', 'zd16', 'bcache0', 'mmcblk0', 'mmcblk0boot0', 'rbd0'];
    const blockdevices = names.map((name) => ({ name, kname: name, type: 'disk', size: 9 }));
    expect(types({ lsblk: JSON.stringify({ blockdevices }) })).toEqual({
      sda: 'disk',
      zram0: 'zram',
      zd16: 'zvol',
      bcache0: 'cache',
      mmcblk0: 'disk',
      mmcblk0boot0: 'boot',
      rbd0: 'network',
    });
  });

  it('believes a whole list whatever code lsblk ends with', () => {
    const text = JSON.stringify({ blockdevices: [{ name: 'sda', type: 'disk', size: 9 }] });
    expect(types({ lsblk: { end: 64, text } })).toEqual({ sda: 'disk' });
  });

  it('names a mapped device of an old lsblk without the kernel name beside it', () => {
    const pairs = [
      'NAME="sda" KNAME="sda" TYPE="disk" SIZE="9" PKNAME=""',
      'NAME="vg-root (dm-0)" KNAME="dm-0" TYPE="lvm" SIZE="9" PKNAME="sda"',
    ].join('\n');
    expect(told(sectionsOf({ 'lsblk-pairs': pairs }).blockDevices)).toMatchObject([
      { name: 'sda' },
      { name: 'vg-root', kernelName: 'dm-0', parent: 'sda' },
    ]);
  });

  it('lists a disk in a folder of /dev once, and none for a path to another', () => {
    const seen = told(
      sectionsOf({
        'block-files': filesOf({
          '/sys/block/cciss!c0d0/size': '10',
          '/sys/block/cciss!c0d0/cciss!c0d0p1/partition': '1',
          '/sys/block/cciss!c0d0/cciss!c0d0p1/size': '5',
          '/sys/block/nvme0n1/size': '10',
          '/sys/block/nvme0c0n1/size': '10',
          '/proc/partitions': ' 104 0 5 cciss/c0d0\n 104 1 2 cciss/c0d0p1',
        }),
      }).blockDevices,
    );
    expect(seen.map(({ name, parent }) => [name, parent])).toEqual([
      ['cciss/c0d0', null],
      ['cciss/c0d0p1', 'cciss/c0d0'],
      ['nvme0n1', null],
    ]);
  });
});

describe('file systems', () => {
  const head = 'Filesystem 1024-blocks Used Available Capacity';

  it('names a disk in a container by its mount, not by /etc/hosts', () => {
    const df = `${head} Mounted on\n/dev/sda2 9 5 4 50% /etc/hosts\n/dev/sda2 9 5 4 50% /data`;
    expect(told(sectionsOf({ df }).fileSystems)).toMatchObject([{ mountPoint: '/data' }]);
  });

  it('reads df of macOS with its counts of files', () => {
    const df = `${head} iused ifree %iused Mounted on\n/dev/disk1s1 9 5 4 50% 488275 4881964605 0% /`;
    expect(told(sectionsOf({ df }).fileSystems)).toMatchObject([
      { mountPoint: '/', usedBytes: 5120 },
    ]);
  });
});

describe('names', () => {
  it('reads os-release as a shell would', () => {
    const text = `NAME=Alpine\\ Linux\nID='al'"pine"\nVERSION_ID="12" # now\nPRETTY_NAME="A \\"B\\" \\$5 #1"`;
    expect(told(sectionsOf(file('/etc/os-release', text)).os)).toEqual({
      id: 'alpine',
      name: 'Alpine Linux',
      version: '12',
      prettyName: 'A "B" $5 #1',
    });
  });

  it('takes no comment for a host name, and finds the whole name in either case', () => {
    expect(told(sectionsOf(file('/etc/hostname', '# set at install\nnas')).hostname)).toMatchObject(
      {
        hostname: 'nas',
      },
    );
    const files = { '/proc/sys/kernel/hostname': 'NAS', '/etc/hosts': '127.0.1.1 nas.lan nas' };
    expect(told(sectionsOf({ files: filesOf(files) }).hostname)).toMatchObject({ fqdn: 'nas.lan' });
  });

  it('reads a machine id in capitals, and the one of D-Bus where the other is not made yet', () => {
    const id = '0123456789abcdef0123456789abcdef';
    expect(told(sectionsOf(file('/etc/machine-id', id.toUpperCase())).machineId)).toEqual({
      machineId: id,
    });
    const files = { '/etc/machine-id': 'uninitialized', '/var/lib/dbus/machine-id': id };
    expect(told(sectionsOf({ files: filesOf(files) }).machineId)).toEqual({ machineId: id });
  });

  it('tells a DNS server once, and only what is an address', () => {
    const text = 'nameserver 1.1.1.1\nnameserver fe80::1%2\nnameserver 1.1.1.1\nnameserver dns.lan';
    expect(told(sectionsOf(file('/etc/resolv.conf', text)).dns).servers).toEqual([
      '1.1.1.1',
      'fe80::1%2',
    ]);
  });
});

describe('listening ports', () => {
  it('keeps names of processes with quotes and parentheses', () => {
    const ss = `tcp LISTEN 0 128 0.0.0.0:80 0.0.0.0:* users:(("we"ird",pid=1,fd=3),("b",pid=2,fd=3))
tcp LISTEN 0 128 0.0.0.0:81 0.0.0.0:* users:(("nginx: (x)",pid=1,fd=3))
tcp LISTEN 0 128 0.0.0.0:82 0.0.0.0:* users:(("old",1234,4))`;
    const names = told(sectionsOf({ ss }).listeningPorts).map(({ process }) => process);
    expect(names).toEqual(['we"ird', 'nginx: (x)', 'old']);
  });

  it('keeps ports of sockstat whose process has a blank in its name, or none', () => {
    const sockstat = `www      nginx: master 12 6 tcp4 *:80 *:*
?        ?          ?     ?  tcp4   10.0.0.1:2049         *:*`;
    expect(told(sectionsOf({ sockstat }).listeningPorts)).toMatchObject([
      { port: 80, process: 'nginx: master' },
      { port: 2049, process: null },
    ]);
  });
});

it('keeps the memory where one counter fell below zero', () => {
  const text = 'MemTotal: 1000 kB\nMemAvailable: 18446744073709551 kB\nSwapTotal: 0 kB';
  expect(told(sectionsOf(file('/proc/meminfo', text)).memory)).toMatchObject({
    totalBytes: 1_024_000,
    availableBytes: null,
  });
});

describe('what runs the machine', () => {
  const kindOf = (files: Record<string, string>) =>
    told(sectionsOf({ files: filesOf(files) }).virtualization).kind;
  const dmi = (sys_vendor: string, product_name: string, more: Record<string, string> = {}) =>
    Object.fromEntries(
      Object.entries({ sys_vendor, product_name, ...more }).map(([name, text]) => [
        `/sys/class/dmi/id/${name}`,
        text,
      ]),
    );

  it('takes no server of a maker of virtual machines for one', () => {
    expect(kindOf(dmi('Oracle Corporation', 'ORACLE SERVER X5-2'))).toBe('none');
    expect(kindOf(dmi('Amazon EC2', 'c5.metal'))).toBe('none');
    expect(kindOf(dmi('Amazon EC2', 't3.micro'))).toBe('amazon');
    expect(kindOf(dmi('innotek GmbH', 'VirtualBox'))).toBe('oracle');
  });

  it('knows a virtual machine by its firmware, a container of LXC by the group of init', () => {
    const bios = { bios_vendor: 'EFI Development Kit II / OVMF' };
    expect(kindOf(dmi('Scaleway', 'SCW-DEV1-S', bios))).toBe('kvm');
    expect(kindOf({ '/proc/1/cgroup': '0::/.lxc' })).toBe('lxc');
    expect(kindOf({ '/proc/cpuinfo': 'vendor_id\t: User Mode Linux' })).toBe('uml');
  });
});

describe('neighbours by LLDP', () => {
  const json = (link: object) => JSON.stringify({ lldp: [{ interface: [link] }] });

  it('keeps numbers of ports that come without quotes', () => {
    const port = [{ id: [{ type: 'local', value: 7 }], descr: [{ value: 'x' }] }];
    expect(told(sectionsOf({ lldp: json({ name: 'eth0', port }) }).lldp)).toMatchObject([
      { portId: '7', portDescription: 'x' },
    ]);
  });

  it('never calls none what was not understood', () => {
    expect(sectionsOf({ presence: '@lldpcli', lldp: json({ nom: 'eth0' }) }).lldp.status).toBe(
      'failed',
    );
  });

  it('tells two neighbours on one port, and the untagged VLAN among several, of keyvalue', () => {
    const pairs = `lldp.eth0.via=LLDP
lldp.eth0.rid=1
lldp.eth0.chassis.name=sw1
lldp.eth0.vlan.vlan-id=10
lldp.eth0.vlan.pvid=no
lldp.eth0.vlan.vlan-id=20
lldp.eth0.vlan.pvid=yes
lldp.eth0.via=LLDP
lldp.eth0.rid=2
lldp.eth0.chassis.name=sw2`;
    expect(told(sectionsOf({ lldp: 'nothing', 'lldp-pairs': pairs }).lldp)).toMatchObject([
      { interface: 'eth0', chassisName: 'sw1', pvid: 20 },
      { interface: 'eth0', chassisName: 'sw2', pvid: null },
    ]);
  });
});

it('knows a board by its serial number in /proc/cpuinfo where the device tree is hidden', () => {
  const text = (serial: string) =>
    `processor\t: 0\n\nHardware\t: BCM2835\nSerial\t\t: ${serial}\nModel\t\t: Raspberry Pi 3`;
  const serialOf = (serial: string) =>
    told(sectionsOf(file('/proc/cpuinfo', text(serial))).model).serial;
  expect(serialOf('00000000abcdef01')).toBe('00000000abcdef01');
  expect(serialOf('0000000000000000')).toBe(null);
});

it('takes no podman that is called docker for both', () => {
  const client = '{"Client":{"APIVersion":"4.9.3","Version":"4.9.3"}}';
  const said = `Emulate Docker CLI using podman. Create /etc/containers/nodocker to quiet msg.\n${client}`;
  for (const docker of [client, said]) {
    const parts = { presence: '@docker\n@podman', docker, podman: 'podman version 4.9.3' };
    const engines = told(sectionsOf(parts).containers).map(({ engine }) => engine);
    expect(engines).toEqual(['podman']);
  }
});

it('tells the memory that a container may use, not that of its host', () => {
  const meminfo = { '/proc/meminfo': 'MemTotal: 64000 kB\nMemAvailable: 32000 kB' };
  const limit = {
    '/sys/fs/cgroup/memory.max': '8192000',
    '/sys/fs/cgroup/memory.current': '2048000',
  };
  const files = filesOf({ ...meminfo, ...limit });
  const memoryOf = (parts: Record<string, PartFixture>) => told(sectionsOf(parts).memory);
  expect(memoryOf({ presence: '+/.dockerenv', files })).toMatchObject({
    totalBytes: 8_192_000,
    availableBytes: 6_144_000,
  });
  expect(memoryOf({ files }).totalBytes).toBe(65_536_000);
  const unlimited = filesOf({ ...meminfo, '/sys/fs/cgroup/memory.max': 'max' });
  expect(memoryOf({ presence: '+/.dockerenv', files: unlimited }).totalBytes).toBe(65_536_000);
});

it('keeps the metric of a route that is told as text, and calls no processor unknown', () => {
  const route = [{ dst: 'default', gateway: '10.0.0.1', dev: 'eth0', metric: '100' }];
  const parts = { 'routes4-json': JSON.stringify(route), 'routes6-json': '[]' };
  expect(told(sectionsOf(parts).routes)).toMatchObject([{ metric: 100 }]);
  const cpuinfo = file('/proc/cpuinfo', 'processor\t: 0\nmodel name\t: unknown');
  expect(told(sectionsOf(cpuinfo).cpu).model).toBe(null);
});
