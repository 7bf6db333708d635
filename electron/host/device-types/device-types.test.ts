import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { findInstallation } from '../installation.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import {
  applyTypeTo,
  createDeviceOfType,
  createDeviceTypes,
  type DeviceTypes,
  importTypes,
  previewApply,
  previewImport,
  readLibrary,
} from './index.ts';

const directory = path.join(
  findInstallation(import.meta.dirname).resourcesDirectory,
  'device-types',
);
const shipped = readLibrary(directory, (error) => {
  throw error;
});

let data: TemporaryData;
let db: Database;
let records: Records;
let types: DeviceTypes;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
  types = createDeviceTypes(db, () => shipped);
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const file = (name: string, more: string) => ({
  name,
  text: `manufacturer: Acme\nmodel: X\nrackhelm:\n  kind: switch\n${more}`,
});
const ports = (...names: string[]) =>
  `interfaces:\n${names.map((name) => `  - name: ${name}\n    type: 1000base-t\n`).join('')}`;
const importOf = (files: { name: string; text: string }[], replace = false) =>
  importTypes(db, { files, replace });
const device = async (slug: string, values: Record<string, string | number | null>) =>
  createDeviceOfType(db, { type: await types.chosen({ slug }), values }).id;
async function failure(work: () => unknown): Promise<RackhelmError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof RackhelmError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

describe('the library', () => {
  it('is searched, listed after what is in the inventory, and a type is listed once', async () => {
    const all = await types.list({ search: '', offset: 0, limit: 500 });
    expect(all.total).toBe(all.rows.length);
    const { id } = await types.take({ slug: 'raspberry-pi-5' });
    const after = await types.list({ search: '', offset: 0, limit: 500 });
    expect(after.total).toBe(all.total);
    expect(after.rows[0]).toMatchObject({ id, title: 'Raspberry Pi 5', slug: null, ports: 3 });
    const pages = await Promise.all(
      [0, 1, 2].map((page) => types.list({ search: '', offset: page * 40, limit: 40 })),
    );
    expect(pages.flatMap(({ rows }) => rows)).toEqual(after.rows);
    const found = await types.list({ search: 'SWITCH mikrotik', offset: 0, limit: 10 });
    expect(found.rows.map(({ title }) => title)).toContain('MikroTik CRS326-24G-2S+RM');
  });

  it('gives a type once, as one change to undo', async () => {
    const before = snapshot(db.file);
    const first = await types.take({ slug: 'ubiquiti-udm-pro' });
    expect((await types.take({ slug: 'ubiquiti-udm-pro' })).id).toBe(first.id);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
    expect((await failure(() => types.take({ slug: 'nothing' }))).code).toBe('NOT_FOUND');
  });

  it('finds a type by what a person calls it', async () => {
    for (const name of [
      'DS923+',
      'raspberry pi 5',
      'Ubiquiti USW-Pro-24',
      'udm-pro',
      'netgear-gs108',
    ]) {
      expect(await types.named(name)).toHaveProperty('draft');
    }
    expect((await failure(() => types.named('diskstation'))).message).toContain(
      'Synology DiskStation DS223, ',
    );
    const { id } = await types.take({ slug: 'raspberry-pi-5' });
    expect(await types.named('Raspberry Pi 5')).toEqual({ id });
    expect((await failure(() => types.named('Pi 9'))).code).toBe('NOT_FOUND');
  });

  it('writes a type of the inventory as a file that says the same', async () => {
    const { id } = await types.take({ slug: 'ubiquiti-usw-24-poe' });
    const { fileName, text } = await types.export({ id });
    expect(fileName).toBe('ubiquiti-usw-24-poe.yaml');
    expect(previewImport(db, { files: [{ name: fileName, text }] }).counts.same).toBe(1);
  });
});

