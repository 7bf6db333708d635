import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EntrySource } from '../../../shared/contract/quick-entry.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import { readTable } from '../../../shared/quick-entry/table.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createDeviceTypes, type DeviceTypes, readLibrary } from '../device-types/index.ts';
import { findInstallation } from '../installation.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import { applyEntry, previewEntry, typesOfEntry } from './index.ts';

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
let deviceTypes: DeviceTypes;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
  deviceTypes = createDeviceTypes(db, () => shipped);
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const entry = async (source: EntrySource, existing: 'refuse' | 'leave-out' = 'refuse') => ({
  source,
  existing,
  types: await typesOfEntry(deviceTypes, source),
});
const preview = async (line: string) => previewEntry(db, await entry({ line }));
const apply = async (line: string, existing: 'refuse' | 'leave-out' = 'refuse') =>
  applyEntry(db, await entry({ line }, existing));
const problems = async (line: string) =>
  (await preview(line)).rows.flatMap((row) => row.problems.map(({ field, text }) => [field, text]));
async function failure(work: () => Promise<unknown>): Promise<RackhelmError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof RackhelmError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

/** A rack, a VLAN and a prefix to put things into. */
function addPlaces() {
  const site = add('site', { name: 'Home' });
  add('rack', { site, name: 'A', heightUnits: 12 });
  add('vlan', { number: 20, name: 'storage' });
  add('prefix', { prefix: '10.20.10.0/24', gateway: '10.20.10.1' });
}

const whole =
  'pi-[1-4] type:"Raspberry Pi 5" eth0 10.20.10.[11-14]/24 mac:02:00:00:00:00:[11-14] rack:A U[3-6] vlan:20';

