import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facts, FactsSections, ObservedInterface } from '../../../../shared/model/facts.ts';
import type { IdentityVerdict } from '../../../../shared/model/identity.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createInventory, type Inventory, type Way } from '../index.ts';
import { address, observedLink, ok, sampleFacts } from '../sample-facts.ts';

/** A machine in the few words that identity is about. Null: it has none, or may not tell. */
interface Machine {
  readonly name?: string;
  readonly id?: string | null;
  readonly serial?: string | null;
  readonly macs?: readonly (string | readonly [string, string])[] | null;
  readonly disks?: readonly string[];
  readonly virtual?: string;
  readonly address?: string;
  readonly port?: number;
  readonly jump?: readonly string[];
  readonly hostKey?: string | null;
  readonly uuid?: string;
  readonly hostId?: string;
}

const onboard = 'd8:3a:dd:00:00:01';
const card = 'a0:36:9f:00:00:10';
const dock = '00:50:b6:11:22:33';
const idA = '0123456789abcdef0123456789abcdef';
const idB = 'fedcba98765432100123456789abcde0';

const uuidA = '4c4c4544-0031-3010-8034-b7c04f4d3332';
const uuidB = '9a1b4544-0031-3010-8034-b7c04f4d3332';

const nas: Machine = {
  name: 'nas',
  id: idA,
  serial: 'PF3XYZ12',
  macs: [onboard],
  disks: ['WD-WX12A34'],
  address: '10.0.0.5',
  hostKey: 'AAAA',
};

function factsOf(machine: Machine): Facts {
  const { name = 'nas', id, serial = null, macs, disks = [], virtual = 'none' } = machine;
  const links = (macs ?? []).map((told, index): ObservedInterface => {
    const [link, mac] = typeof told === 'string' ? [`eth${index}`, told] : told;
    const own = index === 0 ? [address(`${machine.address ?? '10.0.0.5'}/24`)] : [];
    return observedLink({ name: link, mac, addresses: own });
  });
  const sections: Partial<FactsSections> = {
    hostname: ok({ hostname: name, fqdn: null }),
    machineId: id ? ok({ machineId: id }) : { status: 'absent', reason: 'There is none.' },
    model: ok({ manufacturer: 'ACME', model: 'Box', serial, source: 'dmi' }),
    virtualization: ok({ kind: virtual }),
    interfaces: macs === null ? { status: 'failed', reason: 'No ip.' } : ok(links),
    blockDevices: ok(
      disks.map((each, index) => ({
        name: `sd${index}`,
        type: 'disk',
        sizeBytes: 1,
        model: null,
        serial: each,
        rotational: null,
        parent: null,
      })),
    ),
  };
  const { uuid: productUuid = null, hostId = null } = machine;
  const identifiers = { productUuid, hostId, boardSerial: null, chassisSerial: null, hidden: null };
  return Object.assign(sampleFacts(sections), { identifiers });
}

function wayOf({ address: host = '10.0.0.5', port = 22, jump = [], hostKey }: Machine): Way {
  return {
    target: { host, port, jump: [...jump] },
    resolved: { host, port, jump },
    ...(hostKey && { hostKey: { type: 'ssh-ed25519', sha256: `SHA256:${hostKey}` } }),
  };
}

let data: TemporaryData;
let inventory: Inventory;
beforeEach(() => {
  data = temporaryData();
  inventory = createInventory(data.open());
});
afterEach(() => data.remove());

function add(machine: Machine, name = `${machine.name ?? 'nas'}-${Math.random()}`): string {
  return inventory.addMachine({
    facts: factsOf(machine),
    target: wayOf(machine).target,
    way: wayOf(machine),
    deviceId: null,
    name,
    kind: 'server',
    rackId: null,
    acceptFacts: false,
    source: 'app',
  }).deviceId;
}
const identify = (machine: Machine) => inventory.identify(factsOf(machine), wayOf(machine));
const verdictOn = (device: string, machine: Machine): IdentityVerdict =>
  identify(machine).find(({ deviceId }) => deviceId === device)?.verdict ?? 'another';

