import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts, FactsSections } from '../../../shared/model/facts.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import {
  address,
  addSampleMachine,
  observedLink,
  ok,
  sampleFacts,
} from '../inventory/sample-facts.ts';
import { createNetworks } from '../networks/index.ts';
import { openSample } from '../sample/index.ts';
import { createProposals, type Proposals } from './proposals.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let proposals: Proposals;

beforeEach(() => {
  data = temporaryData();
  reopen();
});
afterEach(() => data.remove());

function reopen(): void {
  db?.close();
  db = data.open();
  inventory = createInventory(db);
  proposals = createProposals(db);
}

type Listener = readonly [protocol: 'tcp' | 'udp', address: string, port: number, process?: string];

const listening = (...listeners: readonly Listener[]) =>
  ok(
    listeners.map(([protocol, at, port, process = null]) => ({
      protocol,
      address: at,
      port,
      process,
    })),
  );

/** Each machine has its own id and MAC, so that it is another one. */
function machine(name: string, sections: Partial<FactsSections> = {}, number = 11): string {
  return addSampleMachine(inventory, machineFacts(sections, number), { name, acceptFacts: true });
}

function machineFacts(sections: Partial<FactsSections>, number = 11): Facts {
  const digits = String(number).padStart(2, '0');
  return sampleFacts({
    machineId: ok({ machineId: digits.repeat(16) }),
    interfaces: ok([
      observedLink({
        name: 'eth0',
        mac: `d8:3a:dd:00:00:${digits}`,
        addresses: [address(`10.0.0.${number}/24`)],
      }),
    ]),
    ...sections,
  });
}

const names = (area: 'services' | 'networks' | null = null) =>
  proposals.list({ area }).rows.map(({ name }) => name);
const all = () => {
  const { rows } = proposals.list({});
  return { items: rows.map(({ key, version }) => ({ key, version })) };
};
const only = (name: string) => {
  const row = proposals.list({}).rows.find((one) => one.name === name);
  if (row === undefined) throw new Error(`There is no proposal ${name}: ${names().join(', ')}`);
  return row;
};

const postgres = listening(
  ['tcp', '0.0.0.0', 5432, 'postgres'],
  ['tcp', '::', 5432, 'postgres'],
  ['tcp', '0.0.0.0', 22, 'sshd'],
);

describe('what is proposed', () => {
  it('names a database by its process, once for all addresses, and leaves sshd out', () => {
    machine('db-1', { listeningPorts: postgres });
    expect(names('services')).toEqual(['PostgreSQL on db-1']);
    const { proposed, seen, devices } = only('PostgreSQL on db-1');
    expect(proposed).toMatchObject({ kind: 'service', serviceKind: 'database' });
    expect(devices).toBe(1);
    expect(seen[0]?.evidence).toEqual(['postgres listens on tcp 5432, on all addresses']);
    expect(seen[0]?.at).toBe(machineFacts({}).collectedAt);
  });

  it('is one network for all machines in it, and names them', () => {
    for (let number = 11; number < 22; number += 1) machine(`pi-${number}`, {}, number);
    expect(names('networks')).toEqual(['10.0.0.0/24']);
    const { devices, seen } = only('10.0.0.0/24');
    expect(devices).toBe(11);
    expect(seen.map(({ deviceName }) => deviceName)).toContain('pi-21');
    expect(seen[0]?.evidence).toEqual(['10.0.0.11/24 on eth0']);
  });

  it('is nothing once it is declared, by port, name or what it is called', () => {
    openSample(
      db,
      `rackhelm: 2
devices: [{ name: db-1, kind: server }]
services: [{ name: main database (postgresql), kind: database, runs-on: [db-1] }]`,
    );
    const { rows } = inventory.devices.list({ search: 'db-1' });
    inventory.recordFacts({
      deviceId: rows[0]?.id ?? '',
      facts: machineFacts({ listeningPorts: postgres }),
    });
    expect(names('services')).toEqual([]);
  });

  it('comes back under the same key when the process is not told', () => {
    const id = machine('db-1', { listeningPorts: postgres });
    const { key } = only('PostgreSQL on db-1');
    const facts = machineFacts({ listeningPorts: listening(['tcp', '0.0.0.0', 5432]) });
    inventory.recordFacts({ deviceId: id, facts: { ...facts, collectedAt: 1_760_000_000_000 } });
    expect(only('PostgreSQL on db-1').key).toBe(key);
  });

  it('follows a reading that changed nothing but the ports', () => {
    const id = machine('db-1', { listeningPorts: postgres });
    inventory.recordFacts({ deviceId: id, facts: machineFacts({ listeningPorts: listening() }) });
    expect(names('services')).toEqual([]);
  });
});