describe('one line for many', () => {
  it('says exactly what adding makes, and keeps nothing of the trial', async () => {
    addPlaces();
    const before = snapshot(db.file);
    const shown = await preview(whole);
    expect(shown).toMatchObject({
      problem: null,
      total: 4,
      counts: { new: 4, exists: 0, faulty: 0, untried: 0 },
      makes: [
        { kind: 'device-type', count: 1 },
        { kind: 'device', count: 4 },
        { kind: 'interface', count: 8 },
        { kind: 'mac', count: 4 },
        { kind: 'vlan-membership', count: 4 },
        { kind: 'address', count: 4 },
        { kind: 'power-point', count: 4 },
      ],
    });
    expect(shown.rows[1]).toMatchObject({
      name: 'pi-2',
      type: 'Raspberry Pi 5',
      place: 'A, unit 4',
      what: ['eth0: 10.20.10.12/24, 02:00:00:00:00:12, VLAN 20'],
      warnings: [],
    });
    expect(snapshot(db.file)).toEqual(before);
    expect(await apply(whole)).toMatchObject({ devices: 4 });
    const { record } = records.get({ kind: 'device', id: records.named('device', 'pi-3').id });
    expect(record.values).toMatchObject({ kind: 'sbc', position: 5, model: 'Raspberry Pi 5' });
    expect(records.named('address', 'pi-3 eth0 10.20.10.13/24').values.role).toBe('host');
    expect(records.named('vlan-membership', 'pi-3 eth0 storage').values.tagged).toBe(false);
    expect(db.history.state().undo?.title).toBe('Added 4 devices, from pi-1');
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('takes the length of an address from the prefix that it lies in', async () => {
    addPlaces();
    await apply('nas eth0 10.20.10.30');
    expect(records.named('address', 'nas eth0 10.20.10.30/24')).toBeDefined();
    expect(await problems('x eth0 10.99.0.1')).toEqual([
      ['address', expect.stringContaining('no known prefix')],
    ]);
  });

  it('says what of it clashes, each with its reason, and adds nothing then', async () => {
    addPlaces();
    await apply('old eth0 10.20.10.12/24 mac:02:00:00:00:00:12 rack:A U4');
    const before = snapshot(db.file);
    const shown = await preview(whole);
    expect(shown.counts).toMatchObject({ new: 3, faulty: 1 });
    expect(shown.rows[0]?.problems).toEqual([
      { field: 'address', text: 'old eth0 has 10.20.10.12 already.' },
      { field: 'mac', text: 'old eth0 has 02:00:00:00:00:12 already.' },
    ]);
    expect((await failure(() => apply(whole))).message).toContain('old eth0 has 10.20.10.12');
    expect(snapshot(db.file)).toEqual(before);
  });

  it.each<[string, string, RegExp]>([
    ['x rack:B', 'rack', /no rack called B/],
    ['x vlan:99', 'untagged', /no VLAN 99/],
    ['x tagged:20,ingress', 'tagged', /no VLAN ingress/],
    ['x type:"Pi 99"', 'deviceType', /no device type called Pi 99/],
    ['x in:chassis', 'parent', /no device called chassis/],
    ['x status:broken', 'status', /One of/],
    ['x rack:A U30', 'position', /12/],
    ['[x,X]', 'name', /already/],
    ['[x,y] eth0 10.0.0.5/24', 'address', /x eth0 has 10\.0\.0\.5 already/],
    ['x eth0 mac:02:00:00:00:00:0z', 'mac', /no MAC address/],
    ['a[1-2] rack:A U3', 'position', /takes unit 3/],
  ])('“%s” is told at %s', async (line, field, text) => {
    addPlaces();
    expect(await problems(line)).toContainEqual([field, expect.stringMatching(text)]);
  });

  it('warns of addresses that are given out or kept, and refuses none of them', async () => {
    addPlaces();
    add('ip-range', { range: '10.20.10.100-10.20.10.199', role: 'dhcp' });
    const { rows, counts } = await preview('gw-[1-3] eth0 10.20.10.[1,150,255]/24');
    expect(counts).toMatchObject({ new: 3, faulty: 0 });
    expect(rows.flatMap(({ warnings }) => warnings)).toEqual([
      '10.20.10.1 is the gateway of 10.20.10.0/24.',
      '10.20.10.150 lies in the range 10.20.10.100-10.20.10.199 (dhcp).',
      expect.stringContaining('broadcast'),
    ]);
  });

  it('leaves out what is there, when that is asked for', async () => {
    await apply('pi-2');
    const shown = await preview('pi-[1-3]');
    expect(shown.counts).toMatchObject({ new: 2, exists: 1 });
    expect((await failure(() => apply('pi-[1-3]'))).message).toContain('already');
    expect((await apply('pi-[1-3]', 'leave-out')).devices).toBe(2);
  });

  it('puts boards into a carrier of the same line', async () => {
    await apply('turing type:"Turing Pi 2"');
    await apply('cm-[1-4] type:"Compute Module 4" in:turing');
    expect(records.named('device', 'cm-4').values.bay).toBe('Node 4');
    expect(await problems('cm-5 type:"Compute Module 4" in:turing')).toEqual([
      ['bay', expect.stringContaining('Every bay')],
    ]);
  });

  it('tells where in the line it cannot be read', async () => {
    expect((await preview('pi-[1-4')).problem).toEqual({
      text: 'This bracket is not closed.',
      at: 3,
      length: 1,
    });
    expect((await failure(() => apply('pi-[1-4'))).code).toBe('INVALID_INPUT');
  });

  it('tries out the first of very many, and says how many it did not', async () => {
    const shown = await preview('n[1-1000]');
    expect(shown.counts).toEqual({ new: 300, exists: 0, faulty: 0, untried: 700 });
  });
});

describe('a table', () => {
  const source = (text: string): EntrySource => {
    const table = readTable(text);
    if ('problem' in table) throw new Error(table.problem);
    const { rows, header, columns } = table;
    return { table: { rows: rows.map((row) => [...row]), header, columns: [...columns] } };
  };

  it('adds its rows as one change, several of one name as one device', async () => {
    addPlaces();
    const text =
      'Name\tType\tInterface\tIP\tVLAN\tRack\tU\nnas\tDiskStation DS923+\tLAN 1\t10.20.10.30/24\t20\tA\t1\nnas\t\tLAN 2\t10.20.10.31/24\t\t\t\n';
    const before = snapshot(db.file);
    const done = applyEntry(db, await entry(source(text)));
    expect(done.devices).toBe(1);
    expect(records.named('address', 'nas LAN 2 10.20.10.31/24')).toBeDefined();
    expect(records.named('device', 'nas').values).toMatchObject({ kind: 'nas', position: 1 });
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
  });

  it('tells each problem with its row and its column', async () => {
    const text = 'name,ip,rack\npi-1,10.0.0.1/24,\npi-2,nonsense,B\n,10.0.0.3/24,\n';
    const { rows } = previewEntry(db, await entry(source(text)));
    const told = rows.flatMap((row) =>
      row.problems.map(({ field }) => [row.tableRows[0], field] as const),
    );
    expect(told).toEqual([
      [3, 'name'],
      [2, 'rack'],
      [2, 'address'],
    ]);
  });
});
