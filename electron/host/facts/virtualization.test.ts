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
