import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts, FactsSections } from '../../../../shared/model/facts.ts';
import { reasonText } from '../../../../shared/model/identity-words.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createInventory, type Inventory } from '../index.ts';
import {
  address,
  addSampleMachine,
  observedLink,
  ok,
  sampleFacts,
  withLinks,
} from '../sample-facts.ts';

let data: TemporaryData;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  inventory = createInventory(data.open());
});
afterEach(() => data.remove());

const addMachine = (facts: Facts, name?: string, acceptFacts?: boolean) =>
  addSampleMachine(inventory, facts, { name, acceptFacts });
const at = (host: string) => ({ target: { host } });
const identify = (facts: Facts, host = '10.0.0.99') => inventory.identify(facts, at(host));

const otherId = { machineId: 'fedcba98765432100123456789abcde0' };
const serial = (text: string | null) =>
  ok({ manufacturer: null, model: 'Pi', serial: text, source: 'device-tree' as const });
const other: Partial<FactsSections> = {
  machineId: ok(otherId),
  hostname: ok({ hostname: 'else', fqdn: null }),
  interfaces: ok([
    observedLink({ name: 'eth0', mac: 'd8:3a:dd:00:00:77', addresses: [address('10.0.0.77/24')] }),
  ]),
  model: serial('20000000abcdef02'),
};

describe('what a device is known by', () => {
  it('is told with every reason, the weightiest first', () => {
    const id = addMachine(sampleFacts());
    const [match, ...more] = identify(sampleFacts(), '10.0.0.11');
    expect(match).toMatchObject({ deviceId: id, deviceName: 'pi-1', verdict: 'same' });
    expect(more).toEqual([]);
    expect(match?.reasons.map((reason) => reasonText(reason))).toEqual([
      'the same machine id 0123456789ab…',
      'the same serial number 10000000abcdef01',
      'the same MAC address d8:3a:dd:00:00:01',
      'the same host name pi-1',
      'the same address 10.0.0.11',
    ]);
  });

  it('tells both values where they differ', () => {
    addMachine(sampleFacts());
    const { model = serial(null) } = other;
    const [match] = identify(sampleFacts({ model }));
    expect(match?.reasons.filter(({ agrees }) => !agrees)).toEqual([
      {
        kind: 'serial',
        agrees: false,
        weight: 'strong',
        observed: ['20000000abcdef02'],
        known: ['10000000abcdef01'],
        devices: 0,
      },
    ]);
  });

  it('is also what is declared of it', () => {
    const { id } = inventory.devices.create({
      name: 'plan',
      kind: 'sbc',
      // As a person types it.
      serial: '10000000ABCDEF01',
    });
    expect(identify(sampleFacts())[0]).toMatchObject({ deviceId: id, verdict: 'same' });
  });

  it('never is a wrong serial number in a plan that alone makes it another', () => {
    const { id } = inventory.devices.create({ name: 'plan', kind: 'sbc', serial: 'PF3XYZ' });
    inventory.recordFacts({ deviceId: id, facts: sampleFacts(), way: at('10.0.0.11') });
    expect(identify(sampleFacts())[0]).toMatchObject({ deviceId: id, verdict: 'same' });
  });

  it('is asked about where only its name is planned', () => {
    const { id } = inventory.devices.create({ name: 'pi-1', kind: 'sbc' });
    expect(identify(sampleFacts())).toMatchObject([{ deviceId: id, verdict: 'probably-same' }]);
  });

  it('is not an address in a plan, nor the name of something else', () => {
    const { id } = inventory.devices.create({ name: 'x', kind: 'sbc', sshHost: '10.0.0.11' });
    expect(identify(sampleFacts(), '10.0.0.11')).toMatchObject([
      { deviceId: id, verdict: 'probably-same' },
    ]);
    expect(identify(sampleFacts(), '10.0.0.98')).toMatchObject([
      { deviceId: id, verdict: 'another' },
    ]);
  });

  it('never is what workloads or failover bring', () => {
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
    expect(identify(facts, '10.0.0.6')).toEqual([]);
  });
});

