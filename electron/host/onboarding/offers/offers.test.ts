import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../shared/model/kinds/schema.ts';
import type { MachineAnswers } from '../../../../shared/onboarding/answers.ts';
import type { DraftMachine } from '../../../../shared/onboarding/draft.ts';
import { createCabling } from '../../cabling/index.ts';
import type { Database } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createInventory, type Inventory } from '../../inventory/index.ts';
import { address, observedLink, ok, sampleFacts } from '../../inventory/sample-facts.ts';
import { createRecords } from '../../records/index.ts';
import { rolesFor } from '../roles/index.ts';
import { sampleDraft, sampleMachine } from '../trial/sample-draft.ts';
import { conflictsOf, offersFor } from './index.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let rackId: string;
let switchId: string;
let portIds: string[];

const create = (kind: KindName, values: Record<string, unknown>) =>
  createRecords(db).create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  const siteId = create('site', { name: 'Home' });
  rackId = create('rack', { site: siteId, name: 'A', heightUnits: 6 });
  switchId = inventory.devices.create({ name: 'sw-1', kind: 'switch', rackId, position: 1 }).id;
  portIds = [1, 2].map((at) => create('interface', { device: switchId, name: `port ${at}` }));
  const vlan = create('vlan', { number: 10, name: 'management', traffic: 'management' });
  create('prefix', { prefix: '10.0.0.0/29', vlan, gateway: '10.0.0.1' });
  create('vlan-membership', { interface: portIds[0], vlan, tagged: false });
});
afterEach(() => data.remove());

/** On port 1 of the switch, with an address from a lease. */
const cabled = (dynamic = true) =>
  sampleFacts({
    interfaces: ok([observedLink({ name: 'eth0', addresses: [address('10.0.0.6/29', dynamic)] })]),
    dns: ok({ servers: ['10.0.0.1'], search: [] }),
    lldp: ok([
      {
        interface: 'eth0',
        chassisName: 'sw-1',
        chassisId: null,
        portId: 'port 1',
        portDescription: null,
        pvid: null,
      },
    ]),
  });
const offerOf = (machine: DraftMachine) => offersFor(db, sampleDraft([machine]))[0];

describe('what is offered', () => {
  it('is the lowest units that are free, of a board also those that are taken', () => {
    const server = sampleMachine({ heightUnits: 2 });
    expect(offerOf(server)?.racks).toEqual([
      {
        rackId,
        rackName: 'A',
        heightUnits: 6,
        units: [2, 3, 4, 5],
        free: 4,
        standing: [{ name: 'sw-1', position: 1, heightUnits: 1 }],
      },
    ]);
    expect(offerOf(sampleMachine())?.racks[0]?.free).toBe(6);
  });

  it('is no rack of what looks virtual, unless a person says that it can be touched', () => {
    const facts = sampleFacts({
      virtualization: ok({ kind: 'kvm' }),
      model: ok({ manufacturer: 'QEMU', model: 'Standard PC', serial: null, source: 'dmi' }),
    });
    expect(offerOf(sampleMachine({}, { facts }))?.racks).toEqual([]);
    expect(offerOf(sampleMachine({ physical: true }, { facts }))?.racks[0]?.free).toBe(5);
  });

  it('leaves out the units that another machine of the draft was given', () => {
    const place = { rackId, position: 2, face: null, side: null, parentId: null, bay: null };
    const [first, second] = [
      sampleMachine({ place, heightUnits: 1 }),
      sampleMachine({ heightUnits: 1 }),
    ];
    expect(offersFor(db, sampleDraft([first, second]))[1]?.racks[0]?.units).toEqual([3, 4, 5, 6]);
  });

  it('is the port that LLDP tells of, the VLANs that it carries, and the next free address', () => {
    expect(offerOf(sampleMachine({}, { facts: cabled() }))).toMatchObject({
      ports: [
        {
          cable: { interface: 'eth0', socketId: portIds[0] },
          deviceName: 'sw-1',
          portName: 'port 1',
          taken: null,
        },
      ],
      vlans: [{ interface: 'eth0', tagged: false, name: 'management' }],
      addresses: [
        {
          interface: 'eth0',
          address: '10.0.0.2/29',
          gateway: '10.0.0.1',
          dns: ['10.0.0.1'],
          set: true,
          vlan: 'management',
          why: 'Its address 10.0.0.6/29 is from a lease; this one is free.',
        },
      ],
    });
  });

  it('is the address that it has where that does not come from a lease', () => {
    expect(offerOf(sampleMachine({}, { facts: cabled(false) }))?.addresses).toMatchObject([
      { address: '10.0.0.6/29', set: false },
    ]);
  });

  it('gives no two machines of a draft the same address, and none where a prefix is full', () => {
    const machines = Array.from({ length: 7 }, () => sampleMachine({}, { facts: cabled() }));
    const given = offersFor(db, sampleDraft(machines)).map(
      ({ addresses }) => addresses[0]?.address,
    );
    const all = [2, 3, 4, 5, 6].map((at) => `10.0.0.${at}/29`);
    expect(given).toEqual([...all, undefined, undefined]);
  });

  it('says which cable a port has already', () => {
    const nas = inventory.devices.create({ name: 'nas', kind: 'nas' }).id;
    const far = create('interface', { device: nas, name: 'eth0' });
    const cable = { type: null, status: 'connected', colour: null, length: null } as const;
    createCabling(db).connect({ a: [far], b: [portIds[0] ?? ''], cable, replace: false });
    expect(offerOf(sampleMachine({}, { facts: cabled() }))?.ports[0]?.taken).toBe(
      'C1, which leads to nas eth0',
    );
  });
});

