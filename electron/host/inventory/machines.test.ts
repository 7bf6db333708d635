import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts } from '../../../shared/model/facts.ts';
import type { ComparisonRow } from '../../../shared/model/inventory.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { openSample } from '../sample/index.ts';
import { createInventory, type Inventory } from './index.ts';
import {
  address,
  addSampleMachine,
  observedLink,
  ok,
  sampleFacts,
  sampleTarget as target,
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

const addMachine = (facts: Facts, name?: string, acceptFacts?: boolean) =>
  addSampleMachine(inventory, facts, { name, acceptFacts });
const rows = (id: string) =>
  new Map(
    inventory.devices.compare({ id, view: 'all', limit: 500 }).rows.map((row) => [row.path, row]),
  );
const row = (id: string, path: string): ComparisonRow | undefined => rows(id).get(path);
const differences = (id: string) => inventory.devices.get(id).device.differences;

describe('adding a machine', () => {
  it('keeps how to reach it, and nothing observed is declared unasked', () => {
    const id = addMachine(sampleFacts());
    const { device, interfaces } = inventory.devices.get(id);
    expect(device).toMatchObject({ status: 'active', os: null, observedAt: 1_750_000_000_000 });
    expect(interfaces).toEqual([]);
    expect(inventory.sshTargetOf(id)).toEqual(target);
    expect(inventory.devices.facts(id)).toEqual(sampleFacts());
  });

  it('is one change set, undone at once and whole', () => {
    const before = snapshot(db.file);
    const id = addMachine(sampleFacts(), 'pi-1', true);
    const after = snapshot(db.file);
    expect(db.history.list({ before: null, limit: 10 })).toHaveLength(1);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
    db.history.redo();
    expect(snapshot(db.file)).toEqual(after);
    expect(inventory.devices.get(id).device.primaryAddress).toBe('10.0.0.11');
  });

  it('with its facts accepted leaves no difference', () => {
    openSample(
      db,
      'rackhelm: 2\nvlans:\n  - {number: 10, name: mgmt}\n  - {number: 20, name: storage}\nprefixes: [{prefix: 10.0.0.0/24, vlan: mgmt}]',
    );
    const vlan = observedLink({
      name: 'eth0.20',
      kind: 'vlan',
      vlanId: 20,
      parent: 'eth0',
      addresses: [address('10.0.20.11/24')],
    });
    const eth0 = observedLink({ name: 'eth0', addresses: [address('10.0.0.11/24')] });
    const id = addMachine(withLinks([vlan, eth0]), 'pi-1', true);
    expect(differences(id)).toBe(0);
    const { device, interfaces } = inventory.devices.get(id);
    expect(device).toMatchObject({ os: 'Debian GNU/Linux 13 (trixie)', cpuCores: 4 });
    expect(interfaces.map(({ name, vlans }) => [name, vlans])).toEqual([
      [
        'eth0',
        [
          { vlanId: 10, name: 'mgmt', tagged: false },
          { vlanId: 20, name: 'storage', tagged: true },
        ],
      ],
      ['eth0.20', [{ vlanId: 20, name: 'storage', tagged: false }]],
    ]);
  });

  it('that exists keeps what is declared of it', () => {
    const { id } = inventory.devices.create({ name: 'planned-pi', kind: 'other', os: 'Debian 12' });
    inventory.addMachine({
      facts: sampleFacts(),
      target: { host: 'pi.lan' },
      deviceId: id,
      name: 'ignored',
      kind: 'vm',
      rackId: null,
      acceptFacts: false,
      source: 'cli',
    });
    expect(inventory.devices.get(id).device).toMatchObject({
      name: 'planned-pi',
      kind: 'other',
      os: 'Debian 12',
      sshHost: 'pi.lan',
    });
    db.history.undo();
    // What was seen is evidence: it stays.
    expect(inventory.devices.get(id).device).toMatchObject({
      sshHost: null,
      observedAt: sampleFacts().collectedAt,
    });
  });
});

describe('declared beside observed', () => {
  it('leaves out what workloads made, and link-local addresses', () => {
    const id = addMachine(sampleFacts());
    const paths = [...rows(id).keys()].filter((path) => path.startsWith('interface/'));
    expect(paths).toEqual([
      'interface/eth0',
      'interface/eth0/mac',
      'interface/eth0/mtu',
      'interface/eth0/address/10.0.0.11/24',
    ]);
  });

  it('says of each field how it stands, in words for a person', () => {
    const id = addMachine(sampleFacts({ cpu: { status: 'failed', reason: 'lscpu is missing.' } }));
    const patch = {
      os: 'Debian 12',
      kernel: '6.12.41',
      hostname: 'PI-1.lan',
      cpuModel: 'Cortex-A76',
      memoryBytes: 8 * 1024 ** 3,
    };
    inventory.devices.update({ ids: [id], patch });
    expect(row(id, 'os')).toMatchObject({ state: 'differs', acceptable: true });
    expect(row(id, 'kernel')).toMatchObject({ state: 'same', acceptable: false });
    expect(row(id, 'hostname')?.state).toBe('same');
    expect(row(id, 'model')).toMatchObject({ state: 'only-observed', declared: null });
    expect(row(id, 'cpuModel')).toMatchObject({
      state: 'unknown',
      reason: 'lscpu is missing.',
      observed: null,
      acceptable: false,
    });
    // The kernel keeps a part of the memory for itself: no difference worth a word.
    expect(row(id, 'memoryBytes')).toMatchObject({
      state: 'same',
      declared: '8 GiB',
      observed: '7.7 GiB',
    });
    inventory.devices.update({ ids: [id], patch: { memoryBytes: 16 * 1024 ** 3 } });
    expect(row(id, 'memoryBytes')?.state).toBe('differs');
  });

  it('never offers to delete what a scan did not see', () => {
    const id = addMachine(sampleFacts(), 'pi-1', true);
    inventory.recordFacts({ deviceId: id, facts: withLinks([]) });
    expect(row(id, 'interface/eth0')).toMatchObject({ state: 'only-declared', acceptable: false });
    const failed = sampleFacts({ interfaces: { status: 'failed', reason: 'No ip, no /sys.' } });
    inventory.recordFacts({ deviceId: id, facts: failed });
    expect(row(id, 'interface/eth0/mac')).toMatchObject({
      state: 'unknown',
      reason: 'No ip, no /sys.',
    });
    expect(inventory.devices.get(id).interfaces).toHaveLength(1);
  });

  it('is all unknown before the first facts', () => {
    const { id } = inventory.devices.create({ name: 'a', kind: 'server', os: 'x' });
    const { rows: all, observedAt } = inventory.devices.compare({ id, view: 'all', limit: 500 });
    expect(observedAt).toBeNull();
    expect(new Set(all.map(({ state }) => state))).toEqual(new Set(['unknown']));
    expect(inventory.devices.facts(id)).toBeNull();
  });
});

describe('recording facts', () => {
  it('makes history only of what changed', () => {
    const id = addMachine(sampleFacts());
    const entries = () => db.history.list({ before: null, limit: 100 }).length;
    const before = entries();
    const load = ok({ one: 9, five: 9, fifteen: 9, uptimeSeconds: 5 });
    const later = sampleFacts({ load }, 1_750_000_060_000);
    inventory.recordFacts({ deviceId: id, facts: later });
    expect(entries()).toBe(before);
    expect(inventory.devices.get(id).device.observedAt).toBe(later.collectedAt);
    expect(inventory.devices.facts(id)).toEqual(later);
    const kernel = ok({ name: 'Linux', release: '6.13.0', architecture: 'aarch64' });
    inventory.recordFacts({ deviceId: id, facts: sampleFacts({ kernel }) });
    expect(entries()).toBe(before + 1);
    expect(db.history.state().undo?.title).toContain('Added pi-1');
  });

  it('goes by what was recorded last, in a database with facts under another source, too', () => {
    const id = addMachine(sampleFacts());
    const ahead = sampleFacts({}, 1_790_000_000_000);
    const old = { deviceId: id, source: 'facts', collectedAt: ahead.collectedAt };
    db.change({ title: 'Read facts of pi-1', source: 'facts' }, () =>
      db.tables.observations.record({ ...old, json: JSON.stringify(ahead) }, [
        { key: 'os', value: 'of another time', reason: null },
      ]),
    );
    expect(row(id, 'os')?.observed).toBe('of another time');
    const now = sampleFacts({}, 1_750_000_060_000);
    inventory.recordFacts({ deviceId: id, facts: now });
    expect(row(id, 'os')?.observed).toBe('Debian GNU/Linux 13 (trixie)');
    expect(inventory.devices.facts(id)).toEqual(now);
    expect(inventory.devices.get(id).device.observedAt).toBe(now.collectedAt);
  });

  it('counts differences and finds them in the list', () => {
    const id = addMachine(sampleFacts(), 'pi-1', true);
    const { id: other } = inventory.devices.create({ name: 'other', kind: 'server' });
    const cpu = ok({ model: 'Cortex-A78', cores: 4, threads: 4, sockets: 1, maxMhz: 2400 });
    const facts = sampleFacts({ cpu });
    expect(inventory.recordFacts({ deviceId: id, facts }).differences).toBe(1);
    expect(inventory.devices.list({ onlyDifferent: true }).rows.map((one) => one.id)).toEqual([id]);
    const unobserved = inventory.devices.list({ onlyUnobserved: true });
    expect(unobserved).toMatchObject({ rows: [{ id: other }], total: 1 });
    expect(inventory.summary()).toMatchObject({ withDifferences: 1, neverObserved: 1 });
    inventory.devices.update({ ids: [id, other], patch: { cpuModel: 'Cortex-A78' } });
    expect(inventory.summary().withDifferences).toBe(0);
  });
});
