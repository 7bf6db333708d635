import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer.ts';
import { fixtureNonce, outputOf, type PartFixture } from './output-fixture.ts';

function answer(parts: Record<string, PartFixture>, more?: Record<string, PartFixture>) {
  const run = (of: Record<string, PartFixture>) => ({
    stdout: Buffer.from(outputOf({ presence: '@ip', ...of })),
    nonce: fixtureNonce,
  });
  const again = more ? { again: run(more) } : {};
  const { facts, doubts } = readAnswer({
    run: run(parts),
    ...again,
    collectedAt: 1,
    durationMs: 1,
  });
  if (!facts) throw new Error('no facts');
  return { doubts, ...facts.sections };
}

const eth0 = {
  ifname: 'eth0',
  addr_info: [{ family: 'inet', local: '10.0.0.5', prefixlen: 24, scope: 'global' }],
};
const addresses = JSON.stringify([eth0]);
const text =
  '2: eth0: <UP> mtu 1500 state UP\n    link/ether 02:00:00:00:00:01\n    inet 10.0.0.5/24 scope global eth0';

describe('a tool that ends well and tells nothing or half', () => {
  it.each<[string, string]>([
    ['nothing', ''],
    ['empty objects', '[{},{},{}]'],
    ['JSON with a word too many', `[{"broadcast",${addresses.slice(2)}`],
    ['JSON that was cut', addresses.slice(0, -20)],
    ['null', 'null'],
    ['interfaces without addresses', '[{"ifname":"eth0"},{"ifname":"eth1"}]'],
  ])('is asked for addresses in plain words: %s', (_, json) => {
    const first = answer({ 'ip-json': json });
    expect(first.doubts).toContain('addresses');
    const { doubts, interfaces } = answer({ 'ip-json': json }, { 'ip-detail': text });
    expect(doubts).not.toContain('addresses');
    expect(interfaces).toMatchObject({
      data: [{ name: 'eth0', addresses: [{ address: '10.0.0.5/24' }] }],
    });
  });

  it('loses no interface that is known otherwise where only some were understood', () => {
    const files =
      '/sys/class/net/eth1/address:02:00:00:00:00:02\n/sys/class/net/eth0/address:02:00:00:00:00:01';
    const { doubts, interfaces } = answer({ files, 'ip-json': JSON.stringify([{}, eth0]) });
    expect(doubts).toContain('addresses');
    expect(interfaces).toMatchObject({ data: [{ name: 'eth0' }, { name: 'eth1' }] });
  });

  it('does not have no IPv4 where somebody came in by it', () => {
    const json = JSON.stringify([
      { ifname: 'eth0', addr_info: [{ family: 'inet6', local: 'fd00::1', prefixlen: 64 }] },
    ]);
    const presence = '=10.0.0.9 5 10.0.0.5 22';
    const { doubts, interfaces } = answer({ presence, 'ip-json': json });
    expect(doubts).toContain('addresses');
    expect(interfaces).toMatchObject({ status: 'failed', reason: expect.stringContaining('IPv4') });
  });

  it('is asked for the routes of IPv4 that a connected network must have', () => {
    const parts = { 'ip-json': addresses, 'routes4-json': '[]', 'routes6-json': '[]' };
    expect(answer(parts).doubts).toContain('routes');
    const more = {
      'routes4-text': 'default via 10.0.0.1 dev eth0 src 10.0.0.5\n',
      'routes6-text': '',
    };
    const { doubts, routes } = answer(parts, more);
    expect(doubts).not.toContain('routes');
    expect(routes).toMatchObject({ data: [{ destination: 'default', source: '10.0.0.5' }] });
  });

  it.each([
    [
      '[{"unreachable","dst":"10.9.0.0/16"},{"dst":"default","gateway":"10.0.0.1","dev":"eth0"}]',
      1,
    ],
    ['[{},{"dst":"10.0.0.0/24","dev":"eth0"}]', 2],
  ])('is asked for routes in plain words: %s', (json, count) => {
    const parts = { 'ip-json': addresses, 'routes4-json': json, 'routes6-json': '[]' };
    expect(answer(parts).doubts).toEqual(['routes']);
    const more = {
      'routes4-text':
        'unreachable 10.9.0.0/16 metric 4\ndefault via 10.0.0.1 dev eth0\n10.0.0.0/24 dev eth0\n'
          .split('\n')
          .slice(0, count + 1)
          .join('\n'),
      'routes6-text': '',
    };
    const { routes } = answer(parts, more);
    expect(routes.status === 'ok' && routes.data).toHaveLength(count);
  });

  it('is not taken for having no routes of a family that was not learned', () => {
    const { routes } = answer({
      'routes4-json': 'nonsense',
      'routes6-json': '[{"dst":"fd00::/64","dev":"eth0"}]',
    });
    expect(routes).toMatchObject({ status: 'failed', reason: expect.stringContaining('ip route') });
  });

  it.each<[string, string, Record<string, PartFixture>, Record<string, PartFixture>, object]>([
    [
      'lsblk',
      'blockDevices',
      { lsblk: '{"blockdevices":[{"name":"sda",' },
      {
        'lsblk-pairs':
          'NAME="sda" KNAME="sda" TYPE="disk" SIZE="1000" MODEL="ACME\\x201" SERIAL="" ROTA="1" PKNAME=""',
      },
      [
        {
          name: 'sda',
          type: 'disk',
          sizeBytes: 1000,
          model: 'ACME 1',
          serial: null,
          rotational: true,
        },
      ],
    ],
    [
      'df',
      'fileSystems',
      { df: 'nonsense' },
      {
        'df-plain':
          'Filesystem 1K-blocks Used Available Use% Mounted on\n/dev/sda1 100 50 50 50% /',
      },
      [{ mountPoint: '/' }],
    ],
    [
      'ports',
      'listeningPorts',
      { ss: 'nonsense' },
      { 'port-files': '/proc/net/tcp:   0: 00000000:0016 00000000:0000 0A 0' },
      [{ port: 22 }],
    ],
    [
      'gpu',
      'gpus',
      { 'nvidia-smi': 'nonsense' },
      { 'nvidia-smi-list': 'GPU 0: NVIDIA GB10 (UUID: GPU-1)' },
      [{ name: 'NVIDIA GB10', memoryTotalBytes: null }],
    ],
    [
      'lldp',
      'lldp',
      { presence: '@lldpcli', lldp: 'nonsense' },
      {
        'lldp-pairs':
          'lldp.eth0.10.chassis.name=sw1\nlldp.eth0.10.chassis.mac=02:00:00:00:00:09\nlldp.eth0.10.port.ifname=ge-0/0/1\nlldp.eth0.10.vlan.vlan-id=20\nlldp.eth0.10.vlan.pvid=yes',
      },
      [
        {
          interface: 'eth0.10',
          chassisName: 'sw1',
          chassisId: '02:00:00:00:00:09',
          portId: 'ge-0/0/1',
          pvid: 20,
        },
      ],
    ],
    [
      'docker',
      'containers',
      { docker: '{"Client":' },
      { 'docker-plain': 'Docker version 24.0.7, build afdd53b' },
      [{ engine: 'docker', version: '24.0.7' }],
    ],
  ])('is asked once more: %s', (tool, name, parts, more, data) => {
    expect(answer(parts).doubts).toContain(tool);
    const after = answer(parts, more);
    expect(after.doubts).not.toContain(tool);
    expect(Reflect.get(after, name)).toMatchObject({ status: 'ok', data });
  });

  it('is asked nothing more where all was understood', () => {
    const parts = {
      'ip-json': addresses,
      'routes4-json': '[{"dst":"10.0.0.0/24","dev":"eth0"}]',
      'routes6-json': '',
      lsblk: '{"blockdevices":[{"name":"sda","size":1000}]}',
      ss: 'tcp LISTEN 0 128 0.0.0.0:22 0.0.0.0:*',
      df: 'Filesystem 1024-blocks Used Available Capacity Mounted on\n/dev/sda1 100 50 50 50% /',
    };
    expect(answer(parts).doubts).toEqual([]);
  });
});

