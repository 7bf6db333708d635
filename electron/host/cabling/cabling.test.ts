import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cabling as contract } from '../../../shared/contract/cabling.ts';
import type { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import { type Cabling, createCabling } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
let cabling: Cabling;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
  cabling = createCabling(db);
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const device = (name: string, kind = 'server') => add('device', { name, kind });
const port = (deviceId: string, name: string, values = {}) =>
  add('interface', { device: deviceId, name, ...values });
const plain = { type: null, status: 'connected', colour: null, length: null };
const connect = (a: string | string[], b: string | string[], extra: object = {}) =>
  cabling.connect({ a: [a].flat(), b: [b].flat(), cable: { ...plain, ...extra }, replace: false });
const list = (query: object = {}) => cabling.list(listInput.parse(query));
const listInput = contract.list['~orpc'].inputSchema ?? never();
function never(): never {
  throw new Error('The contract has no such input');
}
const refused = (work: () => unknown): RackhelmError => {
  try {
    work();
  } catch (error) {
    return error as RackhelmError; // asserted by its members
  }
  throw new Error('It was not refused');
};
const page = { search: '', free: false, offset: 0, limit: 100 };

describe('a new cable', () => {
  it('is one change set with its ends, and its label counts on where none is given', () => {
    const [pi, sw] = [device('pi-1'), device('switch-1', 'switch')];
    const [eth0, eth1, one, two] = [
      port(pi, 'eth0'),
      port(pi, 'eth1'),
      port(sw, '1'),
      port(sw, '2'),
    ];
    expect(connect(eth0, one, { label: 'LAN-009', type: 'cat6' }).label).toBe('LAN-009');
    expect(connect(eth1, two).label).toBe('LAN-010');
    expect(db.history.state().undo?.title).toBe('Connected pi-1 eth1 to switch-1 2');
    expect(list({ search: 'PI-1 eth1' }).rows).toMatchObject([
      {
        label: 'LAN-010',
        ends: [
          { side: 'a', socket: { deviceName: 'pi-1', name: 'eth1' } },
          { side: 'b', socket: { deviceName: 'switch-1', name: '2' } },
        ],
      },
    ]);
    db.history.undo();
    expect(list().total).toBe(1);
  });

  it('is refused where a port has one already, and names it; replacing takes that one away', () => {
    const [a, b] = [device('a'), device('b')];
    const [a1, a2, b1] = [port(a, '1'), port(a, '2'), port(b, '1')];
    connect(a1, b1, { label: 'old' });
    const before = snapshot(db.file);
    expect(refused(() => connect(a2, b1))).toMatchObject({
      code: 'INVALID_INPUT',
      message: 'b 1 has cable old already.',
      data: { taken: true, socketId: b1, label: 'old' },
    });
    expect(snapshot(db.file)).toEqual(before);
    cabling.connect({ a: [a2], b: [b1], cable: { ...plain, label: 'new' }, replace: true });
    expect(list().rows.map(({ label }) => label)).toEqual(['new']);
    db.history.undo();
    expect(list().rows.map(({ label }) => label)).toEqual(['old']);
  });

  it('takes a port whose old cable was taken out of use', () => {
    const [a, b] = [device('a'), device('b')];
    const [a1, b1, b2] = [port(a, '1'), port(b, '1'), port(b, '2')];
    connect(a1, b1, { status: 'decommissioned' });
    connect(a1, b2);
    expect(cabling.trace(a1).steps.at(-1)?.socket?.name).toBe('2');
  });

  it('leads from no port to itself, and to none that is gone', () => {
    const a1 = port(device('a'), '1');
    expect(refused(() => connect(a1, a1)).message).toContain('itself');
    expect(refused(() => connect(a1, db.history.state().undo?.id ?? '')).code).toBe('NOT_FOUND');
    expect(list().total).toBe(0);
  });

  it('of a breakout keeps its other ends when one of them is replaced', () => {
    const [a, b] = [device('a'), device('b')];
    const lanes = ['1', '2', '3'].map((name) => port(b, name));
    connect(port(a, 'q'), lanes, { label: 'breakout' });
    const c1 = port(device('c'), '1');
    cabling.connect({
      a: [c1],
      b: [lanes[1] ?? ''],
      cable: { ...plain, label: 'x' },
      replace: true,
    });
    expect(list({ sort: { key: 'label', descending: false } }).rows[0]?.ends).toHaveLength(3);
  });
});

describe('many cables at once', () => {
  it('are all there or none', () => {
    const [a, b] = [device('a'), device('b')];
    const pairs = ['1', '2', '3'].map((name) => ({ a: port(a, name), b: port(b, name) }));
    connect(port(device('c'), '1'), pairs[2]?.b ?? '', { label: 'X1' });
    expect(
      refused(() => cabling.connectMany({ pairs, cable: plain, replace: false })).message,
    ).toBe('b 3 has cable X1 already.');
    expect(list().total).toBe(1);
    cabling.connectMany({ pairs, cable: { ...plain, label: 'P07' }, replace: true });
    expect(list().rows.map(({ label }) => label)).toEqual(['P07', 'P08', 'P09']);
  });
});

describe('the table of cables', () => {
  it('counts numbers in labels and ports as numbers, turned round when asked to', () => {
    const [a, b] = [device('a'), device('b')];
    for (const [label, at] of [
      ['C10', '2'],
      ['C9', '10'],
      ['C2', '1'],
    ] as const) {
      connect(port(a, at), port(b, `p${at}`), { label });
    }
    const labels = (key: string, descending = false, extra = {}) => {
      const { rows, total } = list({ sort: { key, descending }, ...extra });
      return [...rows.map(({ label }) => label), total];
    };
    expect(labels('label')).toEqual(['C2', 'C9', 'C10', 3]);
    expect(labels('label', true, { offset: 1, limit: 1 })).toEqual(['C9', 3]);
    expect(labels('b')).toEqual(['C2', 'C10', 'C9', 3]);
    expect(labels('a', true, { search: 'b p1' })).toEqual(['C9', 'C2', 2]);
  });
});

describe('the ports of a device', () => {
  it('are what a plug fits, with what each leads to through panels', () => {
    const [pi, panel, sw] = [device('pi'), device('panel', 'other'), device('sw', 'switch')];
    const eth0 = port(pi, 'eth0');
    for (const kind of ['loopback', 'vlan', 'wireguard']) port(pi, kind, { kind });
    const rear = add('port', { device: panel, role: 'rear', name: '1' });
    const front = add('port', { device: panel, role: 'front', name: '1', rear, rearPosition: 1 });
    const up = port(sw, '24');
    connect(eth0, front);
    connect(rear, up);
    expect(cabling.sockets({ ...page, deviceId: pi }).rows).toMatchObject([
      { name: 'eth0', cable: { label: 'C1' }, leadsTo: ['sw 24'] },
    ]);
    expect(cabling.sockets({ ...page, deviceId: panel, free: true }).total).toBe(0);
    port(sw, '25');
    expect(cabling.devices({ ...page, free: true }).rows).toMatchObject([
      { deviceName: 'sw', sockets: 2, free: 1 },
    ]);
  });
});

describe('a port by its name', () => {
  it.each([
    ['Switch-1 port 5', '5'],
    ['switch-1 5', '5'],
    ['switch-1 port 6', 'Port 6'],
    ['SWITCH-1 6', 'Port 6'],
    ['switch-1 uplink', 'sfp1'],
    ['switch-1 front 7', '7'],
  ])('%s is found', (name, found) => {
    const sw = device('switch-1', 'switch');
    for (const one of ['5', 'Port 6', '55']) port(sw, one);
    port(sw, 'sfp1', { label: 'uplink' });
    add('port', { device: sw, role: 'front', name: '7' });
    add('port', { device: sw, role: 'rear', name: '7' });
    expect(cabling.socketNamed(name).name).toBe(found);
  });

  it('is refused where several have it or none has', () => {
    const panel = device('panel');
    for (const role of ['front', 'rear']) add('port', { device: panel, role, name: '7' });
    expect(refused(() => cabling.socketNamed('panel 7'))).toMatchObject({ code: 'INVALID_INPUT' });
    expect(refused(() => cabling.socketNamed('panel 8'))).toMatchObject({ code: 'NOT_FOUND' });
  });
});
