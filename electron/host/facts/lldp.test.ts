import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { filesOf, type PartFixture, sectionsOf } from './output-fixture.ts';

const lldp = (parts: Record<string, PartFixture>) => sectionsOf(parts).lldp;
const recorded = readFileSync(
  new URL('../../../test/fixtures/facts/lldp-json0.json', import.meta.url),
  'utf8',
);

it('reads the neighbours that lldpd 1.0 tells, warnings before them', () => {
  expect(lldp({ lldp: `2026-11-22T08:39:08 [WARN/lldpctl] something [odd]\n${recorded}` })).toEqual(
    {
      status: 'ok',
      data: [
        {
          interface: 'v0',
          chassisName: 'core-switch',
          chassisId: 'f6:b3:ea:6d:bf:b4',
          portId: 'ge-0/0/7',
          portDescription: 'uplink to rack',
          pvid: null,
        },
      ],
    },
  );
});

it('finds the untagged VLAN among those of the port', () => {
  const vlan = [
    { 'vlan-id': '20', pvid: false, value: 'storage' },
    { 'vlan-id': '10', pvid: true, value: 'mgmt' },
  ];
  const neighbor = {
    name: 'eth0',
    chassis: [{ id: [{ type: 'mac', value: 'aa' }] }],
    port: [{ id: [{ value: 'Gi1/0/4' }] }],
    vlan,
  };
  expect(lldp({ lldp: JSON.stringify({ lldp: [{ interface: [neighbor] }] }) })).toMatchObject({
    data: [
      { interface: 'eth0', chassisName: null, portId: 'Gi1/0/4', portDescription: null, pvid: 10 },
    ],
  });
});

it('has no neighbours where nobody answers', () => {
  expect(lldp({ lldp: '{"lldp": [{}]}' })).toEqual({ status: 'ok', data: [] });
});

it('tells not installed, not running and not allowed apart', () => {
  const refused = (why: string) => ({
    end: 1,
    text: `2026-11-22T08:39:08 [WARN/control] unable to connect to socket /run/lldpd.socket: ${why}\n`,
  });
  expect(lldp({})).toMatchObject({ status: 'absent', reason: 'lldpd is not installed.' });
  expect(lldp({ presence: '@lldpcli' })).toMatchObject({
    status: 'absent',
    reason: 'lldpd does not run.',
  });
  const runs = filesOf({ '/proc/9/comm': 'lldpd' });
  expect(lldp({ presence: '@lldpcli', files: runs })).toMatchObject({ status: 'failed' });
  expect(lldp({ lldp: refused('No such file or directory') })).toMatchObject({ status: 'absent' });
  const files = filesOf({ '/proc/1/comm': 'systemd', '/proc/9/comm': 'lldpd' });
  expect(lldp({ lldp: refused('Permission denied'), files })).toMatchObject({
    status: 'failed',
    reason: expect.stringContaining('Permission denied'),
  });
});

it('keeps the neighbours beside one that it cannot read, and needs lldpcli', () => {
  const good = { name: 'eth0', chassis: 'odd', port: [{ id: [{ value: 'Gi1/0/4' }] }] };
  const text = JSON.stringify({ lldp: [{ interface: [{ name: 7 }, null, good] }] });
  expect(lldp({ lldp: text })).toMatchObject({
    status: 'ok',
    data: [{ interface: 'eth0', chassisName: null, portId: 'Gi1/0/4' }],
  });
  expect(lldp({ files: filesOf({ '/proc/9/comm': 'lldpd' }) })).toEqual({
    status: 'failed',
    reason: 'lldpd runs, but lldpcli is not installed.',
  });
});
