import { describe, expect, it } from 'vitest';
import { filesOf, sectionsOf } from './output-fixture.ts';

const dmi = (values: Record<string, string>) =>
  filesOf(
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [`/sys/class/dmi/id/${name}`, value]),
    ),
  );

describe('the operating system', () => {
  it('reads both kinds of quotes and escapes', () => {
    const text =
      'PRETTY_NAME="A \\"B\\" \\$C"\nNAME=\'Alpine Linux\'\nID=alpine\nVERSION_ID=3.20.1\n# x';
    expect(sectionsOf({ files: filesOf({ '/etc/os-release': text }) }).os).toEqual({
      status: 'ok',
      data: { id: 'alpine', name: 'Alpine Linux', version: '3.20.1', prettyName: 'A "B" $C' },
    });
  });

  it('does without a version, as rolling systems do, and fails without a file', () => {
    const text = 'NAME="Arch Linux"\nID=arch\nBUILD_ID=rolling';
    expect(sectionsOf({ files: filesOf({ '/usr/lib/os-release': text }) }).os).toMatchObject({
      data: { version: 'rolling', prettyName: 'Arch Linux rolling' },
    });
    expect(sectionsOf({}).os.status).toBe('failed');
    expect(sectionsOf({ files: filesOf({ '/etc/os-release': '\0\0' }) }).os.status).toBe('failed');
  });
});

describe('the kernel', () => {
  it('comes from uname, else from /proc', () => {
    expect(sectionsOf({ uname: 'Linux 6.6.51+rpt-rpi-2712 aarch64\n' }).kernel).toEqual({
      status: 'ok',
      data: { name: 'Linux', release: '6.6.51+rpt-rpi-2712', architecture: 'aarch64' },
    });
    const files = filesOf({
      '/proc/sys/kernel/osrelease': '6.1.0',
      '/proc/sys/kernel/arch': 'riscv64',
    });
    expect(sectionsOf({ files }).kernel).toMatchObject({ data: { architecture: 'riscv64' } });
    expect(sectionsOf({ uname: { end: 127, text: 'sh: uname: not found' } }).kernel).toEqual({
      status: 'failed',
      reason: 'uname: sh: uname: not found',
    });
  });
});

describe('the model', () => {
  it('is what DMI says, with no serial where only root may read it', () => {
    const files = dmi({ sys_vendor: 'Dell Inc.', product_name: 'OptiPlex 7060' });
    expect(sectionsOf({ files }).model).toEqual({
      status: 'ok',
      data: { manufacturer: 'Dell Inc.', model: 'OptiPlex 7060', serial: null, source: 'dmi' },
    });
  });

  it('passes over what makers forgot to fill in', () => {
    const files = dmi({
      sys_vendor: 'To Be Filled By O.E.M.',
      product_name: 'System Product Name',
      product_serial: 'Default string',
      board_vendor: 'ASRock',
      board_name: 'X570 Taichi',
    });
    expect(sectionsOf({ files }).model).toMatchObject({
      data: { manufacturer: 'ASRock', model: 'X570 Taichi', serial: null },
    });
  });

  it('calls a Lenovo by the name on its case', () => {
    const files = dmi({
      sys_vendor: 'LENOVO',
      product_name: '10T8S0YK00',
      product_version: 'ThinkCentre M720q',
    });
    expect(sectionsOf({ files }).model).toMatchObject({
      data: { model: 'ThinkCentre M720q (10T8S0YK00)' },
    });
  });

  it('reads the device tree of a board, NUL included', () => {
    const text =
      '/proc/device-tree/model:Raspberry Pi 4 Model B Rev 1.4\0\n/proc/device-tree/serial-number:10000000abcdef01';
    expect(sectionsOf({ 'device-tree': text }).model).toEqual({
      status: 'ok',
      data: {
        manufacturer: 'Raspberry Pi',
        model: 'Raspberry Pi 4 Model B Rev 1.4',
        serial: '10000000abcdef01',
        source: 'device-tree',
      },
    });
  });

  it('is absent where a machine has neither', () => {
    expect(sectionsOf({}).model.status).toBe('absent');
    const files = '/sys/class/dmi/id/product_name:To Be Filled By O.E.M.';
    expect(sectionsOf({ files }).model).toEqual({
      status: 'absent',
      reason: 'The DMI of this machine names no model.',
    });
    expect(sectionsOf({ presence: '!/sys/class/dmi/id/product_name' }).model.status).toBe('failed');
  });
});
