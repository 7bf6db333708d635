import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import { createLint, createLintEngine, createSilencing, type Lint } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
let lint: Lint;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
  lint = createLint({ database: db, dataDirectory: data.directory });
});
afterEach(async () => {
  await lint.close();
  data.remove();
});

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const addDevice = (name: string, address: string): string => {
  const device = add('device', { name, kind: 'sbc' });
  add('address', { interface: add('interface', { device, name: 'eth0' }), address });
  return device;
};
const everything = {
  search: '',
  severities: [],
  rules: [],
  silenced: false,
  offset: 0,
  limit: 100,
} as const;

describe('the lint of an inventory', () => {
  it('is looked for anew after each change, on a thread', async () => {
    expect((await lint.list(everything)).total).toBe(0);
    addDevice('pi-1', '10.0.20.5/24');
    const second = addDevice('pi-2', '10.0.20.5/24');
    const page = await lint.list(everything);
    expect(page.rows.map(({ message }) => message)).toEqual(['10.0.20.5 is on 2 interfaces.']);
    expect(page.counts).toEqual({ error: 1, warning: 0, note: 0, silenced: 0 });
    expect(page.rules).toEqual([
      {
        name: 'address-twice',
        title: 'Addresses that two things have',
        severity: 'error',
        count: 1,
      },
    ]);
    expect(await lint.of({ ids: [second] })).toEqual(page.rows);
    records.remove({ kind: 'device', ids: [second] });
    expect((await lint.list(everything)).total).toBe(0);
  });

  it('is narrowed by words, severity and rule', async () => {
    addDevice('pi-1', '10.0.20.5/24');
    addDevice('pi-2', '10.0.20.5/24');
    add('cable', { label: 'C1' });
    const total = async (query: object) => (await lint.list({ ...everything, ...query })).total;
    expect(await total({})).toBe(2);
    expect(await total({ search: 'PI-2 interfaces' })).toBe(1);
    expect(await total({ severities: ['note'] })).toBe(1);
    expect(await total({ rules: ['cable-half'] })).toBe(1);
    expect(await total({ limit: 1, offset: 5 })).toBe(2);
  });

  it('tells of what is being typed before it is saved, and writes nothing', async () => {
    const device = add('device', { name: 'pi-1', kind: 'sbc' });
    const port = add('interface', { device, name: 'eth0' });
    add('prefix', { prefix: '10.0.20.0/24' });
    const before = db.history.state().undo?.id;
    const typed = (address: string) =>
      lint.preview({
        kind: 'address',
        id: null,
        values: { interface: port, address, role: 'host' },
      });
    expect((await typed('10.0.20.255/24')).map(({ rule }) => rule)).toEqual([
      'address-not-for-hosts',
    ]);
    expect(await typed('10.0.20.5/24')).toEqual([]);
    expect(db.history.state().undo?.id).toBe(before);
    const first = add('vlan', { number: 20, name: 'internal' });
    add('vlan', { number: 30, name: 'storage' });
    const renumbered = await lint.preview({ kind: 'vlan', id: first, values: { number: 30 } });
    expect(renumbered.map(({ rule }) => rule)).toEqual(['vlan-number-twice']);
    expect((await lint.list(everything)).total).toBe(0);
  });
});

describe('silencing', () => {
  beforeEach(() => {
    addDevice('pi-1', '10.0.20.5/24');
    addDevice('pi-2', '10.0.20.5/24');
  });

  it('keeps a finding with its reason, can be undone and taken back', async () => {
    const silencing = createSilencing(db);
    const key = (await lint.list(everything)).rows[0]?.key ?? '';
    silencing.silence({ keys: [key], reason: ' Two sites. ' });
    expect((await lint.list(everything)).total).toBe(0);
    const silenced = await lint.list({ ...everything, silenced: true });
    expect(silenced.rows[0]?.silenced?.reason).toBe('Two sites.');
    expect(silenced.counts).toEqual({ error: 0, warning: 0, note: 0, silenced: 1 });
    expect(db.history.state().undo?.title).toBe('Silenced a finding');
    db.history.undo();
    expect((await lint.list(everything)).total).toBe(1);
    db.history.redo();
    silencing.unsilence({ keys: [key] });
    expect((await lint.list(everything)).total).toBe(1);
  });

  it('wants a reason', () => {
    const silencing = createSilencing(db);
    expect(() => silencing.silence({ keys: ['x'], reason: '  ' })).toThrow('Say why');
  });
});

it('reads the same without a thread, for the command line', () => {
  addDevice('pi-1', '10.0.20.5/24');
  addDevice('pi-2', '10.0.20.5/24');
  expect(createLintEngine(db).list(everything).total).toBe(1);
});
