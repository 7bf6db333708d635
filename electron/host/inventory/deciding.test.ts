import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts, ObservedAddress } from '../../../shared/model/facts.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { openSample } from '../sample/index.ts';
import { createInventory, type Inventory } from './index.ts';
import {
  address,
  addSampleMachine,
  observedLink,
  ok,
  sampleFacts,
  withLinks,
} from './sample-facts.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
});
afterEach(() => data.remove());

const add = (facts: Facts) => addSampleMachine(inventory, facts, { acceptFacts: true });
const again = (deviceId: string, facts: Facts) => inventory.recordFacts({ deviceId, facts });
const page = (id: string, view: 'open' | 'kept' | 'all' = 'all') =>
  inventory.devices.compare({ id, view, limit: 500 });
const paths = (id: string, view?: 'open' | 'kept' | 'all') =>
  page(id, view).rows.map(({ path }) => path);
const differences = (id: string) => inventory.devices.get(id).device.differences;
const declared = (id: string) =>
  inventory.devices
    .get(id)
    .interfaces.map(({ name, addresses }) => [name, ...addresses.map((one) => one.address)]);
const memory = (gib: number) =>
  sampleFacts({
    memory: ok({
      totalBytes: gib * 1024 ** 3,
      availableBytes: null,
      swapTotalBytes: 0,
      swapFreeBytes: 0,
    }),
  });

describe('keeping what is declared', () => {
  const chosen = { paths: ['memoryBytes'] };

  it('is no difference until something else is observed', () => {
    const id = add(memory(16));
    again(id, memory(4));
    expect(differences(id)).toBe(1);
    inventory.devices.keepMine({ id, chosen });
    expect(differences(id)).toBe(0);
    expect(paths(id, 'kept')).toEqual(['memoryBytes']);
    again(id, memory(4));
    expect(differences(id)).toBe(0);
    again(id, memory(2));
    expect(differences(id)).toBe(1);
    expect(inventory.devices.get(id).device.memoryBytes).toBe(16 * 1024 ** 3);
  });

  it('is taken back by undo, and by hand', () => {
    const id = add(memory(16));
    again(id, memory(4));
    inventory.devices.keepMine({ id, chosen });
    db.history.undo();
    expect(differences(id)).toBe(1);
    db.history.redo();
    expect(differences(id)).toBe(0);
    expect(inventory.devices.keepMine({ id, chosen, keep: false }).kept).toBe(1);
    expect(differences(id)).toBe(1);
  });

  it('holds for what the machine no longer shows, and ends when it shows it again', () => {
    const id = add(withLinks([observedLink({ name: 'eth0' }), observedLink({ name: 'eth1' })]));
    again(id, withLinks([observedLink({ name: 'eth0' })]));
    expect(differences(id)).toBeGreaterThan(0);
    inventory.devices.keepMine({ id, chosen: { under: 'interface/eth1' } });
    expect(differences(id)).toBe(0);
    again(id, withLinks([observedLink({ name: 'eth0' }), observedLink({ name: 'eth1', mtu: 9 })]));
    expect(differences(id)).toBe(1);
  });

  it('is left out when everything else is accepted', () => {
    const id = add(memory(16));
    again(id, { ...memory(4), collectedAt: 2 });
    inventory.devices.update({ ids: [id], patch: { model: 'Mine' } });
    inventory.devices.keepMine({ id, chosen });
    inventory.devices.accept({ id, chosen: { kinds: ['field'] } });
    expect(inventory.devices.get(id).device).toMatchObject({
      memoryBytes: 16 * 1024 ** 3,
      model: 'Raspberry Pi 5 Model B Rev 1.0',
    });
    inventory.devices.accept({ id, chosen });
    expect(inventory.devices.get(id).device.memoryBytes).toBe(4 * 1024 ** 3);
  });

  it('decides for all of an interface, or of a kind', () => {
    const links = (mtu: number) =>
      withLinks(['a', 'b', 'a1'].map((name) => observedLink({ name, mtu })));
    const id = add(links(1500));
    again(id, links(9000));
    inventory.devices.accept({ id, chosen: { under: 'interface/a' } });
    expect(paths(id, 'open')).toEqual(['interface/a1/mtu', 'interface/b/mtu']);
    expect(page(id).counts).toEqual({ open: { mtu: 2 }, byItself: 1, kept: 0, unseen: 0 });
    inventory.devices.accept({ id, chosen: { kinds: ['mtu'] } });
    expect(differences(id)).toBe(0);
  });
});

