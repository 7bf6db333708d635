import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts, FactsSections } from '../../../shared/model/facts.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
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

describe('recognising a machine', () => {
  const other = {
    machineId: ok({ machineId: 'ffffffffffffffffffffffffffffffff' }),
    hostname: ok({ hostname: 'else', fqdn: null }),
    interfaces: ok([
      observedLink({
        name: 'eth0',
        mac: 'd8:3a:dd:00:00:77',
        addresses: [address('10.0.0.77/24')],
      }),
    ]),
    model: ok({ manufacturer: null, model: 'Pi', serial: 'other', source: 'device-tree' as const }),
  };
  const verdict = (sections: Partial<FactsSections>) =>
    inventory.identify(sampleFacts(sections), { host: '10.0.0.99' })[0]?.verdict;

  it('takes it for the same when the strong keys agree', () => {
    const id = addMachine(sampleFacts());
    const [match] = inventory.identify(sampleFacts(), { host: '10.0.0.99' });
    expect(match).toMatchObject({ deviceId: id, deviceName: 'pi-1', verdict: 'same' });
    expect(match?.keys.map(({ key }) => key)).toEqual([
      'machine-id',
      'serial',
      'mac',
      'hostname',
      'address',
    ]);
  });

  it('suspects a clone: the same machine-id on other hardware', () => {
    addMachine(sampleFacts());
    expect(verdict({ model: other.model })).toBe('clone-suspected');
    expect(verdict({ interfaces: other.interfaces })).toBe('clone-suspected');
  });

  it('knows reinstalled hardware, unless its keys contradict each other', () => {
    addMachine(sampleFacts());
    expect(verdict({ machineId: other.machineId })).toBe('same');
    expect(verdict({ machineId: other.machineId, model: other.model })).toBe('weak');
  });

  it('trusts neither host name nor address much, and knows a stranger', () => {
    addMachine(sampleFacts());
    const { hostname, ...strong } = other;
    expect(verdict(strong)).toBe('weak');
    expect(verdict(other)).toBeUndefined();
    expect(inventory.identify(sampleFacts(other), { host: '10.0.0.11' })[0]).toMatchObject({
      verdict: 'weak',
      keys: [{ key: 'address', value: '10.0.0.11' }],
    });
  });

  it('never goes by what workloads or failover bring', () => {
    const docker = observedLink({ name: 'docker0', kind: 'bridge', mac: '02:42:aa:00:00:01' });
    const veth = observedLink({
      name: 'veth1',
      kind: 'veth',
      mac: '02:42:aa:00:00:02',
      master: 'docker0',
    });
    const virtual = [address('10.0.0.5/24'), address('10.0.0.200/32')];
    const own = observedLink({ name: 'eth0', mac: 'd8:3a:dd:00:00:55', addresses: virtual });
    addMachine(withLinks([docker, veth, own]), 'first', true);
    const shared = observedLink({
      name: 'eth0',
      mac: 'd8:3a:dd:00:00:66',
      addresses: [address('10.0.0.6/24'), address('10.0.0.200/32')],
    });
    const facts = sampleFacts({ ...other, interfaces: ok([docker, veth, shared]) });
    expect(inventory.identify(facts, { host: '10.0.0.6' })).toEqual([]);
  });

  it('forgets the keys that newer facts replace, but not those that are declared', () => {
    const id = addMachine(sampleFacts());
    const { machineId, model, interfaces } = other;
    inventory.recordFacts({ deviceId: id, facts: sampleFacts({ model, interfaces }) });
    // The old board comes back, with another system on it.
    const moved = ok([observedLink({ name: 'eth0', addresses: [address('10.0.0.50/24')] })]);
    const old = sampleFacts({ machineId, hostname: other.hostname, interfaces: moved });
    expect(inventory.identify(old, { host: 'new' })).toEqual([]);
    expect(verdict({ model, interfaces })).toBe('same');
    inventory.devices.update({ ids: [id], patch: { serial: '10000000abcdef01' } });
    expect(inventory.identify(old, { host: 'new' })).toMatchObject([
      { deviceId: id, keys: [{ key: 'serial' }], verdict: 'weak' },
    ]);
  });

  it('keeps the keys of what newer facts do not tell', () => {
    const id = addMachine(sampleFacts());
    const failed = { status: 'failed' as const, reason: 'No ip, no /sys.' };
    const model = ok({ manufacturer: null, model: 'Pi', serial: null, source: 'dmi' as const });
    const facts = sampleFacts({ interfaces: failed, machineId: failed, model });
    inventory.recordFacts({ deviceId: id, facts });
    expect(inventory.identify(sampleFacts(), { host: 'x' })[0]?.keys).toMatchObject([
      { key: 'machine-id' },
      { key: 'serial' },
      { key: 'mac' },
      { key: 'hostname' },
      { key: 'address' },
    ]);
  });

  it('goes by what is declared, too', () => {
    const { id } = inventory.devices.create({
      name: 'plan',
      kind: 'sbc',
      serial: '10000000abcdef01',
    });
    expect(inventory.identify(sampleFacts(), { host: 'x' })[0]).toMatchObject({
      deviceId: id,
      verdict: 'same',
    });
  });
});

describe('suggestions', () => {
  it('take the host name, make it free, and see what kind it is', () => {
    expect(inventory.suggest(sampleFacts(), target)).toEqual({ name: 'pi-1', kind: 'sbc' });
    addMachine(sampleFacts());
    expect(inventory.suggest(sampleFacts(), target).name).toBe('pi-1-2');
    const pc = ok({ manufacturer: 'Lenovo', model: 'M720q', serial: null, source: 'dmi' as const });
    const nameless = ok({ hostname: 'localhost', fqdn: null });
    expect(inventory.suggest(sampleFacts({ model: pc, hostname: nameless }), target)).toEqual({
      name: '10.0.0.11',
      kind: 'server',
    });
    expect(
      inventory.suggest(sampleFacts({ model: pc, virtualization: ok({ kind: 'kvm' }) }), target)
        .kind,
    ).toBe('vm');
  });
});

describe('how to reach a device', () => {
  it('is declared: an address in a plan may be some other machine’s', () => {
    const { id } = inventory.devices.create({ name: 'a', kind: 'server' });
    expect(() => inventory.sshTargetOf(id)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT' }),
    );
    inventory.devices.update({ ids: [id], patch: { hostname: 'a.lan' } });
    expect(() => inventory.sshTargetOf(id)).toThrow(/no SSH host/);
    const patch = { sshHost: '10.0.0.2', sshPort: 2222, sshJump: 'gate, ada@inner' };
    inventory.devices.update({ ids: [id], patch });
    expect(inventory.sshTargetOf(id)).toEqual({
      host: '10.0.0.2',
      port: 2222,
      jump: ['gate', 'ada@inner'],
    });
  });
});