describe('what speaks against answers', () => {
  const texts = (answers: Partial<MachineAnswers>, others: DraftMachine[] = []) =>
    conflictsOf(db, sampleDraft([sampleMachine(answers, { facts: cabled() }), ...others]))
      .filter(({ weight }) => weight === 'blocks')
      .map(({ text }) => text);
  const at = (text: string, more: object = {}) => ({
    addresses: [{ interface: 'eth0', address: text, gateway: null, dns: [], set: true, ...more }],
  });

  it('is nothing of answers that are in order', () => {
    expect(texts({ hostname: 'pi-1', ...at('10.0.0.2/29', { gateway: '10.0.0.1' }) })).toEqual([]);
  });

  it.each<[string, Partial<MachineAnswers>, string]>([
    ['a name that is taken', { name: 'SW-1' }, 'There is a device named SW-1 already.'],
    ['a host name that is none', { hostname: 'Pi_1' }, 'small letters'],
    ['a gateway outside', at('10.0.0.2/29', { gateway: '10.0.9.1' }), 'does not lie in'],
    ['the broadcast address', at('10.0.0.7/29'), 'of the network or of all in it'],
    ['the address of the gateway', at('10.0.0.1/29'), 'is the gateway of 10.0.0.0/29'],
    ['no prefix length', at('10.0.0.2'), 'no address with its prefix length'],
    [
      'an interface that is not there',
      at('10.0.0.2/29', { interface: 'eth7' }),
      'no interface eth7',
    ],
  ])('is %s', (_, answers, text) => {
    expect(texts(answers)).toEqual([expect.stringContaining(text)]);
  });

  it('is a unit that is taken, named with who has it', () => {
    const place = { rackId, position: 1, face: null, side: null, parentId: null, bay: null };
    expect(texts({ place, heightUnits: 1 })).toEqual([
      'pi-1 cannot stand there: sw-1 takes unit 1 of A.',
    ]);
  });

  it('is what two machines of one draft would both have', () => {
    const same = { name: 'pi-2', hostname: 'x', ...at('10.0.0.2/29') };
    const other = sampleMachine(same, {
      facts: sampleFacts({
        machineId: ok({ machineId: 'b'.repeat(32) }),
        interfaces: ok([observedLink({ name: 'eth0', mac: 'd8:3a:dd:00:00:99' })]),
      }),
    });
    expect(texts({ ...same, name: 'PI-2' }, [other])).toEqual([
      'Two machines of this onboarding are to be called PI-2.',
      'Two machines would have the host name x.',
      'Two machines would have 10.0.0.2.',
      'Two machines of this onboarding are to be called pi-2.',
      'Two machines would have the host name x.',
      'Two machines would have 10.0.0.2.',
    ]);
  });

  it('lets a replacement have name and address of what it replaces', () => {
    const { id } = inventory.devices.create({ name: 'dns', kind: 'sbc' });
    const eth = create('interface', { device: id, name: 'eth0' });
    create('address', { interface: eth, address: '10.0.0.3/29' });
    const answers = { name: 'dns', ...at('10.0.0.3/29') };
    expect(texts(answers)).toHaveLength(2);
    expect(texts({ ...answers, identity: { as: 'replacement', deviceId: id } })).toEqual([]);
  });
});

it('recommends a role beside the cluster and the power that are documented', () => {
  const cluster = create('cluster', { name: 'home', kind: 'k3s' });
  const ups = inventory.devices.create({ name: 'UPS 1', kind: 'ups' }).id;
  const supplied = (name: string) => {
    const { id } = inventory.devices.create({ name, kind: 'server' });
    const source = create('power-point', { device: ups, name: `out ${name}`, role: 'outlet' });
    const input = create('power-point', { device: id, name: 'in', role: 'input' });
    create('power-link', { source, input });
    return id;
  };
  create('cluster-member', { cluster, device: supplied('node-1'), role: 'control-plane' });
  const known = sampleMachine({}, { deviceId: supplied('node-2') });
  const roles = rolesFor(db, sampleDraft([known]))[0]?.roles ?? [];
  const control = roles.find(({ role }) => role === 'control-plane');
  expect(control?.reasons.map(({ text }) => text)).toContain(
    'It would fail together with node-1: both depend on UPS 1.',
  );
});