describe('what changes by itself', () => {
  const dynamic = (text: string, more: Partial<ObservedAddress> = {}) => ({
    ...address(text, true),
    ...more,
  });
  const eth0 = (...addresses: ObservedAddress[]) =>
    withLinks([observedLink({ name: 'eth0', addresses: [address('10.0.0.11/24'), ...addresses] })]);

  it.each<[string, ObservedAddress[], ObservedAddress[]]>([
    [
      'temporary addresses',
      [dynamic('2001:db8::1111/64', { temporary: true })],
      [
        dynamic('2001:db8::2222/64', { temporary: true }),
        dynamic('2001:db8::1111/64', { temporary: true, deprecated: true }),
      ],
    ],
    [
      'addresses of a prefix that the provider gave',
      [dynamic('2001:db8:1::5/64')],
      [dynamic('2001:db8:2::5/64'), dynamic('2001:db8:1::5/64', { deprecated: true })],
    ],
    ['link-local addresses', [address('fe80::1/64')], [address('fe80::2/64')]],
    ['an address that is still checked', [], [dynamic('fd00::9/64', { tentative: true })]],
  ])('is not declared and no difference tomorrow: %s', (_, today, tomorrow) => {
    const id = add(eth0(...today));
    expect(declared(id)).toEqual([['eth0', '10.0.0.11/24']]);
    expect(differences(id)).toBe(0);
    again(id, eth0(...tomorrow));
    expect(differences(id)).toBe(0);
  });

  it('is declared where somebody asks for it itself, and differs when it goes', () => {
    const id = add(eth0(dynamic('fd00::5/64')));
    const path = 'interface/eth0/address/fd00::5/64';
    expect(page(id).counts.byItself).toBe(2);
    inventory.devices.accept({ id, chosen: { paths: [path] } });
    expect(declared(id)).toEqual([['eth0', '10.0.0.11/24', 'fd00::5/64']]);
    again(id, eth0());
    expect(differences(id)).toBe(1);
  });

  it('leaves the kernel undeclared, and takes a patch release for the same system', () => {
    const os = (prettyName: string, release: string) =>
      sampleFacts({
        os: ok({ id: 'ubuntu', name: 'Ubuntu', version: '24.04', prettyName }),
        kernel: ok({ name: 'Linux', release, architecture: 'aarch64' }),
      });
    const id = add(os('Ubuntu 24.04.1 LTS', '6.8.0-40'));
    expect(inventory.devices.get(id).device).toMatchObject({
      kernel: null,
      os: 'Ubuntu 24.04.1 LTS',
    });
    again(id, os('Ubuntu 24.04.3 LTS', '6.8.0-60'));
    expect(differences(id)).toBe(0);
    again(id, os('Ubuntu 26.04 LTS', '7.0'));
    expect(differences(id)).toBe(1);
  });

  it('declares the lease by which the machine was reached, and no other', () => {
    const facts = {
      ...withLinks([
        observedLink({ name: 'eth0', addresses: [dynamic('192.168.1.7/24')] }),
        observedLink({ name: 'wlan0', addresses: [dynamic('192.168.1.8/24')] }),
      ]),
      reachedAt: { address: '192.168.1.7', port: 22, interface: 'eth0' },
    };
    expect(declared(add(facts))).toEqual([['eth0', '192.168.1.7/24'], ['wlan0']]);
  });
});