describe('importing files', () => {
  it('says what is new, the same, different and faulty, and writes nothing', () => {
    importOf([file('x.yaml', ports('a', 'b'))]);
    const before = snapshot(db.file);
    const preview = previewImport(db, {
      files: [
        file('x.yaml', `u_height: 2\n${ports('a', 'c')}`),
        { name: 'y/new.yaml', text: 'manufacturer: Acme\nmodel: Y\ninventory-items: []\n' },
        { name: 'bad.yaml', text: 'manufacturer: Acme\n' },
        { name: 'again.yaml', text: 'manufacturer: acme\nmodel: y\n' },
      ],
    });
    expect(preview.counts).toEqual({ new: 1, same: 0, differs: 1, faulty: 2 });
    expect(preview.rows.map(({ file: name, state }) => [name, state])).toEqual([
      ['bad.yaml', 'faulty'],
      ['again.yaml', 'faulty'],
      ['x.yaml', 'differs'],
      ['y/new.yaml', 'new'],
    ]);
    expect(preview.rows[1]?.problem).toContain('stands in y/new.yaml already');
    expect(preview.rows[2]?.differences).toEqual([
      { what: 'Height', before: '1', after: '2' },
      { what: 'Interface c', before: null, after: '1000base-t' },
      { what: 'Interface b', before: '1000base-t', after: null },
    ]);
    expect(preview.rows[3]?.dropped).toEqual(['inventory-items']);
    expect(snapshot(db.file)).toEqual(before);
  });

  it('leaves what is there, unless it is to be replaced, and is undone as one', () => {
    importOf([file('x.yaml', ports('a', 'b'))]);
    const before = snapshot(db.file);
    const files = [
      file('x.yaml', ports('a', 'c')),
      { name: 'y.yaml', text: 'manufacturer: Acme\nmodel: Y\n' },
    ];
    expect(importOf(files)).toMatchObject({ added: 1, replaced: 0, left: 1 });
    expect(importOf(files, true)).toMatchObject({ added: 0, replaced: 1, left: 1 });
    expect(previewImport(db, { files }).counts.same).toBe(2);
    db.history.undo();
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('keeps what devices are made of a type while it is replaced', () => {
    importOf([file('x.yaml', ports('a'))]);
    const type = records.named('device-type', 'Acme X').id;
    const id = add('device', { name: 'sw', kind: 'switch', deviceType: type });
    importOf([file('x.yaml', ports('b'))], true);
    expect(records.get({ kind: 'device', id }).record.names.deviceType).toBe('Acme X');
  });

  it('writes nothing at all when one file is faulty, and says which and where', async () => {
    const before = snapshot(db.file);
    const files = [file('x.yaml', ''), { name: 'bad.yaml', text: 'manufacturer: A\nmodel: [1\n' }];
    const error = await failure(() => importOf(files));
    expect(error.code).toBe('FILE_INVALID');
    expect(error.message).toMatch(/^bad\.yaml, line \d+: /);
    expect(snapshot(db.file)).toEqual(before);
  });
});

describe('a device of a type', () => {
  it('has its ports, front wired to rear, and its power, outlets fed by inputs', async () => {
    const panel = await device('generic-patch-panel-24-port-keystone-1u', { name: 'panel' });
    const ups = await device('eaton-5sc-1500i-r', { name: 'ups' });
    expect(records.get({ kind: 'device', id: panel }).record.values).toMatchObject({
      heightUnits: 1,
      manufacturer: 'Generic',
    });
    const front = records.named('port', 'panel front 7');
    expect(front.names.rear).toBe('panel rear 7');
    expect(front.values.rearPosition).toBe(1);
    expect(records.named('power-point', 'ups Outlet 3').names.fedBy).toBe('ups Input');
    const { record } = records.get({ kind: 'device', id: ups });
    expect(record.values).toMatchObject({ kind: 'ups', heightUnits: 2, nameplate: 1_050 });
  });

  it('knows speed, radio and power over Ethernet of its interfaces', async () => {
    await device('ubiquiti-udr', { name: 'udr' });
    expect(records.named('interface', 'udr Port 3').values).toMatchObject({
      kind: 'ethernet',
      speedMbps: 1_000,
      poe: 'pse type1-ieee802.3af',
    });
    expect(records.named('interface', 'udr WLAN').values).toMatchObject({
      kind: 'wifi',
      speedMbps: null,
    });
  });

  it('comes with its type as one change set, and what is given wins', async () => {
    const before = snapshot(db.file);
    const id = await device('raspberry-pi-5', { name: 'pi-1', kind: 'server', status: 'active' });
    expect(records.get({ kind: 'device', id }).record.values).toMatchObject({
      kind: 'server',
      status: 'active',
      model: 'Raspberry Pi 5',
    });
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('is refused with its type where its name is taken', async () => {
    add('device', { name: 'pi-1', kind: 'sbc' });
    const before = snapshot(db.file);
    const error = await failure(() => device('raspberry-pi-5', { name: 'PI-1' }));
    expect(error.code).toBe('DUPLICATE');
    expect(snapshot(db.file)).toEqual(before);
  });

  it('goes into the first free bay of its parent, or into the one that is named', async () => {
    const parent = await device('turing-machines-turing-pi-2', { name: 'turing' });
    const bayOf = async (name: string, bay?: string) => {
      const id = await device('raspberry-pi-compute-module-4', {
        name,
        parent,
        ...(bay && { bay }),
      });
      return records.get({ kind: 'device', id }).record.values.bay;
    };
    expect(await bayOf('cm-1')).toBe('Node 1');
    expect(await bayOf('cm-3', 'Node 3')).toBe('Node 3');
    expect(await bayOf('cm-2')).toBe('Node 2');
    const taken = await failure(() => bayOf('cm-9', 'Node 3'));
    expect(taken.message).toBe('Node 3 of turing holds cm-3 already.');
    expect((await failure(() => bayOf('cm-9', 'Node 7'))).message).toContain('no bay');
    expect(await bayOf('cm-4')).toBe('Node 4');
    expect((await failure(() => bayOf('cm-5'))).message).toContain('Every bay');
  });
});

describe('applying a type to a device that is there', () => {
  it('adds only what it lacks, says so beforehand, and changes nothing', async () => {
    const id = add('device', { name: 'udm', kind: 'router', model: 'My router' });
    const port = add('interface', { device: id, name: 'Port 1', speedMbps: 100 });
    const type = await types.chosen({ slug: 'ubiquiti-udm-pro' });
    const before = snapshot(db.file);
    const preview = previewApply(db, { type, ids: [id] });
    expect(preview.title).toBe('Ubiquiti UDM-Pro');
    expect(preview.devices[0]?.adds.map(({ kind, count }) => [kind, count])).toEqual([
      ['interface', 10],
      ['power-point', 1],
    ]);
    expect(preview.devices[0]?.fields).toEqual(['Manufacturer', 'Nameplate power']);
    expect(snapshot(db.file)).toEqual(before);
    applyTypeTo(db, { type, ids: [id] });
    expect(records.get({ kind: 'interface', id: port }).record.values.speedMbps).toBe(100);
    const { record } = records.get({ kind: 'device', id });
    expect(record.values).toMatchObject({ model: 'My router', manufacturer: 'Ubiquiti' });
    expect(record.names.deviceType).toBe('Ubiquiti UDM-Pro');
    const again = await types.chosen({ slug: 'ubiquiti-udm-pro' });
    expect(previewApply(db, { type: again, ids: [id] }).devices[0]).toMatchObject({
      adds: [],
      fields: [],
    });
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('wires a new front port to a rear port that is there', async () => {
    const id = add('device', { name: 'panel', kind: 'other' });
    add('port', { device: id, role: 'rear', name: '5' });
    const type = await types.chosen({ slug: 'generic-patch-panel-24-port-keystone-1u' });
    applyTypeTo(db, { type, ids: [id] });
    expect(records.named('port', 'panel front 5').names.rear).toBe('panel rear 5');
  });
});
