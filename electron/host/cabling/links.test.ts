import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RackhelmError } from '../../../shared/model/errors.ts';
import type { SectionData } from '../../../shared/model/facts.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { ok, sampleFacts } from '../inventory/sample-facts.ts';
import { createRecords, type Records } from '../records/index.ts';
import { type Cabling, createCabling } from './index.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let records: Records;
let cabling: Cabling;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  records = createRecords(db);
  cabling = createCabling(db);
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const device = (name: string, kind = 'server', values = {}) =>
  add('device', { name, kind, ...values });
const port = (deviceId: string, name: string) => add('interface', { device: deviceId, name });
type Neighbour = SectionData<'lldp'>[number];
const sees = (deviceId: string, ...neighbours: Partial<Neighbour>[]) => {
  const nothing = { chassisName: null, chassisId: null, portId: null, portDescription: null };
  const lldp = ok(neighbours.map((one) => ({ interface: 'eth0', ...nothing, pvid: null, ...one })));
  // Machines are told apart by what they say of themselves.
  const machineId = ok({ machineId: deviceId.replaceAll('-', '') });
  const { values } = records.get({ kind: 'device', id: deviceId }).record;
  const hostname = ok({ hostname: String(values.hostname ?? values.name), fqdn: null });
  const model = { status: 'absent' as const, reason: 'It does not tell.' };
  const sections = { lldp, machineId, hostname, model, interfaces: ok([]) };
  inventory.recordFacts({ deviceId, facts: sampleFacts(sections) });
};
const links = (state: 'missing' | 'doubtful' | 'dismissed' = 'missing') =>
  cabling.links({ state, deviceId: null, search: '', offset: 0, limit: 100 });
const ends = (state?: 'missing' | 'doubtful') =>
  links(state).rows.map(({ a, b }) => [a, b].map((end) => `${end.deviceName} ${end.name}`).sort());
const items = (state: 'missing' | 'doubtful') =>
  links(state).rows.map(({ key, version }) => ({ key, version }));
const plain = { type: null, status: 'connected', colour: null, length: null };
const connect = (a: string, b: string) =>
  cabling.connect({ a: [a], b: [b], cable: plain, replace: false });
const other = (id: string) => {
  const { socket } = cabling.trace(id).steps.at(-1) ?? {};
  return `${socket?.deviceName} ${socket?.name}`;
};
const refused = (work: () => unknown): RackhelmError => {
  try {
    work();
  } catch (error) {
    return error as RackhelmError; // asserted by its members
  }
  throw new Error('It was not refused');
};

/** A Pi and a switch with three ports, the names of which LLDP writes in its own way. */
function rack() {
  const [pi, sw] = [device('pi-1'), device('switch-1', 'switch', { hostname: 'sw1.lan' })];
  const [eth0, one, two] = [port(pi, 'eth0'), port(sw, 'Port 1'), port(sw, 'Port 2')];
  return { pi, sw, eth0, one, two };
}

describe('two interfaces that LLDP says are connected', () => {
  it.each([
    ['by name', { chassisName: 'switch-1', portId: 'port2' }],
    [
      'by host name and description',
      { chassisName: 'SW1.lan', portId: '7', portDescription: 'Port 2' },
    ],
    ['by MAC address', { chassisId: 'aa:bb:cc:00:00:01', portId: 'AA-BB-CC-00-00-02' }],
  ])('are missing until a cable joins them: %s', (_how, told) => {
    const { pi, eth0, one, two } = rack();
    add('mac', { interface: one, mac: 'aa:bb:cc:00:00:01' });
    add('mac', { interface: two, mac: 'aa:bb:cc:00:00:02' });
    sees(pi, told);
    expect(ends()).toEqual([['pi-1 eth0', 'switch-1 Port 2']]);
    expect(links().rows[0]?.evidence).toHaveLength(1);
    cabling.acceptLinks(items('missing'));
    expect(other(eth0)).toBe('switch-1 Port 2');
    expect(links().counts).toEqual({ missing: 0, doubtful: 0, dismissed: 0 });
    db.history.undo();
    expect(links().counts.missing).toBe(1);
  });

  it('stand there once though both say it, also where only one can tell the port', () => {
    const { pi, sw } = rack();
    sees(pi, { chassisName: 'switch-1' });
    sees(sw, { interface: 'Port 2', chassisName: 'pi-1', portId: 'eth0' });
    expect(ends()).toEqual([['pi-1 eth0', 'switch-1 Port 2']]);
    expect(links().rows[0]?.evidence).toHaveLength(2);
  });

  it('are declared with the cable where they were only seen', () => {
    const [pi, nas] = [device('pi-1'), device('nas', 'nas')];
    sees(pi, { chassisName: 'nas', portId: 'lan4' });
    expect(links().rows[0]?.a.socketId).toBeNull();
    cabling.acceptLinks(items('missing'));
    const found = cabling.socketNamed('nas lan4');
    expect(found.deviceId).toBe(nas);
    expect(other(found.id)).toBe('pi-1 eth0');
  });

  it('are no cable when a documented path through a panel says the same', () => {
    const { pi, eth0, two } = rack();
    const panel = device('panel', 'other');
    const rear = add('port', { device: panel, role: 'rear', name: 'r1' });
    const front = add('port', { device: panel, role: 'front', name: 'f1', rear });
    connect(eth0, front);
    connect(rear, two);
    sees(pi, { chassisName: 'switch-1', portId: 'Port 2' });
    expect(links().counts).toEqual({ missing: 0, doubtful: 0, dismissed: 0 });
  });

  it('of which one is not in the inventory are left alone', () => {
    const { pi } = rack();
    sees(pi, { chassisName: 'stranger', portId: '1' }, { chassisName: 'pi-1', portId: 'eth0' });
    expect(links().counts.missing).toBe(0);
  });
});

