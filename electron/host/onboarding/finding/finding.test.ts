import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createInventory } from '../../inventory/index.ts';
import { createNetworks } from '../../networks/index.ts';
import { createFinding } from './finding.ts';

let data: TemporaryData;
let db: Database;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
});
afterEach(() => data.remove());

const finding = (more: { sshConfig?: string } = {}) => createFinding({ db, now: () => 0, ...more });
const addPrefix = (prefix: string, traffic = 'management') => {
  const vlan = { name: `vlan ${prefix}`, traffic, mtu: null, purpose: null, gateway: null };
  const number = createNetworks(db).vlans({ offset: 0, limit: 1 }).total + 1;
  createNetworks(db).addVlans({ vlans: [{ ...vlan, number, prefix }] });
};
const refused = async (prefix: string) => {
  const one = finding()
    .scannable()
    .find((row) => row.prefix === prefix);
  const events = finding().scan({ prefixId: one?.id ?? '', consent: true }, undefined);
  return (await events.next().catch((error: Error) => error.message)) as unknown;
};

describe('what may be scanned', () => {
  it('is a private IPv4 prefix of a management VLAN, a /22 at the most', async () => {
    for (const prefix of ['10.0.0.0/24', '10.8.0.0/21', '8.8.8.0/24', 'fd00::/64'])
      addPrefix(prefix);
    addPrefix('10.0.1.0/24', 'storage');
    expect(
      finding()
        .scannable()
        .map(({ prefix, hosts, refused: no }) => [prefix, hosts, no]),
    ).toEqual([
      ['10.0.0.0/24', 254, null],
      ['8.8.8.0/24', 254, expect.stringContaining('only private networks')],
      ['10.8.0.0/21', 2046, expect.stringContaining('larger than a /22')],
      ['fd00::/64', 2 ** 32, expect.stringContaining('IPv6')],
    ]);
    expect(await refused('8.8.8.0/24')).toContain('only private networks');
    const storage = db.tables.prefixSpace.prefixes().find(({ first }) => first === 0x0a000100n);
    const scan = finding().scan({ prefixId: storage?.id ?? '', consent: true }, undefined);
    await expect(scan.next()).rejects.toThrow('VLAN for management');
  });
});

describe('a lease file', () => {
  it('says of each machine which device it seems to be', async () => {
    createInventory(db).devices.create({ name: 'pi-1', kind: 'sbc', hostname: 'pi-1' });
    const text = '1 d8:3a:dd:00:00:01 10.0.0.11 pi-1 *\n0 d8:3a:dd:00:00:02 10.0.0.12 new *\n';
    const file = path.join(data.directory, 'dnsmasq.leases');
    writeFileSync(file, text);
    const { leases } = await finding().leases({ path: file });
    expect(leases.map(({ device, expired }) => [device?.deviceName, expired])).toEqual([
      ['pi-1', false],
      [undefined, false],
    ]);
  });

  it('that is none, is a folder or is too large is told so', async () => {
    const large = path.join(data.directory, 'large');
    writeFileSync(large, '1 a b c d\n'.repeat(120_000));
    await expect(finding().leases({ path: data.directory })).rejects.toThrow('is a folder');
    await expect(finding().leases({ path: large })).rejects.toThrow('is too large');
    await expect(finding().leases({ path: '/nowhere/at/all' })).rejects.toThrow('does not exist');
  });
});

it('lists the machines that the ssh configuration names, and none where there is no such file', async () => {
  const sshConfig = path.join(data.directory, 'config');
  expect(await finding({ sshConfig }).configuredHosts()).toEqual({ hosts: [], total: 0 });
  writeFileSync(sshConfig, 'Host pi-1 *.lan\nHost nas\n  HostName 10.0.0.9\n');
  const { hosts } = await finding({ sshConfig }).configuredHosts();
  expect(hosts.map(({ name }) => name)).toEqual(['pi-1', 'nas']);
});