const moved = { address: '10.0.0.99', name: 'other', hostKey: 'BBBB' } as const;
const vm: Machine = {
  ...nas,
  serial: null,
  disks: [],
  virtual: 'kvm',
  macs: ['52:54:00:aa:00:01'],
};
const plain: Machine = { ...nas, serial: null, disks: [] };
const keyless: Machine = { name: 'store', id: null, macs: null, hostKey: 'AAAA' };
const bsd: Machine = { ...keyless, macs: ['02:00:5e:40:00:01'] };
const laptop: Machine = {
  ...plain,
  name: 'laptop-a',
  macs: ['3c:7c:3f:00:00:01', ['wlan0', '3c:7c:3f:00:00:02'], dock],
};

type Case = readonly [what: string, known: Machine, now: Machine, verdict: IdentityVerdict];

const cases: readonly Case[] = [
  // The machine itself, after this and that.
  ['the same machine', nas, nas, 'same'],
  ['moved to another address', nas, { ...nas, address: '10.0.0.77' }, 'same'],
  ['renamed, moved and with new host keys', nas, { ...nas, ...moved }, 'same'],
  [
    'another MAC at each boot, with a serial number',
    nas,
    { ...nas, macs: ['02:63:3b:00:00:01'] },
    'same',
  ],
  [
    'another MAC at each boot, at its address',
    plain,
    { ...plain, macs: ['02:63:3b:00:00:01'] },
    'same',
  ],
  ['a replaced network card', nas, { ...nas, macs: [card] }, 'same'],
  ['an added network card', plain, { ...plain, macs: [onboard, card] }, 'same'],
  [
    'a replaced card beside the one on board',
    plain,
    { ...plain, macs: [onboard, card], id: idA },
    'same',
  ],
  [
    'a replaced only card, no serial number, same place',
    plain,
    { ...plain, macs: [card] },
    'probably-same',
  ],
  ['read by a user who may not see the serial number', nas, { ...nas, serial: null }, 'same'],
  ['interfaces that could not be read', nas, { ...nas, macs: null }, 'same'],
  [
    'a serial number that nobody filled in',
    { ...nas, serial: 'Default string' },
    { ...nas, serial: 'Default string' },
    'same',
  ],

  // Installed anew, started otherwise.
  ['installed anew: serial number and MAC stay', nas, { ...nas, ...moved, id: idB }, 'same'],
  [
    'dual boot: another system on the same board',
    nas,
    { ...nas, id: idB, name: 'windows', hostKey: 'CCCC' },
    'same',
  ],
  [
    'installed anew, no serial number, same name',
    plain,
    { ...plain, id: idB, hostKey: 'BBBB' },
    'probably-same',
  ],
  ['a machine-id made anew, with its host key', plain, { ...plain, id: idB }, 'probably-same'],
  [
    'installed anew with a random MAC: only the serial number stays',
    nas,
    { ...nas, ...moved, id: idB, macs: ['02:63:3b:00:00:01'] },
    'probably-same',
  ],
  [
    'two cards, installed anew, another name and place',
    { ...plain, macs: [onboard, card] },
    { ...plain, ...moved, id: idB, macs: [onboard, card] },
    'probably-same',
  ],

  // Parts that moved.
  [
    'another mainboard with the same disk',
    nas,
    { ...nas, serial: 'ZZ9', macs: [card] },
    'probably-same',
  ],
  ['another mainboard, the card came along', plain, { ...plain, serial: 'ZZ9' }, 'same'],
  [
    'another mainboard whose card came along',
    { ...plain, serial: 'AA1' },
    { ...plain, serial: 'ZZ9' },
    'probably-same',
  ],
  [
    'a card that moved into another machine',
    nas,
    { ...moved, id: idB, serial: 'ZZ9', macs: [onboard, card] },
    'another',
  ],
  [
    'a card that moved, serial numbers unread',
    plain,
    { ...moved, id: idB, macs: [onboard] },
    'another',
  ],

  // Copies.
  [
    'a cloned machine: another serial number',
    nas,
    { ...nas, ...moved, serial: 'ZZ9', macs: [card], disks: ['S5'] },
    'clone',
  ],
  [
    'a cloned VM: only the MAC is another',
    vm,
    { ...vm, address: '10.0.0.6', macs: ['52:54:00:aa:00:02'] },
    'clone',
  ],
  [
    'a cloned VM that kept its made-up prefix',
    { ...vm, macs: ['c2:12:34:00:00:01'] },
    { ...vm, address: '10.0.0.6', macs: ['c2:12:34:00:00:02'] },
    'clone',
  ],
  [
    'a cloned VM with the serial number of its host',
    { ...vm, serial: 'HOST77' },
    { ...vm, serial: 'HOST77', address: '10.0.0.6', macs: ['52:54:00:aa:00:02'] },
    'clone',
  ],
  [
    'a cloned disk in a board of the same kind',
    plain,
    { ...plain, ...moved, macs: [card], hostKey: 'AAAA' },
    'clone',
  ],
  [
    'copied host keys under a machine-id of its own',
    vm,
    { ...vm, id: idB, name: 'vm-2', address: '10.0.0.6', macs: ['52:54:00:aa:00:02'] },
    'another',
  ],
  [
    'copied host keys and nothing else',
    keyless,
    { ...keyless, name: 'store-2', address: '10.0.0.6' },
    'clone',
  ],
  ['a snapshot that was restored as it is', vm, { ...vm, address: '10.0.0.6' }, 'same'],

  // Others that share a thing.
  [
    'a machine with nothing in common',
    nas,
    { ...moved, id: idB, serial: 'ZZ9', macs: [card] },
    'another',
  ],
  [
    'the address of a machine that is gone',
    nas,
    { ...moved, address: '10.0.0.5', id: idB, serial: 'ZZ9', macs: [card] },
    'another',
  ],
  [
    'name and address of a machine that was replaced',
    nas,
    { ...nas, id: idB, serial: 'ZZ9', macs: [card], disks: [], hostKey: 'BBBB' },
    'another',
  ],
  [
    'a dock that two laptops use',
    laptop,
    { ...moved, id: idB, macs: ['3c:7c:3f:00:00:08', ['wlan0', '3c:7c:3f:00:00:09'], dock] },
    'another',
  ],
  [
    'a dock under two systems without machine-id',
    { ...laptop, id: null, hostKey: null },
    { ...moved, id: null, hostKey: null, macs: ['3c:7c:3f:00:00:08', dock] },
    'another',
  ],
  [
    'an adapter on USB, the only card of both',
    { ...plain, macs: [['enx0050b6112233', dock]] },
    { ...moved, id: idB, macs: [['enx0050b6112233', dock]] },
    'another',
  ],
  [
    'one MAC on all copies of a cheap adapter',
    { ...plain, macs: ['00:e0:4c:53:44:58'] },
    { ...moved, id: idB, macs: ['00:e0:4c:53:44:58'] },
    'another',
  ],
  [
    'a virtual router address on both',
    { ...plain, macs: [onboard, ['vrrp1', '00:00:5e:00:01:07']] },
    { ...moved, id: idB, macs: [card, ['vrrp1', '00:00:5e:00:01:07']] },
    'another',
  ],
  [
    'the same serial number where nobody filled one in',
    { ...nas, serial: 'To be filled by O.E.M.' },
    { ...moved, id: idB, serial: 'To be filled by O.E.M.', macs: [card] },
    'another',
  ],
  [
    'zeros for a machine-id',
    { ...plain, id: '0'.repeat(32) },
    { ...moved, id: '0'.repeat(32), macs: [card] },
    'another',
  ],
  [
    'a container that shows the board of its host',
    nas,
    {
      ...moved,
      id: idB,
      serial: 'PF3XYZ12',
      virtual: 'lxc',
      macs: ['00:16:3e:00:00:07'],
      disks: ['WD-WX12A34'],
    },
    'another',
  ],
  [
    'another container of the same host',
    { ...nas, virtual: 'lxc', macs: ['00:16:3e:00:00:07'] },
    { ...moved, id: idB, serial: 'PF3XYZ12', virtual: 'lxc', macs: ['00:16:3e:00:00:08'] },
    'another',
  ],
  [
    'a container in the network of its host',
    nas,
    { ...nas, id: idB, name: 'web', virtual: 'docker', port: 2222, hostKey: 'CCCC' },
    'another',
  ],
  [
    'a VM with the serial number of its host',
    { ...vm, serial: 'HOST77' },
    { ...vm, ...moved, id: idB, serial: 'HOST77', macs: ['52:54:00:aa:00:02'] },
    'another',
  ],
  [
    'two that an image called alike',
    { ...plain, name: 'raspberrypi' },
    { ...moved, name: 'raspberrypi', id: idB, macs: [card] },
    'another',
  ],

  [
    'one MAC on two boxes whose host keys were copied',
    plain,
    { ...plain, id: idB },
    'probably-same',
  ],
  [
    'a dock, copied host keys, the same name and place',
    laptop,
    { ...laptop, id: idB, macs: ['3c:7c:3f:00:00:08', dock] },
    'another',
  ],
  [
    'everything but host key, name and place',
    nas,
    { ...nas, id: idB, serial: 'ZZ9', macs: [card], disks: [] },
    'another',
  ],
  [
    'a VM by the UUID that its hypervisor gave it, with another MAC',
    { ...vm, uuid: uuidA },
    { ...vm, uuid: uuidA, macs: ['52:54:00:aa:00:09'] },
    'same',
  ],
  [
    'a cloned VM with a UUID of its own',
    { ...vm, uuid: uuidA },
    { ...vm, uuid: uuidB, address: '10.0.0.6', macs: ['52:54:00:aa:00:02'] },
    'clone',
  ],
  [
    'a UUID that boards are shipped with',
    { ...plain, uuid: '03000200-0400-0500-0006-000700080009' },
    { ...moved, id: idB, uuid: '03000200-0400-0500-0006-000700080009', macs: [card] },
    'another',
  ],
  [
    'one serial number on two boards, each with its UUID',
    { ...nas, uuid: uuidA },
    { ...moved, id: idB, serial: 'PF3XYZ12', uuid: uuidB, macs: [card] },
    'another',
  ],
  [
    'a BSD host by its host id, with another card',
    { ...bsd, hostId: uuidA },
    { ...bsd, hostId: uuidA, address: '10.0.0.9', hostKey: null },
    'same',
  ],
  [
    'another BSD host at the address',
    { ...bsd, macs: [onboard], hostId: uuidA },
    { ...bsd, macs: [card], hostId: uuidB, name: 'else', hostKey: 'BBBB' },
    'another',
  ],
  // Little to go by.
  ['a BSD host by MAC, name, place and host key', bsd, bsd, 'same'],
  [
    'a BSD host by the MAC of its card alone',
    { ...bsd, macs: [onboard] },
    { ...moved, id: null, hostKey: null, macs: [onboard] },
    'same',
  ],
  ['a BSD host with another made-up MAC', bsd, { ...bsd, macs: ['02:00:5e:40:00:99'] }, 'same'],
  ['a machine without any key, by host key and place', keyless, keyless, 'same'],
  [
    'the same, where the host key is not known',
    { ...keyless, hostKey: null },
    { ...keyless, hostKey: null },
    'probably-same',
  ],
  ['the same with a new host key', keyless, { ...keyless, hostKey: 'BBBB' }, 'probably-same'],
  [
    'the same by its host key from elsewhere',
    keyless,
    { ...keyless, address: '10.0.0.6' },
    'probably-same',
  ],
  [
    'another behind the same address, on another port',
    keyless,
    { ...keyless, name: 'else', port: 2222, hostKey: 'BBBB' },
    'another',
  ],
  [
    'another behind the same address, through a jump host',
    keyless,
    { ...keyless, name: 'else', jump: ['gate'], hostKey: 'BBBB' },
    'another',
  ],
];

describe('what a machine is to a device', () => {
  it.each(cases)('%s', (_what, known, now, verdict) => {
    const device = add(known);
    expect(verdictOn(device, now)).toBe(verdict);
  });
});
