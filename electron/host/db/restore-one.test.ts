import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues, type Values } from '../../../shared/model/kinds/schema.ts';
import { createRecords, type Records } from '../records/index.ts';
import { newId } from './ids.ts';
import type { Database } from './index.ts';
import { snapshot } from './snapshot.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
let db: Database;
let records: Records;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  records = createRecords(db);
});
afterEach(() => data.remove());

const typed = (kind: KindName, values: Values) => newValues(kindOf(kind)).parse(values);
const add = (kind: KindName, values: Values) =>
  records.create({ kind, values: typed(kind, values) }).id;
const set = (kind: KindName, id: string, values: Values) =>
  records.update({ kind, ids: [id], values });
const now = () => ({ changeSet: db.history.list({ before: null, limit: 1 })[0]?.id ?? '' });
const restore = (thing: string | null, to: { readonly changeSet: string }, dryRun = false) =>
  db.history.restore({ to, thing, dryRun, reason: null });

/** pi-1 with eth0 and an address, then renamed, with another address and without the first. */
function changedDevice() {
  const device = add('device', { name: 'pi-1', kind: 'sbc' });
  const port = add('interface', { device, name: 'eth0' });
  const first = add('address', { interface: port, address: '10.0.0.2/24' });
  const other = add('device', { name: 'pi-2', kind: 'sbc' });
  const then = now();
  set('device', device, { name: 'pi-one' });
  records.remove({ kind: 'address', ids: [first] });
  const second = add('address', { interface: port, address: '10.0.0.3/24' });
  set('device', other, { comment: 'spare' });
  return { device, port, first, second, other, then };
}

describe('restoring one thing to a moment', () => {
  it('brings back what it was with all that belonged to it, and leaves everything else', () => {
    const { device, first, second, other, then } = changedDevice();
    const before = snapshot(db.file);
    const preview = restore(device, then, true);
    expect(preview).toMatchObject({ total: 3, conflicts: [], changeSet: null });
    expect(preview.counts).toEqual(
      expect.arrayContaining([
        { table: 'device', insert: 0, update: 1, delete: 0 },
        { table: 'ip_address', insert: 1, update: 0, delete: 1 },
      ]),
    );
    expect(snapshot(db.file)).toEqual(before);
    const { changeSet } = restore(device, then);
    expect(changeSet?.title).toMatch(/^Restored pi-one to \d+ \w+ \d{4}, \d\d:\d\d$/);
    expect(records.get({ kind: 'device', id: device }).record.name).toBe('pi-1');
    expect(records.get({ kind: 'address', id: first }).record.values.address).toBe('10.0.0.2/24');
    expect(() => records.get({ kind: 'address', id: second })).toThrow(/does not exist/);
    expect(records.get({ kind: 'device', id: other }).record.values.comment).toBe('spare');
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('brings back one that is gone, with what belonged to it', () => {
    const { device, port, then } = changedDevice();
    records.remove({ kind: 'device', ids: [device] });
    expect(restore(device, then).changeSet?.title).toMatch(/^Restored pi-one to /);
    expect(records.get({ kind: 'interface', id: port }).record.name).toBe('pi-1 eth0');
  });

  it('does nothing where it is as it was', () => {
    const { other } = changedDevice();
    const sets = db.history.list({ before: null, limit: 50 }).length;
    expect(restore(other, now())).toMatchObject({ total: 0, changeSet: null });
    expect(db.history.list({ before: null, limit: 50 })).toHaveLength(sets);
  });

  it('tells some of each kind where many differ', () => {
    add('device', { name: 'pi-1', kind: 'sbc' });
    const then = now();
    db.change({ title: 'many', source: 'app' }, () => {
      const device = newId();
      const write = (kind: KindName, id: string, values: Values) =>
        db.tables.records.insert(kindOf(kind), id, typed(kind, values));
      write('device', device, { name: 'big', kind: 'switch' });
      for (let n = 0; n < 300; n += 1) write('interface', newId(), { device, name: `p${n}` });
    });
    const { changes, total, counts } = restore(null, then, true);
    expect(total).toBe(301);
    expect(new Set(changes.map(({ table }) => table))).toEqual(new Set(['device', 'interface']));
    expect(counts).toContainEqual({ table: 'interface', insert: 0, update: 0, delete: 300 });
  });
});

describe('the history of what is part of another thing', () => {
  const titlesOf = (thing: string) =>
    db.history
      .page({ thing, who: null, source: null, text: '', before: null, limit: 50 })
      .entries.map(({ title }) => title);

  it('tells what touched it and what hangs on it, and nothing else of its owner', () => {
    const { device, port, first, second } = changedDevice();
    const own = titlesOf(port);
    expect(own).toHaveLength(4);
    expect(titlesOf(first)).toHaveLength(2);
    expect(titlesOf(second)).toHaveLength(1);
    expect(titlesOf(device)).toHaveLength(6);
  });

  it('is known after it is gone, and can be looked at and restored by itself', () => {
    const { device, port, then } = changedDevice();
    set('interface', port, { name: 'lan0' });
    expect(db.history.thingAt({ id: port, at: then })).toMatchObject({
      there: true,
      row: { name: 'eth0' },
    });
    records.remove({ kind: 'interface', ids: [port] });
    expect(titlesOf(port)).toHaveLength(6);
    expect(db.history.thing(port)).toMatchObject({ name: 'lan0', there: false });
    restore(port, then);
    expect(records.get({ kind: 'interface', id: port }).record.values.name).toBe('eth0');
    expect(records.get({ kind: 'device', id: device }).record.name).toBe('pi-one');
  });

  it('follows it where it moved from one owner to another', () => {
    const { device, port, other, then } = changedDevice();
    set('interface', port, { device: other });
    expect(titlesOf(port)).toHaveLength(5);
    expect(db.history.thingAt({ id: port, at: then }).row).toMatchObject({ device_id: device });
  });
});
