import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { createNetworks } from '../../electron/host/networks/index.ts';
import { proposal } from '../../shared/model/proposals.ts';
import { describeRack } from '../rack/index.ts';
import { CommandLine } from './command-line.ts';

describeRack('proposals of the rack', 'seed', (rack) => {
  let line: CommandLine;
  beforeEach(() => {
    line = new CommandLine();
  });
  afterEach(() => line.close());

  const listed = async () => {
    const { stdout } = await line.run('proposals', 'list', '--json');
    return z.array(proposal).parse(JSON.parse(stdout));
  };
  const management = () =>
    rack()
      .node('pi-1')
      .address.replace(/\.\d+$/, '.0/24');
  /** What is declared, as the app would show it. */
  const inventory = () => {
    const database = openDatabase({ dataDirectory: path.join(line.directory, 'rackhelm') });
    try {
      const networks = createNetworks(database);
      return {
        services: createInventory(database).services(),
        vlans: networks.vlans({ offset: 0, limit: 100 }).rows,
        prefixes: networks.tree({ search: '', closed: [], free: false, offset: 0, limit: 1 })
          .prefixes,
        inManagement: networks.addresses({ prefix: management(), offset: 0, limit: 1 }).total,
      };
    } finally {
      database.close();
    }
  };

  it('bring the services and networks of eleven real machines, once each, into the inventory', async () => {
    const added = await line.run('add', '--ssh-config', rack().sshConfigFile);
    expect(added).toMatchObject({ exitCode: 0, stderr: '' });

    const proposals = await listed();
    const names = proposals.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(expectedServices.map(([name]) => name)));
    // Every machine but the database, which is in the internal network alone.
    expect(proposals.find(({ name }) => name === management())?.devices).toBe(10);
    expect(names.filter((name) => name.includes('172.17.'))).toEqual([]);
    expect(names.filter((name) => /ssh/i.test(name))).toEqual([]);

    const accepted = await line.run('proposals', 'accept', '--all', '--json');
    expect(JSON.parse(accepted.stdout)).toEqual({ count: proposals.length });
    expect(await listed()).toEqual([]);

    const { services, vlans, prefixes, inManagement } = inventory();
    for (const [name, device, port] of expectedServices) {
      const service = services.find((one) => one.name === name);
      expect(service?.runsOn.map(({ deviceName }) => deviceName)).toEqual([device]);
      expect(service?.runsOn[0]?.ports.map((one) => one.port)).toContain(port);
    }
    // Four networks, each with an IPv4 and an IPv6 prefix, and all machines' addresses in them.
    expect(prefixes).toBe(8);
    expect(inManagement).toBe(10);
    // Where the kernel has 802.1q, one machine carries a tagged VLAN.
    for (const vlan of vlans) expect(vlan.untagged + vlan.tagged).toBeGreaterThan(0);

    // Read again, nothing is proposed that was declared.
    await line.run('add', '--ssh-config', rack().sshConfigFile);
    expect(await listed()).toEqual([]);
  }, 180_000);
});

const expectedServices = [
  ['PostgreSQL on db-1', 'db-1', 5432],
  ['Redis on worker-2', 'worker-2', 6379],
  ['nginx on worker-1', 'worker-1', 80],
  ['DNS on router', 'router', 53],
  ['DHCP on router', 'router', 67],
  ['model on gpu', 'gpu', 8080],
] as const;
