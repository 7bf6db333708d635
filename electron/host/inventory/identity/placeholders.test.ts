import { describe, expect, it } from 'vitest';
import { macGrade } from './mac-grade.ts';
import {
  isImageName,
  isPlaceholderMachineId,
  isPlaceholderSerial,
  isPlaceholderUuid,
} from './placeholders.ts';

describe('values that nobody filled in', () => {
  it.each([
    'Default string',
    'default_string',
    'Default',
    'To be filled by O.E.M.',
    'To Be Filled By O.E.M',
    'To be filled',
    'System Serial Number',
    'SystemSerialNumber',
    'Chassis Serial Number',
    'Base Board Serial Number',
    'Serial Number',
    'None',
    'none',
    'NONE ',
    'N/A',
    'NA',
    'null',
    '0',
    '00',
    '0000000',
    '0000-0000',
    'FFFFFFFF',
    'ffffffff',
    'XXXXXXXX',
    '..............',
    '-',
    ' ',
    '123456789',
    '1234567890',
    '0123456789',
    '0123456789ABCDEF',
    '00123456789',
    '987654321',
    '12345678',
    '$(DEFAULT_STRING)',
    'Default_string0',
    'OEM_Serial',
    'Standard',
    'Not Specified',
    'Not Applicable',
    'Not Available',
    'Not Settable',
    'NotSpecified',
    'INVALID',
    'Unknown',
    'empty',
    'OEM',
    'O.E.M.',
    'System Product Name',
    'Type2 - Board Serial Number'.slice(8),
    'MB-1234567890'.slice(3),
    '111111111',
    'aaaaaaaa',
    'EVAL',
    'abcdefgh',
    'Asset-1234567890'.slice(6),
  ])('%j is no serial number', (text) => {
    expect(isPlaceholderSerial(text)).toBe(true);
  });

  it.each([
    '10000000abcdef01',
    'PF3XYZ12',
    'C02XK1ABJGH5',
    '4CE0460D0G',
    'VMware-56 4d 9a',
    '5CD1234ABC',
    'a1b2c3d4e5f60718',
    '2100347',
    'NAS0SAMPLE',
    'S4EWNX0R123456',
    'Ec2a1b2c',
    '1234-5678-9012-3456-7890-1234-56',
  ])('%j is one', (text) => {
    expect(isPlaceholderSerial(text)).toBe(false);
  });

  it('are UUIDs of boards that were shipped as they came', () => {
    for (const uuid of [
      '00000000-0000-0000-0000-000000000000',
      'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
      '03000200-0400-0500-0006-000700080009',
      '00020003-0004-0005-0006-000700080009',
      '12345678-1234-5678-90AB-CDDEEFAABBCC',
      'Not Settable',
      '11111111-1111-1111-1111-111111111111',
      '',
      'FEFEFEFE-FEFE-FEFE-FEFE-FEFEFEFEFEFE',
      '4c4c4544-0000-2010-8020-80c04f202020',
    ])
      expect(isPlaceholderUuid(uuid), uuid).toBe(true);
    for (const uuid of [
      '4c4c4544-0031-3010-8034-b7c04f4d3332',
      '00000000-0000-0000-0000-0CC47A123456',
    ]) {
      expect(isPlaceholderUuid(uuid), uuid).toBe(false);
    }
  });

  it('are machine ids of an image that was not started yet', () => {
    for (const text of ['', 'uninitialized', '0'.repeat(32), 'F'.repeat(32), 'abc']) {
      expect(isPlaceholderMachineId(text), text).toBe(true);
    }
    expect(isPlaceholderMachineId('3333333333333333cccccccccccccccc')).toBe(false);
  });

  it('are names that come with an image', () => {
    for (const name of [
      'localhost',
      'raspberrypi',
      'ubuntu',
      'debian',
      'orangepi5',
      'OpenWrt',
      'pve',
      'truenas',
    ]) {
      expect(isImageName(name), name).toBe(true);
    }
    for (const name of ['pi-1', 'nas', 'gateway', 'ubuntu-ci-3', 'store', 'db'])
      expect(isImageName(name), name).toBe(false);
  });
});

describe('what a MAC is worth', () => {
  it.each([
    ['d8:3a:dd:00:00:01', 'hardware'],
    ['D8:3A:DD:12:34:56', 'hardware'],
    ['00:00:5e:00:53:01', 'hardware'],
    ['52:54:00:12:34:56', 'assigned'],
    ['00:16:3e:12:34:56', 'assigned'],
    ['bc:24:11:12:34:56', 'assigned'],
    ['00:15:5d:12:34:56', 'assigned'],
    ['02:63:3b:00:00:01', 'local'],
    ['c2:12:34:56:78:9a', 'local'],
    ['00:00:00:00:00:00', null],
    ['ff:ff:ff:ff:ff:ff', null],
    ['00:00:5e:00:01:07', null], // VRRP, CARP
    ['00:00:5e:00:02:07', null],
    ['00:00:0c:07:ac:0a', null], // HSRP
    ['00:00:0c:9f:f0:0a', null],
    ['00:07:b4:00:01:02', null], // GLBP
    ['02:42:ac:11:00:02', null], // Docker
    ['42:01:0a:80:00:02', null], // Google Compute Engine
    ['fe:ff:ff:ff:ff:ff', null], // Xen
    ['01:00:5e:00:00:01', null], // a group
    ['33:33:00:00:00:01', null],
    ['00:e0:4c:53:44:58', null], // the same on each copy of an adapter
    ['00:11:22:33:44:55', null],
    ['02:00:00:00:00:00', null],
    ['d8:3a:dd:00:00:00', null],
    ['d8:3a:dd:ff:ff:ff', null],
    ['88:88:88:88:87:88', null],
    ['not a mac', null],
  ])('%s: %s', (mac, grade) => {
    expect(macGrade(mac)).toBe(grade);
  });
});
