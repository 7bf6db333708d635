import { expect, it } from 'vitest';
import { filesOf, type PartFixture, sectionsOf } from './output-fixture.ts';

const kind = (parts: Record<string, PartFixture>) => sectionsOf(parts).virtualization;
const is = (name: string) => ({ status: 'ok', data: { kind: name } });

it('believes systemd-detect-virt, which ends with 1 for none', () => {
  expect(kind({ virt: 'kvm\n' })).toEqual(is('kvm'));
  expect(kind({ virt: { end: 1, text: 'none\n' } })).toEqual(is('none'));
});

it.each([
  ['kvm', { '/sys/class/dmi/id/sys_vendor': 'QEMU' }],
  ['vmware', { '/sys/class/dmi/id/sys_vendor': 'VMware, Inc.' }],
  [
    'microsoft',
    {
      '/sys/class/dmi/id/sys_vendor': 'Microsoft Corporation',
      '/sys/class/dmi/id/product_name': 'Virtual Machine',
    },
  ],
  [
    'none',
    {
      '/sys/class/dmi/id/sys_vendor': 'Microsoft Corporation',
      '/sys/class/dmi/id/product_name': 'Surface Pro',
    },
  ],
  ['none', { '/sys/class/dmi/id/sys_vendor': 'Dell Inc.' }],
  ['xen', { '/sys/hypervisor/type': 'xen' }],
  ['lxc', { '/run/systemd/container': 'lxc' }],
  ['vm-other', { '/sys/bus/pci/devices/0000:00:03.0/vendor': '0x1af4' }],
])('else hints lead to %s', (expected, files: Record<string, string>) => {
  expect(kind({ files: filesOf(files) })).toEqual(is(expected));
});

it('sees containers by their marks, and a board by its device tree', () => {
  expect(kind({ presence: '+/.dockerenv' })).toEqual(is('docker'));
  expect(kind({ presence: '+/run/.containerenv' })).toEqual(is('podman'));
  expect(kind({ 'device-tree': '/proc/device-tree/model:Raspberry Pi 5' })).toEqual(is('none'));
});

it('says that it does not know', () => {
  expect(kind({})).toMatchObject({ status: 'failed' });
  expect(kind({ virt: 'Segmentation fault ???' })).toMatchObject({ status: 'failed' });
});

const lxcfs = (file: string) => `lxcfs ${file} fuse.lxcfs rw,nosuid 0 0`;

it.each<[string, Record<string, PartFixture>]>([
  ['lxc', { init: 'container=lxc' }],
  ['lxc', { init: 'container=lxcterm' }],
  ['systemd-nspawn', { init: 'container=systemd-nspawn' }],
  ['lxc', { files: filesOf({ '/proc/mounts': lxcfs('/proc/meminfo') }) }],
  ['lxc', { files: filesOf({ '/proc/1/cgroup': '12:pids:/lxc/105\n1:name=systemd:/lxc/105' }) }],
  ['lxc', { files: filesOf({ '/proc/1/cgroup': '1:name=systemd:/lxc.payload.dns/init.scope' }) }],
  ['docker', { files: filesOf({ '/proc/1/cgroup': '5:cpu:/docker/0a1b2c' }) }],
  ['container-other', { files: filesOf({ '/proc/1/cgroup': '5:cpu:/kubepods/besteffort/pod1' }) }],
  ['wsl', { files: filesOf({ '/proc/sys/kernel/osrelease': '5.15.90-microsoft-standard-WSL2' }) }],
  ['gvisor', { files: filesOf({ '/proc/mounts': 'none / 9p rw 0 0' }) }],
  ['openvz', { presence: '+/proc/vz' }],
  ['kvm', { files: filesOf({ '/proc/sysinfo': 'VM00 Control Program: KVM/Linux' }) }],
  ['zvm', { files: filesOf({ '/proc/sysinfo': 'VM00 Control Program: z/VM    7.1.0' }) }],
  ['none', { files: filesOf({ '/proc/sysinfo': 'Manufacturer: IBM' }) }],
  ['kvm', { 'device-tree': '/proc/device-tree/hypervisor/compatible:linux,kvm' }],
  [
    'vm-other',
    { hypervisor: 'hypervisor\n', files: filesOf({ '/sys/class/dmi/id/sys_vendor': 'ACME' }) },
  ],
  ['xen', { presence: '+/proc/xen' }],
  ['none', { presence: '+/proc/xen', files: filesOf({ '/proc/xen/capabilities': 'control_d' }) }],
])('without systemd, %s is told by %j, and not the machine around it', (expected, parts) => {
  const host = filesOf({
    '/sys/class/dmi/id/sys_vendor': 'ACME',
    '/sys/class/dmi/id/product_name': 'R7',
  });
  const files = [
    parts.files ?? '',
    parts.presence || String(parts.files ?? '').includes('sysinfo') || parts['device-tree']
      ? ''
      : host,
  ].join('\n');
  expect(kind({ ...parts, files })).toEqual(is(expected));
});

it('does not take the host of containers for one', () => {
  const files = filesOf({
    '/sys/class/dmi/id/sys_vendor': 'ACME',
    '/proc/mounts': 'lxcfs /var/lib/lxcfs fuse.lxcfs rw 0 0',
    '/proc/1/cgroup': '0::/init.scope',
  });
  expect(kind({ files })).toEqual(is('none'));
  expect(kind({ files, virt: { end: 1, text: 'none\n' } })).toEqual(is('none'));
});
