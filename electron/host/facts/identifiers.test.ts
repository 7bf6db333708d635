import { describe, expect, it } from 'vitest';
import { factsFixture, filesOf, type PartFixture } from './output-fixture.ts';

const identifiers = (parts: Record<string, PartFixture>) => factsFixture(parts).identifiers;
const dmi = (fields: Record<string, string>) =>
  filesOf(
    Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [`/sys/class/dmi/id/${name}`, value]),
    ),
  );
const uuid = '4C4C4544-0042-3510-8052-B4C04F564432';

describe('identifiers of the hardware', () => {
  it('are told in one form', () => {
    const files = dmi({ product_uuid: uuid, board_serial: '/B5R/1/', chassis_serial: 'B5R' });
    expect(identifiers({ files })).toEqual({
      productUuid: uuid.toLowerCase(),
      boardSerial: '/B5R/1/',
      chassisSerial: 'B5R',
      hostId: null,
      hidden: null,
    });
  });

  it.each([
    '00000000-0000-0000-0000-000000000000',
    'FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF',
    '03000200-0400-0500-0006-000700080009',
    'Not Settable',
    'To be filled by O.E.M.',
  ])('are not what makers leave in: %s', (product_uuid) => {
    const files = dmi({ product_uuid, board_serial: 'Default string', chassis_serial: '0' });
    expect(identifiers({ files })).toBeUndefined();
  });

  it('say why they are unknown where only root may read them', () => {
    const presence = '!/sys/class/dmi/id/product_uuid\n!/sys/class/dmi/id/board_serial';
    expect(identifiers({ presence })).toMatchObject({
      productUuid: null,
      hidden: expect.stringContaining('root'),
    });
  });

  it('are not those of the machine around a container', () => {
    const files = dmi({ product_uuid: uuid, sys_vendor: 'Dell Inc.', product_name: 'R7' });
    const facts = factsFixture({ files, virt: 'lxc\n' });
    expect(facts.identifiers).toBeUndefined();
    expect(facts.sections.model).toMatchObject({ status: 'absent' });
  });
});

describe('the address at which it was reached', () => {
  const json = JSON.stringify([
    { ifname: 'eth0', addr_info: [{ family: 'inet', local: '10.0.10.11', prefixlen: 24 }] },
    { ifname: 'eth1', addr_info: [{ family: 'inet6', local: 'fd00::b', prefixlen: 64 }] },
  ]);
  const reachedAt = (connection: string) =>
    factsFixture({ presence: `=${connection}`, 'ip-json': json }).reachedAt;

  it.each([
    ['10.0.10.2 50000 10.0.10.11 22', { address: '10.0.10.11', port: 22, interface: 'eth0' }],
    ['::ffff:10.0.10.2 5 ::ffff:10.0.10.11 22', { address: '10.0.10.11', interface: 'eth0' }],
    ['fd00::2 5 fd00:0::b 2222', { address: 'fd00::b', port: 2222, interface: 'eth1' }],
    ['fe80::2%eth9 5 fe80::b%eth9 22', { address: 'fe80::b', interface: null }],
    ['10.1.1.1 5 172.17.0.2 22', { address: '172.17.0.2', interface: null }],
  ])('is told of %s', (connection, expected) => {
    expect(reachedAt(connection)).toMatchObject(expected);
  });

  it.each(['UNKNOWN 65535 UNKNOWN 65535', '', 'a b', '1 2 300.1.1.1 22', '1.1.1.1 2 1.1.1.1 x'])(
    'is not made up of "%s"',
    (connection) => expect(reachedAt(connection)).toBeUndefined(),
  );
});
