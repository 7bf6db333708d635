import { expect, it } from 'vitest';
import { factsFixture } from './output-fixture.ts';

const uuid = '11111111-2222-3333-4444-555555555556';
const freebsd = {
  uname: 'FreeBSD 13.3-RELEASE-p8 amd64\n',
  date: '1700003600 +0000 UTC\n',
  nodename: 'store.lan\n',
  sysctl: [
    `kern.hostuuid: ${uuid}`,
    'kern.boottime: { sec = 1700000000, usec = 5 } Tue Nov 14 22:13:20 2023',
    'kern.vm_guest: none',
    "sysctl: unknown oid 'hw.ncpuonline'",
    'kern.smp.cores: 4',
    'kern.smp.threads_per_core: 2',
    'security.jail.jailed: 0',
    'hw.model: ACME CPU  E3',
    'hw.ncpu: 8',
    'hw.physmem: 17000000000',
    'hw.pagesize: 4096',
    'vm.loadavg: { 0.52 0.58 0.59 }',
    'vm.stats.vm.v_free_count: 1000',
    'vm.stats.vm.v_inactive_count: 500',
  ].join('\n'),
  kenv: 'smbios.system.maker="ACME"\nsmbios.system.product="Store 4"\nsmbios.system.serial="S1"\nsmbios.planar.serial="Default string"',
  swap: 'Device          1K-blocks     Used    Avail Capacity\n/dev/ada0p3       2097152      152  2097000     0%',
  mount:
    'zroot/ROOT/default on / (zfs, local, noatime)\ndevfs on /dev (devfs)\nprocfs on /proc (procfs, local)\nfdescfs on /dev/fd (fdescfs)',
  df: 'Filesystem 1024-blocks Used Avail Capacity Mounted on\nzroot/ROOT/default 1000 500 500 50% /\ndevfs 1 1 0 100% /dev\nprocfs 4 4 0 100% /proc\nfdescfs 1 1 0 100% /dev/fd',
  geom: 'Geom name: ada0\nProviders:\n1. Name: ada0\n   Mediasize: 1000204886016 (932G)\n   descr: ACME SSD\n   ident: B1\n   rotationrate: 0\n\nGeom name: da0\nProviders:\n1. Name: da0\n   Mediasize: 2000 (2k)\n   rotationrate: 7200\n',
  'netstat-routes':
    'Routing tables\n\nInternet:\nDestination        Gateway            Flags     Netif Expire\ndefault            10.7.6.1           UGS        igb0\n10.7.6.0/24        link#1             U          igb0\n127.0.0.1          link#3             UH          lo0\n\nInternet6:\nDestination  Gateway Flags Netif Expire\ndefault fe80::1%igb0 UGS igb0\n',
  sockstat:
    'USER     COMMAND    PID   FD PROTO  LOCAL ADDRESS         FOREIGN ADDRESS\nroot     sshd       1234  3  tcp4   *:22                  *:*\n',
};

it('reads a FreeBSD box without /proc and /sys', () => {
  const { sections, identifiers } = factsFixture(freebsd);
  expect(sections).toMatchObject({
    hostname: { data: { hostname: 'store.lan' } },
    os: { data: { id: 'freebsd', prettyName: 'FreeBSD 13.3-RELEASE-p8' } },
    kernel: { data: { name: 'FreeBSD', architecture: 'amd64' } },
    model: { data: { manufacturer: 'ACME', model: 'Store 4', serial: 'S1', source: 'system' } },
    cpu: { data: { model: 'ACME CPU E3', cores: 4, threads: 8 } },
    memory: {
      data: {
        totalBytes: 17_000_000_000,
        availableBytes: 1500 * 4096,
        swapTotalBytes: 2_097_152 * 1024,
        swapFreeBytes: 2_097_000 * 1024,
      },
    },
    load: { data: { one: 0.52, uptimeSeconds: 3600 } },
    virtualization: { data: { kind: 'none' } },
    blockDevices: {
      data: [
        {
          name: 'ada0',
          sizeBytes: 1_000_204_886_016,
          model: 'ACME SSD',
          serial: 'B1',
          rotational: false,
        },
        { name: 'da0', rotational: true },
      ],
    },
    routes: {
      data: [
        { destination: 'default', gateway: '10.7.6.1', interface: 'igb0' },
        { destination: '10.7.6.0/24', gateway: null },
        { destination: '127.0.0.1/32' },
        { family: 'ipv6', destination: 'default', gateway: 'fe80::1' },
      ],
    },
    listeningPorts: { data: [{ protocol: 'tcp', address: '*', port: 22, process: 'sshd' }] },
  });
  expect(sections.fileSystems.status === 'ok' && sections.fileSystems.data).toEqual([
    expect.objectContaining({ mountPoint: '/', type: 'zfs' }),
  ]);
  expect(identifiers).toMatchObject({ hostId: uuid, boardSerial: null });
});

it('reads a Mac, and OpenBSD', () => {
  const mac = factsFixture({
    uname: 'Darwin 23.1.0 arm64\n',
    'sw-vers': 'ProductName:\t\tmacOS\nProductVersion:\t\t14.1\nBuildVersion:\t\t23B74',
    sysctl:
      'machdep.cpu.brand_string: Apple M2\nhw.physicalcpu: 8\nhw.logicalcpu: 8\nhw.memsize: 17179869184\nhw.model: Mac14,3\nvm.swapusage: total = 2048.00M  used = 1024.00M  free = 1024.00M  (encrypted)\nkern.hv_vmm_present: 0',
    ioreg: `"IOPlatformUUID" = "${uuid}"\n"IOPlatformSerialNumber" = "C02"`,
    vm_stat:
      'Mach Virtual Memory Statistics: (page size of 16384 bytes)\nPages free:  100.\nPages inactive:   50.',
  });
  expect(mac.sections).toMatchObject({
    os: { data: { id: 'macos', prettyName: 'macOS 14.1' } },
    model: { data: { manufacturer: 'Apple', model: 'Mac14,3', serial: 'C02' } },
    cpu: { data: { model: 'Apple M2', cores: 8 } },
    memory: {
      data: { totalBytes: 17_179_869_184, availableBytes: 150 * 16_384, swapFreeBytes: 1024 ** 3 },
    },
    virtualization: { data: { kind: 'none' } },
  });
  expect(mac.identifiers).toMatchObject({ hostId: uuid });
  const openbsd = factsFixture({
    sysctl: `kern.hostname=fw.lan\nhw.vendor=QEMU\nhw.product=Standard PC\nhw.uuid=${uuid}\nhw.ncpuonline=2\nhw.model=ACME\nhw.physmem=1000`,
  });
  expect(openbsd.sections).toMatchObject({
    hostname: { data: { hostname: 'fw.lan' } },
    model: { data: { manufacturer: 'QEMU', model: 'Standard PC' } },
    cpu: { data: { threads: 2 } },
  });
  expect(openbsd.identifiers).toMatchObject({ productUuid: uuid });
});

it('tells a jail from the machine around it', () => {
  const sysctl = freebsd.sysctl.replace('jailed: 0', 'jailed: 1');
  const { sections } = factsFixture({ ...freebsd, sysctl });
  expect(sections.virtualization).toMatchObject({ data: { kind: 'jail' } });
  expect(sections.model.status).toBe('absent');
});
