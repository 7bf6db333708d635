import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { changedValues, newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
});
afterEach(() => data.remove());

/** As the contract parses it. */
const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const set = (kind: KindName, ids: string[], values: Record<string, unknown>) =>
  records.update({ kind, ids, values: changedValues(kindOf(kind)).parse(values) });
const valuesOf = (kind: KindName, id: string) => records.get({ kind, id }).record.values;
function failure(work: () => unknown): RackhelmError {
  try {
    work();
  } catch (error) {
    if (error instanceof RackhelmError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

describe('adding by hand', () => {
  it('keeps what was given in its canonical form, and what nobody says has its standard', () => {
    const device = add('device', { name: 'pi-1', kind: 'sbc' });
    const port = add('interface', { device, name: 'eth0', speedMbps: 1_000 });
    const address = add('address', { interface: port, address: ' 10.0.0.2/255.255.255.0' });
    const mac = add('mac', { interface: port, mac: 'AA-BB-CC-DD-EE-FF' });
    expect(valuesOf('device', device)).toMatchObject({ status: 'planned', heightUnits: 1 });
    expect(valuesOf('address', address)).toMatchObject({ address: '10.0.0.2/24', role: 'host' });
    expect(valuesOf('mac', mac)).toMatchObject({ mac: 'aa:bb:cc:dd:ee:ff' });
    expect(records.named('interface', 'PI-1 eth0').id).toBe(port);
    expect(db.history.state().undo?.title).toBe('Added MAC address aa:bb:cc:dd:ee:ff');
  });

  it('puts a device of a rack at the site of the rack', () => {
    const site = add('site', { name: 'Home' });
    const rack = add('rack', { site, name: 'A', heightUnits: 12 });
    const device = add('device', { name: 'nas', kind: 'nas', rack, position: 1 });
    expect(valuesOf('device', device)).toMatchObject({ site, rack, position: 1 });
    const other = add('site', { name: 'Office' });
    expect(failure(() => set('device', [device], { site: other })).message).toContain('site');
    expect(valuesOf('device', device).site).toBe(site);
  });

  it.each<[string, () => unknown, string, string]>([
    ['a VLAN number twice', () => twice('vlan', { number: 20, name: 'b' }), 'DUPLICATE', 'number'],
    ['a VLAN name twice', () => twice('vlan', { number: 21, name: 'A' }), 'DUPLICATE', 'name'],
    ['a prefix twice', () => twice('prefix', { prefix: '10.0.0.0/24' }), 'DUPLICATE', 'prefix'],
  ])('refuses %s in a sentence that names the field', (_what, work, code, field) => {
    const error = failure(work);
    expect(error).toMatchObject({ code, data: { field } });
    expect(error.message).toMatch(/^There is a \w+ with this [\w ]+ already\.$/);
  });

  function twice(kind: KindName, second: Record<string, unknown>) {
    add('vlan', { number: 20, name: 'a' });
    add('prefix', { prefix: '10.0.0.0/24' });
    return add(kind, second);
  }

  it('refuses what refers to nothing, and writes nothing', () => {
    const before = snapshot(db.file);
    const site = '0190b0d0-0000-7000-8000-000000000000';
    expect(failure(() => add('room', { site, name: 'Attic' }))).toMatchObject({
      code: 'NOT_FOUND',
      data: { field: 'site' },
    });
    expect(snapshot(db.file)).toEqual(before);
  });

  it('lets two half-width devices, or front and rear, share a unit, and refuses a third', () => {
    const site = add('site', { name: 'Home' });
    const rack = add('rack', { site, name: 'A', heightUnits: 12 });
    const place = { kind: 'server', rack, position: 3 };
    add('device', { ...place, name: 'left', side: 'left', face: 'front' });
    add('device', { ...place, name: 'right', side: 'right', face: 'front' });
    add('device', { ...place, name: 'behind', face: 'rear' });
    expect(failure(() => add('device', { ...place, name: 'wide' })).message).toContain(
      'takes unit 3',
    );
    add('device', { ...place, name: 'above', position: 4.5, heightUnits: 0.5 });
    expect(
      failure(() => add('device', { ...place, name: 'clash', position: 4, heightUnits: 1 }))
        .message,
    ).toContain('above takes unit 4.5');
  });
});

describe('changing by hand', () => {
  it('changes only the given fields of many, as one change that is undone as one', () => {
    const ids = ['a', 'b', 'c'].map((name) => add('device', { name, kind: 'sbc', model: 'Pi 5' }));
    const before = snapshot(db.file);
    set('device', ids, { status: 'active', manufacturer: 'Raspberry Pi Ltd' });
    expect(ids.map((id) => valuesOf('device', id).status)).toEqual(['active', 'active', 'active']);
    expect(valuesOf('device', ids[0] ?? '').model).toBe('Pi 5');
    expect(db.history.undo().title).toBe('Undid: Changed status and manufacturer of 3 devices');
    expect(snapshot(db.file)).toEqual(before);
  });

  it('writes nothing at all when one of many is refused', () => {
    const ids = ['a', 'b'].map((name) => add('device', { name, kind: 'sbc' }));
    const before = snapshot(db.file);
    expect(failure(() => set('device', ids, { name: 'same' })).code).toBe('DUPLICATE');
    expect(snapshot(db.file)).toEqual(before);
  });

  it.each<[KindName, string, Record<string, unknown>]>([
    ['device', 'parent', { kind: 'server' }],
    ['power-point', 'fedBy', { role: 'outlet' }],
  ])('refuses a %s that would stand above itself', (kind, field, values) => {
    const [a, b, c] = ['a', 'b', 'c'].map((name) => add(kind, { ...values, name }));
    set(kind, [b ?? ''], { [field]: a });
    set(kind, [c ?? ''], { [field]: b });
    expect(failure(() => set(kind, [a ?? ''], { [field]: c })).message).toContain('circle');
    expect(valuesOf(kind, a ?? '')[field]).toBeNull();
  });

  it('refuses a lower rack than its devices need', () => {
    const site = add('site', { name: 'Home' });
    const rack = add('rack', { site, name: 'A', heightUnits: 12 });
    add('device', { name: 'top', kind: 'server', rack, position: 12 });
    expect(failure(() => set('rack', [rack], { heightUnits: 10 })).message).toContain('unit 12');
  });
});

describe('deleting by hand', () => {
  it('says beforehand what goes along and what stays, and comes back whole', () => {
    const device = add('device', { name: 'nas', kind: 'nas' });
    const port = add('interface', { device, name: 'eth0' });
    add('address', { interface: port, address: '10.0.0.2/24' });
    add('volume', { name: 'tank', kind: 'file-system', device });
    const { dependents } = records.get({ kind: 'device', id: device });
    expect(dependents).toEqual([
      { kind: 'interface', field: 'device', goes: true, count: 1, names: ['nas eth0'] },
      { kind: 'volume', field: 'device', goes: false, count: 1, names: ['tank'] },
    ]);
    const before = snapshot(db.file);
    records.remove({ kind: 'device', ids: [device] });
    expect(records.named('volume', 'tank').values.device).toBeNull();
    expect(failure(() => records.named('interface', 'nas eth0')).code).toBe('NOT_FOUND');
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });
});

it('tells what several are called, instead of choosing one', () => {
  add('database', { name: 'app', engine: 'postgresql' });
  const service = add('service', { name: 'db', kind: 'database' });
  add('database', { name: 'app', engine: 'postgresql', service });
  expect(records.named('database', 'db app').values.service).toBe(service);
  expect(failure(() => records.named('database', 'nothing')).code).toBe('NOT_FOUND');
});

it('says beforehand what a deletion takes along, however far down, and what only loses a reference', () => {
  const device = add('device', { name: 'pi-1', kind: 'sbc' });
  const port = add('interface', { device, name: 'eth0' });
  const other = add('device', { name: 'pi-2', kind: 'sbc', parent: device });
  const address = add('address', { interface: port, address: '10.0.0.2/24' });
  const service = add('service', { name: 'git', kind: 'app' });
  add('exposure', { service, address });
  const runsOn = add('service-runs-on', { service, device });
  add('service-port', { runsOn, port: 22 });
  const cable = add('cable', { label: 'c1' });
  add('cable-end', { cable, side: 'a', interface: port });
  const { goes, loses } = records.removalPreview({ kind: 'device', ids: [device] });
  const counted = Object.fromEntries(goes.map(({ kind, count }) => [kind, count]));
  expect(counted).toMatchObject({
    interface: 1,
    address: 1,
    'service-runs-on': 1,
    'service-port': 1,
  });
  expect(counted).not.toHaveProperty('device');
  const before = { goes, loses };
  expect(loses).toContainEqual({ kind: 'device', field: 'parent', count: 1, names: ['pi-2'] });
  expect(loses).toContainEqual(expect.objectContaining({ kind: 'exposure', field: 'address' }));
  // Whoever goes as well loses nothing.
  const both = records.removalPreview({ kind: 'device', ids: [device, other] });
  expect(both.loses.some(({ kind }) => kind === 'device')).toBe(false);
  expect(before.goes.find(({ kind }) => kind === 'interface')?.names).toEqual(['pi-1 eth0']);
  // What was said is what happens.
  const rows = (kind: KindName) =>
    db.tables.records.list(kindOf(kind), {
      words: [],
      where: [],
      sort: { field: null, descending: false },
      offset: 0,
      limit: 100,
    }).total;
  const then = goes.map(({ kind, count }) => rows(kind) - count);
  records.remove({ kind: 'device', ids: [device] });
  expect(goes.map(({ kind }) => rows(kind))).toEqual(then);
});