describe('accepting', () => {
  const vlan = {
    listeningPorts: listening(['tcp', '0.0.0.0', 80, 'nginx'], ['tcp', '0.0.0.0', 443, 'nginx']),
    interfaces: ok([
      observedLink({ name: 'eth0', addresses: [address('10.0.0.11/24')] }),
      observedLink({
        name: 'storage',
        kind: 'vlan',
        vlanId: 20,
        parent: 'eth0',
        addresses: [address('10.0.20.11/24')],
      }),
    ]),
  };

  it('declares services, VLANs and prefixes with their relations, and undo takes all of it back', () => {
    machine('web-1', vlan);
    const before = snapshot(db.file);
    const listed = proposals.list({});
    const { count } = proposals.accept(all());
    expect(count).toBe(4);
    expect(inventory.services()).toMatchObject([
      {
        name: 'nginx on web-1',
        kind: 'proxy',
        url: 'http://10.0.0.11',
        runsOn: [
          {
            deviceName: 'web-1',
            ports: [
              { protocol: 'tcp', port: 80 },
              { protocol: 'tcp', port: 443 },
            ],
          },
        ],
      },
    ]);
    const { rows: vlans } = createNetworks(db).vlans({ offset: 0, limit: 10 });
    expect(vlans).toMatchObject([
      {
        number: 20,
        name: 'storage',
        prefixes: [{ prefix: '10.0.20.0/24' }],
        untagged: 1,
        tagged: 1,
      },
    ]);
    expect(proposals.list({}).rows).toEqual([]);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
    expect(proposals.list({})).toMatchObject({ rows: listed.rows, total: 4 });
    db.history.redo();
    expect(proposals.list({}).rows).toEqual([]);
  });

  it('is refused when what was seen changed since it was shown', () => {
    const id = machine('web-1', vlan);
    const shown = only('nginx on web-1');
    inventory.recordFacts({
      deviceId: id,
      facts: machineFacts({ ...vlan, listeningPorts: listening(['tcp', '0.0.0.0', 80, 'nginx']) }),
    });
    const { key, version } = shown;
    const stale = expect.objectContaining({ code: 'CHANGED_SINCE' });
    expect(() => proposals.accept({ items: [{ key, version }] })).toThrow(stale);
    expect(inventory.services()).toEqual([]);
  });

  it('takes all of a filter, unless the list went on', () => {
    machine('web-1', vlan);
    const filter = { area: 'networks' as const, deviceId: null, search: '' };
    const { revision } = proposals.list({ area: 'networks' });
    expect(proposals.accept({ filter, revision }).count).toBe(3);
    expect(names()).toEqual(['nginx on web-1']);
    const rest = { filter: { ...filter, area: null }, revision };
    expect(() => proposals.accept(rest)).toThrow(
      expect.objectContaining({ code: 'CHANGED_SINCE' }),
    );
  });

  it('makes one service of an exporter that runs on every machine, and adds later ones to it', () => {
    const exporter = { listeningPorts: listening(['tcp', '*', 9100, 'node_exporter']) };
    machine('pi-1', exporter, 11);
    machine('pi-2', exporter, 12);
    expect(only('node_exporter').devices).toBe(2);
    proposals.accept(all());
    machine('pi-3', exporter, 13);
    expect(only('node_exporter').seen.map(({ deviceName }) => deviceName)).toEqual(['pi-3']);
    proposals.accept(all());
    const [service, ...others] = inventory.services();
    expect(others).toEqual([]);
    expect(service?.runsOn.map(({ deviceName }) => deviceName)).toEqual(['pi-1', 'pi-2', 'pi-3']);
  });
});

describe('dismissing', () => {
  const shown = (name: string) => {
    const { key, version } = only(name);
    return { items: [{ key, version }] };
  };

  it('is remembered at the next reading and after a restart, and can be taken back', () => {
    const id = machine('db-1', { listeningPorts: postgres });
    proposals.dismiss(shown('PostgreSQL on db-1'));
    inventory.recordFacts({ deviceId: id, facts: machineFacts({ listeningPorts: postgres }) });
    reopen();
    expect(names('services')).toEqual([]);
    const [dismissed] = proposals.list({ state: 'dismissed' }).rows;
    expect(dismissed?.name).toBe('PostgreSQL on db-1');
    expect(proposals.counts(null)).toEqual({ services: 0, networks: 1, dismissed: 1 });
    proposals.restore([dismissed?.key ?? '']);
    expect(names('services')).toEqual(['PostgreSQL on db-1']);
    db.history.undo();
    db.history.undo();
    expect(names('services')).toEqual(['PostgreSQL on db-1']);
  });

  it('goes with its device and comes back with it', () => {
    const id = machine('db-1', { listeningPorts: postgres });
    proposals.dismiss(shown('PostgreSQL on db-1'));
    inventory.devices.remove({ ids: [id] });
    expect(proposals.list({ state: 'dismissed' }).rows).toEqual([]);
    expect(proposals.counts(null)).toEqual({ services: 0, networks: 0, dismissed: 0 });
    db.history.undo();
    expect(proposals.list({ state: 'dismissed' }).rows).toHaveLength(1);
    expect(names()).toEqual(['10.0.0.0/24']);
  });
});

describe('facts of before', () => {
  it('that a program without this knowledge recorded are looked through later', async () => {
    db.close();
    const other = createInventory(data.open());
    addSampleMachine(other, machineFacts({ listeningPorts: postgres }), { name: 'db-1' });
    reopen();
    expect(proposals.list({})).toMatchObject({ rows: [], pending: 1 });
    await proposals.catchUp();
    expect(names('services')).toEqual(['PostgreSQL on db-1']);
    expect(proposals.list({}).pending).toBe(0);
  });
});