describe('which interfaces count', () => {
  it.each([
    ['ovs-br', 'openvswitch'],
    ['vmbr0', 'openvswitch'],
    ['lan1', 'dsa'],
    ['wan', 'dsa'],
    ['wwan0', 'wwan'],
    ['ib0', 'ipoib'],
    ['igb0', 'other'],
    ['en0', 'other'],
    ['bridge100', 'other'],
    ['wg0', 'wireguard'],
    ['tailscale0', 'tun'],
    ['eth0', 'veth'],
    ['br-lan', 'bridge'],
    ['docker-net', 'bridge'],
  ])('%s of kind %s does', (name, kind) => {
    const id = add(withLinks([observedLink({ name, kind, addresses: [address('10.7.2.10/24')] })]));
    expect(declared(id)).toEqual([[name, '10.7.2.10/24']]);
  });

  it.each([
    ['docker0', 'bridge'],
    ['br-0123456789ab', 'bridge'],
    ['veth12ab@if2', 'veth'],
    ['cni0', 'bridge'],
    ['flannel.1', 'vxlan'],
    ['cali1234', 'veth'],
    ['virbr0', 'bridge'],
    ['lo0', 'other'],
    ['utun3', 'other'],
    ['pflog0', 'other'],
    ['ovs-system', 'openvswitch'],
    ['fwbr100i0', 'bridge'],
    ['sit0', 'sit'],
    ['podman1', 'bridge'],
    ['lxdbr0', 'bridge'],
  ])('%s of kind %s does not', (name, kind) => {
    expect(declared(add(withLinks([observedLink({ name, kind })])))).toEqual([]);
  });

  it('never lets the name of one pass for a part of another', () => {
    const links = [
      observedLink({ name: 'eth0', mac: 'd8:3a:dd:00:00:01' }),
      observedLink({ name: 'eth0/mac', mac: '66:66:66:66:66:66', mtu: 66 }),
      observedLink({ name: 'eth0%2Fmac', mac: null, mtu: 77 }),
    ];
    const id = add(withLinks(links));
    const told = inventory.devices
      .get(id)
      .interfaces.map(({ name, macs, mtu }) => [name, macs, mtu]);
    expect(told.sort((a, b) => String(a[0]).length - String(b[0]).length)).toEqual([
      ['eth0', ['d8:3a:dd:00:00:01'], 1500],
      ['eth0/mac', ['66:66:66:66:66:66'], 66],
      ['eth0%2Fmac', [], 77],
    ]);
    expect(new Set(paths(id)).size).toBe(paths(id).length);
    expect(differences(id)).toBe(0);
  });
});

describe('the address by which a device is known', () => {
  const primary = (id: string) => inventory.devices.get(id).device.primaryAddress;
  const links = [
    observedLink({ name: 'ens1', addresses: [address('10.9.0.1/24')] }),
    observedLink({ name: 'ens2', addresses: [address('fd00::2/64'), address('10.8.0.1/24')] }),
    observedLink({ name: 'ens3', addresses: [address('10.7.0.1/24'), address('10.7.0.99/32')] }),
  ];
  const route = (name: string, metric: number) => ({
    family: 'ipv4' as const,
    destination: 'default',
    gateway: '10.0.0.1',
    interface: name,
    metric,
  });

  it('is the one where it was reached', () => {
    const reachedAt = { address: '10.7.0.1', port: 22, interface: 'ens3' };
    const routes = ok([route('ens2', 1)]);
    expect(primary(add({ ...withLinks(links), reachedAt }))).toBe('10.7.0.1');
    const other = sampleFacts({ interfaces: ok(links), routes });
    expect(primary(addSampleMachine(inventory, other, { name: 'x', acceptFacts: true }))).toBe(
      '10.8.0.1',
    );
  });

  it('is on the way out by the route that is preferred, where it is not known', () => {
    const routes = ok([route('ens3', 600), route('ens2', 100)]);
    expect(primary(add(sampleFacts({ interfaces: ok(links), routes })))).toBe('10.8.0.1');
  });

  it('is in the management network before it is on the way out', () => {
    openSample(
      db,
      'rackhelm: 2\nvlans:\n  - {number: 10, name: management}\nprefixes: [{prefix: 10.7.0.0/24, vlan: management}]',
    );
    const routes = ok([route('ens1', 100)]);
    expect(primary(add(sampleFacts({ interfaces: ok(links), routes })))).toBe('10.7.0.1');
  });

  it('is never one that moves between machines', () => {
    const reachedAt = { address: '10.7.0.99', port: 22, interface: 'ens3' };
    expect(primary(add({ ...withLinks(links), reachedAt }))).not.toBe('10.7.0.99');
  });
});
