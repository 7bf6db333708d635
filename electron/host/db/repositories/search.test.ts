import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../shared/model/kinds/schema.ts';
import { createInventory, type Inventory } from '../../inventory/index.ts';
import { createRecords } from '../../records/index.ts';
import type { Database } from '../index.ts';
import { type TemporaryData, temporaryData } from '../temporary-data.ts';

let data: TemporaryData;
let inventory: Inventory;
let db: Database;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
});
afterEach(() => data.remove());

const device = (name: string, more: { kind?: 'switch' | 'sbc'; comment?: string } = {}) =>
  inventory.devices.create({ kind: 'server', ...more, name }).id;
const rack = (name: string) => inventory.createRack({ siteName: 'Home', name, heightUnits: 12 }).id;
const titles = (text: string, limit = 20) =>
  inventory.search({ text, limit }).hits.map(({ title }) => title);

describe('what is found first', () => {
  it('is what is called exactly so, then what begins so, then what only tells of it', () => {
    device('other', { comment: 'pi pi pi pi' });
    device('my-pi');
    device('pi-2');
    device('Pi');
    device('pi-10');
    expect(titles('pi')).toEqual(['Pi', 'pi-2', 'pi-10', 'my-pi', 'other']);
    expect(titles('pi-10')[0]).toBe('pi-10');
  });

  it('is all of a kind, where the text is a word for that kind', () => {
    device('a', { comment: 'lies beside the rack rack rack' });
    device('core', { kind: 'switch' });
    device('switchboard');
    rack('Attic');
    rack('Cellar');
    expect(titles('rack')).toEqual(['Attic', 'Cellar', 'a']);
    expect(titles('Racks')).toEqual(['Attic', 'Cellar']);
    expect(titles('switch')).toEqual(['core', 'switchboard']);
    expect(titles('boards')).toEqual([]);
    device('pi-1', { kind: 'sbc' });
    expect(titles('single-board  computer')).toEqual(['pi-1']);
  });

  it('is still the thing of that name, where a kind is called the same', () => {
    rack('Attic');
    device('rack');
    expect(titles('rack')).toEqual(['rack', 'Attic']);
  });
});

describe('how many there are', () => {
  it('is told though fewer are shown, and nothing comes twice', () => {
    for (let n = 0; n < 30; n += 1) device(`node-${n}`);
    const { hits, total } = inventory.search({ text: 'node', limit: 12 });
    expect(new Set(hits.map(({ id }) => id)).size).toBe(12);
    expect(total).toBe(30);
  });

  it('counts what is of the kind and what tells of it, each once', () => {
    rack('Rack of the attic');
    rack('Cellar');
    device('a', { comment: 'rack' });
    expect(inventory.search({ text: 'rack', limit: 1 }).total).toBe(3);
  });
});

it('finds an interface by its device and its own name, and an address that floats', () => {
  const switchId = device('core switch');
  const records = createRecords(db);
  const values = { device: switchId, name: 'ge-0/0/1' };
  const port = records.create({
    kind: 'interface',
    values: newValues(kindOf('interface')).parse(values),
  });
  const floating = { address: '10.9.9.9/24', role: 'virtual' };
  const address = records.create({
    kind: 'address',
    values: newValues(kindOf('address')).parse(floating),
  });
  const first = (text: string) => inventory.search({ text, limit: 20 }).hits[0];
  expect(first('Core Switch ge-0')).toMatchObject({
    kind: 'interface',
    id: port.id,
    title: 'core switch ge-0/0/1',
  });
  expect(first('10.9.9.9')).toMatchObject({
    kind: 'address',
    id: address.id,
    targetId: address.id,
  });
});
