import { afterEach, beforeEach, expect, it } from 'vitest';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../shared/model/kinds/schema.ts';
import { createRecords } from '../../records/index.ts';
import { type Database, newId } from '../index.ts';
import { snapshot } from '../snapshot.ts';
import { type TemporaryData, temporaryData } from '../temporary-data.ts';

let data: TemporaryData;
let db: Database;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  db.countDifferencesWith(() => 0);
});
afterEach(() => data.remove());

it('takes what belongs to the rows along, what is innermost first, and nothing of others', () => {
  const records = createRecords(db);
  const add = (kind: KindName, typed: Record<string, unknown>) =>
    records.create({ kind, values: newValues(kindOf(kind)).parse(typed) }).id;
  const machine = (name: string, address: string) => {
    const device = add('device', { name, kind: 'server' });
    const eth0 = add('interface', { device, name: 'eth0' });
    add('interface', { device, name: 'eth0.20', parent: eth0 });
    add('address', { interface: eth0, address });
    add('power-point', { device, name: 'PSU 1', role: 'input' });
    return { device, eth0 };
  };
  const stays = machine('a', '10.0.0.1/24');
  const alone = snapshot(db.file);
  const gone = [machine('b', '10.0.0.2/24'), machine('c', '10.0.0.3/24')];
  add('gpu', { device: gone[0]?.device, model: 'RTX 3090' });
  db.change({ title: 'x', source: 'app' }, () => {
    const ends = [stays.eth0, gone[0]?.eth0 ?? ''];
    const cable = put(db, 'cable', { label: '1', status: 'connected' });
    ends.forEach((end, n) => {
      put(db, 'cable-end', { cable, side: n === 0 ? 'a' : 'b', lane: 1, interface: end });
    });
  });
  const before = snapshot(db.file);

  records.remove({ kind: 'device', ids: gone.map(({ device }) => device) });

  const left = snapshot(db.file);
  for (const table of ['device', 'interface', 'ip_address', 'power_point', 'gpu']) {
    expect(left[table]).toEqual(alone[table]);
  }
  expect(left.cable_end).toHaveLength(1);
  const [newest] = db.history.list({ before: null, limit: 1 });
  const tables = db.history
    .changes({ id: newest?.id ?? '', limit: 50 })
    .changes.map(({ table }) => table);
  expect(tables.indexOf('interface')).toBeGreaterThan(tables.lastIndexOf('ip_address'));
  expect(tables.lastIndexOf('device')).toBe(tables.length - 1);
  db.history.undo();
  expect(snapshot(db.file)).toEqual(before);
});

function put(db: Database, name: KindName, values: Record<string, string | number>): string {
  const id = newId();
  db.tables.records.insert(kindOf(name), id, values);
  return id;
}