describe('a cable that LLDP contradicts', () => {
  it('is doubtful, shown with where it leads, and moved when that is accepted', () => {
    const { pi, eth0, one } = rack();
    connect(eth0, one);
    sees(pi, { chassisName: 'switch-1', portId: 'Port 2' });
    expect(links('doubtful').rows).toMatchObject([
      { documented: [{ words: 'C1 leads from pi-1 eth0 to switch-1 Port 1' }], unclear: null },
    ]);
    cabling.acceptLinks(items('doubtful'));
    expect(other(eth0)).toBe('switch-1 Port 2');
    expect(cabling.trace(one).steps[0]?.ending).toBe('no-cable');
  });

  it('is plugged in where its other side hangs free', () => {
    const { pi, eth0 } = rack();
    cabling.connect({ a: [eth0], b: [], cable: plain, replace: false });
    sees(pi, { chassisName: 'switch-1', portId: 'Port 2' });
    cabling.acceptLinks(items('doubtful'));
    expect(other(eth0)).toBe('switch-1 Port 2');
  });

  it('makes room where the other port has a cable of its own', () => {
    const { pi, eth0, one, two } = rack();
    connect(eth0, one);
    connect(port(device('nas', 'nas'), 'lan1'), two);
    sees(pi, { chassisName: 'switch-1', portId: 'Port 2' });
    expect(links('doubtful').rows[0]?.documented).toHaveLength(2);
    cabling.acceptLinks(items('doubtful'));
    expect(other(two)).toBe('pi-1 eth0');
  });

  it('is not moved where several neighbours share a port', () => {
    const { pi } = rack();
    const nas = device('nas', 'nas');
    port(nas, 'lan1');
    sees(pi, { chassisName: 'switch-1', portId: 'Port 2' }, { chassisName: 'nas', portId: 'lan1' });
    expect(links().rows.map(({ unclear }) => unclear)).toEqual([
      expect.stringContaining('pi-1 eth0'),
      expect.stringContaining('pi-1 eth0'),
    ]);
    expect(refused(() => cabling.acceptLinks(items('missing'))).code).toBe('INVALID_INPUT');
  });
});

describe('what a person decided', () => {
  it('is remembered through the next reading, until it is brought back', () => {
    const { pi } = rack();
    const told = { chassisName: 'switch-1', portId: 'Port 2' };
    sees(pi, told);
    const keys = links().rows.map(({ key }) => key);
    cabling.dismissLinks(keys);
    sees(pi, told, {});
    expect(links().counts).toEqual({ missing: 0, doubtful: 0, dismissed: 1 });
    cabling.restoreLinks(keys);
    expect(links().counts.missing).toBe(1);
  });

  it('is refused where it is not as it was shown any more', () => {
    const { pi, eth0, one } = rack();
    sees(pi, { chassisName: 'switch-1', portId: 'Port 2' });
    const shown = items('missing');
    connect(eth0, one);
    expect(refused(() => cabling.acceptLinks(shown)).code).toBe('CHANGED_SINCE');
    expect(other(eth0)).toBe('switch-1 Port 1');
  });
});