describe('which keys last', () => {
  const failed = { status: 'failed' as const, reason: 'No ip, no /sys.' };
  const absent = { status: 'absent' as const, reason: 'There is none.' };
  const kinds = (facts: Facts) =>
    identify(facts)[0]
      ?.reasons.filter(({ kind, agrees }) => agrees && kind !== 'ssh-target' && kind !== 'address')
      .map(({ kind }) => kind);
  const record = (deviceId: string, facts: Facts) =>
    inventory.recordFacts({ deviceId, facts, way: at('10.0.0.99') });

  it('are those of the newest reading: a card or a board that left may come back elsewhere', () => {
    const id = addMachine(sampleFacts());
    const { interfaces = failed } = other;
    record(id, sampleFacts({ interfaces }));
    const old = sampleFacts({ ...other, interfaces: sampleFacts().sections.interfaces });
    expect(kinds(old)).toEqual([]);
    expect(kinds(sampleFacts({ interfaces }))).toContain('mac');
  });

  it('are kept where the newest reading could not tell', () => {
    const id = addMachine(sampleFacts());
    record(id, sampleFacts({ interfaces: failed, machineId: failed, model: serial(null) }));
    expect(kinds(sampleFacts())).toEqual(['machine-id', 'serial', 'mac', 'hostname']);
  });

  it('go where the machine plainly has none any more', () => {
    const id = addMachine(sampleFacts());
    record(id, sampleFacts({ machineId: absent }));
    expect(kinds(sampleFacts())).toEqual(['serial', 'mac', 'hostname']);
  });

  it('of a board go where it turns out to be that of the host', () => {
    const id = addMachine(sampleFacts());
    record(id, sampleFacts({ virtualization: ok({ kind: 'lxc' }) }));
    expect(kinds(sampleFacts())).toEqual(['machine-id', 'mac', 'hostname']);
  });
});

describe('keys that several devices share', () => {
  const clone = (index: number) =>
    sampleFacts({
      model: serial(null),
      hostname: ok({ hostname: `vm-${index}`, fqdn: null }),
      virtualization: ok({ kind: 'kvm' }),
      interfaces: ok([observedLink({ name: 'eth0', mac: `52:54:00:00:01:0${index}` })]),
    });
  const all = (facts: Facts) =>
    identify(facts).map(({ deviceName, verdict }) => `${deviceName} ${verdict}`);

  it('keep clones apart that are both in the inventory', () => {
    addMachine(clone(1), 'vm-1');
    expect(all(clone(2))).toEqual(['vm-1 clone']);
    addMachine(clone(2), 'vm-2');
    expect(all(clone(2))).toEqual(['vm-2 same', 'vm-1 clone']);
    expect(all(clone(1))).toEqual(['vm-1 same', 'vm-2 clone']);
  });

  it('prove little in the end: the copies of one image are others', () => {
    for (const index of [1, 2, 3, 4]) addMachine(clone(index), `vm-${index}`);
    expect(new Set(all(clone(5)).map((text) => text.split(' ')[1]))).toEqual(new Set(['another']));
    expect(all(clone(3))[0]).toBe('vm-3 same');
  });

  it('make a machine unclear that stands in the inventory twice', () => {
    addMachine(sampleFacts(), 'first');
    addMachine(sampleFacts(), 'second');
    const verdicts = identify(sampleFacts()).map(({ verdict }) => verdict);
    expect(verdicts).toEqual(['probably-same', 'probably-same']);
  });
});

describe('facts for a device that was named', () => {
  const refused = expect.objectContaining({ code: 'OTHER_MACHINE' });
  const record = (deviceId: string, sections: Partial<FactsSections>) =>
    inventory.recordFacts({ deviceId, facts: sampleFacts(sections), way: at('10.0.0.11') });

  it('are not recorded where its address is another machine’s by now', () => {
    const id = addMachine(sampleFacts());
    const before = inventory.devices.get(id);
    const name = sampleFacts().sections.hostname;
    expect(() => record(id, other)).toThrow(refused);
    // Neither a name nor an address that it took over makes it this one.
    expect(() => record(id, { ...other, hostname: name })).toThrow(refused);
    expect(() => record(id, other)).toThrow(
      'The machine that answered is not pi-1: machine id fedcba987654… instead of 0123456789ab…',
    );
    expect(inventory.devices.get(id)).toEqual(before);
  });

  it('say which device answered, where that is known', () => {
    const id = addMachine(sampleFacts());
    addMachine(sampleFacts(other), 'pi-2');
    expect(() => record(id, other)).toThrow('The machine that answered is pi-2 and not pi-1');
    const { id: plan } = inventory.devices.create({ name: 'plan', kind: 'sbc' });
    expect(() => record(plan, other)).toThrow('is pi-2 and not plan');
  });

  it('are refused from a clone at its address', () => {
    const id = addMachine(sampleFacts());
    const { model = serial(null), interfaces = ok([]) } = other;
    expect(() => record(id, { model, interfaces })).toThrow('looks like a clone of pi-1');
  });

  it('are recorded for whatever may well be it', () => {
    const id = addMachine(sampleFacts());
    const { machineId = ok(otherId), interfaces = ok([]) } = other;
    record(id, { machineId, model: serial(null) });
    record(id, { machineId, interfaces });
    const { id: plan } = inventory.devices.create({ name: 'plan', kind: 'sbc', serial: 'PF3' });
    record(plan, {
      ...other,
      machineId: ok({ machineId: 'abcdef98765432100123456789abcde0' }),
      interfaces: ok([observedLink({ name: 'eth0', mac: 'd8:3a:dd:00:00:88' })]),
      model: serial('30000000abcdef03'),
      hostname: ok({ hostname: 'plan', fqdn: null }),
    });
  });
});