it('reads what lldpcli -f json prints as well', () => {
  const lldp = {
    interface: {
      eth0: {
        chassis: { sw1: { id: { type: 'mac', value: '02:00:00:00:00:09' }, descr: 'x' } },
        port: { id: { type: 'ifname', value: 'ge1' }, descr: 'uplink' },
        vlan: { 'vlan-id': '20', pvid: true },
      },
    },
  };
  const { lldp: told } = answer({ presence: '@lldpcli', lldp: JSON.stringify({ lldp }) });
  expect(told).toMatchObject({
    data: [
      {
        interface: 'eth0',
        chassisName: 'sw1',
        chassisId: '02:00:00:00:00:09',
        portId: 'ge1',
        portDescription: 'uplink',
        pvid: 20,
      },
    ],
  });
  expect(answer({ presence: '@lldpcli', lldp: '{"lldp":{}}' }).lldp).toMatchObject({ data: [] });
});

it('takes no unit and no refusal for a value of a GPU', () => {
  const row =
    '0, GPU-1, NVIDIA GB10, 580.95, [N/A], [Not Supported], 42 C, 3 %, ERR!, 120.00 W, 0x1';
  expect(answer({ 'nvidia-smi': row }).gpus).toMatchObject({
    data: [
      {
        memoryTotalBytes: null,
        memoryUsedBytes: null,
        temperatureC: 42,
        utilizationPercent: 3,
        powerDrawW: null,
        powerLimitW: 120,
      },
    ],
  });
});
