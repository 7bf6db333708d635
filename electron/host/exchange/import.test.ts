import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory } from '../inventory/index.ts';
import { createRecords, type Records } from '../records/index.ts';
import { createExchange, type Exchange } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
let exchange: Exchange;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
  exchange = createExchange(db);
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const valuesOf = (kind: KindName, id: string) => records.get({ kind, id }).record.values;
const compare = (text: string | Uint8Array, name = 'lab.yaml') =>
  exchange.compare(
    { name, bytes: typeof text === 'string' ? Buffer.from(text) : text },
    { kind: null, map: new Map() },
  );
const decided = { deletions: true, prefer: null } as const;
function failure(work: () => unknown): RackhelmError {
  try {
    work();
  } catch (error) {
    if (error instanceof RackhelmError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

function sample() {
  const site = add('site', { name: 'Home' });
  const rack = add('rack', { site, name: 'A', heightUnits: 12 });
  const device = add('device', {
    name: 'pi-1',
    kind: 'sbc',
    rack,
    position: 3,
    memoryBytes: 2 ** 34,
  });
  const port = add('interface', { device, name: 'eth0', mtu: 9_000 });
  const vlan = add('vlan', { number: 20, name: 'storage' });
  add('vlan-membership', { interface: port, vlan, tagged: true });
  return { site, rack, device, port, vlan };
}

describe('an edited file', () => {
  it('shows each field that it changes, writes one change set, and is undone as one', () => {
    const { device, port } = sample();
    const before = snapshot(db.file);
    const text = exchange.write('yaml', null);
    const edited = text
      .replace('memory: 16 GiB', 'memory: 32G')
      .replace('mtu: 9000', '# mtu')
      .replace(
        'devices:\n',
        'devices:\n  - name: pi-2\n    kind: sbc\n    interfaces: [eth0, eth1]\n',
      );
    const compared = compare(edited);
    expect(compared.summary).toMatchObject({ whole: true, base: 'known', total: 5, conflicts: 0 });
    expect(compared.differences({ offset: 0, limit: 9 })).toMatchObject([
      {
        action: 'change',
        name: 'pi-1',
        fields: [{ label: 'Memory', before: '16 GiB', after: '32 GiB' }],
      },
      { action: 'add', kind: 'device', name: 'pi-2' },
      {
        action: 'change',
        name: 'pi-1 eth0',
        fields: [{ label: 'MTU', before: '9000', after: null }],
      },
      { action: 'add', name: 'pi-2 eth0' },
      { action: 'add', name: 'pi-2 eth1' },
    ]);
    compared.apply(decided);
    expect(valuesOf('device', device).memoryBytes).toBe(2 ** 35);
    expect(valuesOf('interface', port).mtu).toBeNull();
    expect(db.history.undo().title).toBe('Undid: Imported lab.yaml');
    expect(snapshot(db.file)).toEqual(before);
  });

  it('deletes what a whole file does not have only when told so, and never for a part', () => {
    const { device, port } = sample();
    const whole = 'rackhelm: 2\nwhole: true\nvlans:\n  - {number: 20, name: storage}\n';
    const kept = compare(whole);
    expect(kept.summary.kinds).toContainEqual({ kind: 'device', add: 0, change: 0, delete: 1 });
    kept.apply({ deletions: false, prefer: null });
    expect(valuesOf('device', device).name).toBe('pi-1');
    expect(compare(whole.replace('whole: true\n', '')).summary.total).toBe(0);
    compare(whole).apply(decided);
    expect(failure(() => valuesOf('interface', port)).code).toBe('NOT_FOUND');
    expect(records.list(listOf('vlan')).total).toBe(1);
  });

  it('leaves what it does not say as it is, unless it is whole', () => {
    const { device } = sample();
    compare('rackhelm: 2\ndevices:\n  - {name: PI-1, status: active}\n').apply(decided);
    expect(valuesOf('device', device)).toMatchObject({
      status: 'active',
      position: 3,
      name: 'PI-1',
    });
  });

  it('keeps what was changed here since it was written, and asks where both changed the same', () => {
    const { device, port } = sample();
    const text = exchange.write('yaml', null);
    records.update({
      kind: 'device',
      ids: [device],
      values: { memoryBytes: 2 ** 33, status: 'active' },
    });
    records.update({ kind: 'interface', ids: [port], values: { mtu: 1_500 } });
    const added = add('site', { name: 'Office' });
    const compared = compare(text.replace('memory: 16 GiB', 'memory: 32 GiB'));
    expect(compared.differences({ offset: 0, limit: 9 })).toMatchObject([
      {
        name: 'pi-1',
        conflict: true,
        fields: [{ field: 'memoryBytes', before: '8 GiB', conflict: true }],
      },
    ]);
    expect(compared.summary.changedHere).toBe(2);
    expect(failure(() => compared.apply(decided)).message).toContain('both in the file and here');
    compared.apply({ deletions: true, prefer: 'file' });
    expect(valuesOf('device', device)).toMatchObject({ memoryBytes: 2 ** 35, status: 'active' });
    expect(valuesOf('interface', port).mtu).toBe(1_500);
    expect(valuesOf('site', added).name).toBe('Office');
  });

  it('lets a thing stay deleted that was deleted here, and brings back one that the file changed', () => {
    const { device, vlan } = sample();
    const text = exchange.write('yaml', null);
    records.remove({ kind: 'device', ids: [device] });
    expect(compare(text).summary).toMatchObject({ total: 0, changedHere: 3 });
    records.remove({ kind: 'vlan', ids: [vlan] });
    const edited = compare(
      text.replace('name: storage', 'name: nfs').replace('vlan: storage', 'vlan: nfs'),
    );
    expect(edited.summary).toMatchObject({ total: 1, conflicts: 1 });
    edited.apply({ deletions: true, prefer: 'file' });
    expect(valuesOf('vlan', vlan).name).toBe('nfs');
  });

  it('is refused when the inventory went on after it was compared', () => {
    sample();
    const compared = compare('rackhelm: 2\nsites: [Office]\n');
    add('site', { name: 'Elsewhere' });
    expect(failure(() => compared.apply(decided)).code).toBe('CHANGED_SINCE');
  });

  it('swaps two names, moves what belongs to a thing that goes, and takes the name of one that went', () => {
    const a = add('device', { name: 'a', kind: 'sbc' });
    const b = add('device', { name: 'b', kind: 'sbc' });
    const port = add('interface', { device: a, name: 'eth0' });
    const swapped = exchange
      .write('yaml', null)
      .replace('name: a\n', 'name: x\n')
      .replace('name: b\n', 'name: a\n')
      .replace('name: x\n', 'name: b\n');
    compare(swapped).apply(decided);
    expect([valuesOf('device', a).name, valuesOf('device', b).name]).toEqual(['b', 'a']);
    const moved = `rackhelm: 2\nwhole: true\ndevices:\n  - {name: b, kind: nas, id: ${b}, interfaces: [{name: eth0, id: ${port}}]}\n`;
    compare(moved).apply(decided);
    expect(valuesOf('interface', port).device).toBe(b);
    expect(records.list(listOf('device')).total).toBe(1);
  });

  it('follows a device that changes its name in one place of the file', () => {
    const { device } = sample();
    const service = add('service', { name: 'git', kind: 'git' });
    add('service-runs-on', { service, device });
    compare(exchange.write('yaml', null).replace('name: pi-1\n', 'name: pi-9\n')).apply(decided);
    expect(records.named('service-runs-on', 'git pi-9').values.device).toBe(device);
  });

  it('takes over a file of another inventory by what names things', () => {
    const { device } = sample();
    const other = '0190b0d0-0000-7000-8000-000000000001';
    const text = `rackhelm: 2\ndevices:\n  - {name: pi-1, kind: nas, id: ${other}}\nservices:\n  - name: nfs\n    kind: files\n    runs-on: [{device: ${other}}]\n`;
    compare(text).apply(decided);
    expect(valuesOf('device', device).kind).toBe('nas');
    expect(records.named('service-runs-on', 'nfs pi-1').values.device).toBe(device);
  });
});

const listOf = (kind: KindName) => ({
  kind,
  search: '',
  where: [],
  sort: { field: null, descending: false },
  offset: 0,
  limit: 10,
});

const id = '0190b0d0-0000-7000-8000-000000000001';
const device = (rest: string) => `rackhelm: 2\ndevices:\n  - name: pi\n    kind: sbc\n${rest}`;

describe('what is wrong in a file is told with its line, and nothing is written', () => {
  it.each<[what: string, file: string | Uint8Array, told: RegExp]>([
    ['nothing', '', /in no format/],
    ['a device type', 'manufacturer: A\nmodel: B\nslug: a-b\n', /device-type library/],
    ['a file of something else', 'version: 2\nservices: {}\n', /in no format/],
    [
      'a newer version',
      'rackhelm: 3\nplanets: []\n',
      /Line 1: rackhelm: this file is of version 3/,
    ],
    [
      'an unknown kind',
      'rackhelm: 2\nswiches: []\ndevicse:\n  - a\n',
      /Line 2: swiches: there is no kind/,
    ],
    [
      'a misspelt kind',
      'rackhelm: 2\ndevcies:\n  - a\n',
      /Line 2: devcies: .*did you mean “devices”\?/,
    ],
    ['a misspelt field', device('    memroy: 4G\n'), /Line 5: devices\[1\]\.memroy: .*“memory”\?/],
    [
      'a value',
      device('    position: top\n'),
      /Line 5: devices\[1\]\.position: “top” is not understood: /,
    ],
    [
      'a misspelt reference',
      `${device('    rack: Rck\n')}sites: [{name: X, racks: [{name: Rack, height: 9}]}]`,
      /Line 5: .*no rack called Rck; did you mean “rack”\?/,
    ],
    [
      'a missing field',
      'rackhelm: 2\ndevices:\n  - name: a\n',
      /Line 3: devices\[1\]: a device needs kind/,
    ],
    ['a thing twice', `${device('')}  - {name: PI, kind: nas}\n`, /Line 5: .*already/],
    [
      'an id twice',
      `rackhelm: 2\nsites:\n  - {name: a, id: ${id}}\n  - {name: b, id: ${id}}\n`,
      /Line 4: .*same site as in line 3/,
    ],
    ['a key twice', device('    kind: nas\n'), /Line 5: devices\.kind|Line 5: .*twice/],
    [
      'a section twice',
      'rackhelm: 2\nsites: [a]\nracks:\nsites: [b]\n',
      /Line 4: sites: this stands in line 2/,
    ],
    ['no id', device('    id: 17\n'), /Line 5: .*no id/],
    [
      'a circle',
      `rackhelm: 2\ndevices:\n  - {name: a, kind: nas, parent: b}\n  - {name: b, kind: nas, parent: a}\n`,
      /Line \d: .*circle/,
    ],
    ['an alias', 'rackhelm: 2\nsites: &a [x]\nrooms: *a\n', /Line 2: .*anchors/],
    ['a merge key', device('    <<: {kind: nas}\n'), /Line 5: .*merge keys/],
    ['a tag', device('    comment: !!js/function "x"\n'), /Line 5: .*tags/],
    ['a cut file', device('    comment: "half of'), /Line 5: /],
    ['a second document', `${device('')}---\nrackhelm: 2\n`, /Line 5: .*second document/],
    ['deep nesting', `rackhelm: 2\nsites: ${'['.repeat(50_000)}`, /nested too deeply/],
    ['a NUL byte', device('    comment: a\0b\n'), /Line 5: .*NUL/],
    [
      'a file of ours that was cut in the middle of a line',
      'rackhelm: 2\nwhole: true\nsites:\n  - name: Home l',
      /Line 4: .*cut off/,
    ],
    ['brackets without end', `rackhelm: 2\nsites: ${'['.repeat(3_000_000)}`, /Line 2: .*too deep/],
    ['maps without end', `rackhelm: 2\nsites: ${'{a: '.repeat(300_000)}`, /Line 2: .*too deep/],
    [
      'millions of blank lines',
      `rackhelm: 2\nsites:\n${'\n'.repeat(17_000_000)}`,
      /Line 2: .*longer than 16 MiB/,
    ],
    ['millions of words', `rackhelm: 2\n${'a\n'.repeat(3_000_000)}`, /Line 2: /],
    ['gzip', gzipSync(device('')), /gzip, which is not read/],
    ['zip', Buffer.from('PK\u0003\u0004....'), /zip .*not read/],
    ['a list for a value', device('    comment: [a]\n'), /Line 5: .*one value/],
    ['a value for a list', 'rackhelm: 2\nsites: Home\n', /Line 2: sites: a list/],
    [
      'two devices in one place',
      'rackhelm: 2\nsites: [{name: S, racks: [{name: R, height: 4}]}]\ndevices:\n  - {name: a, kind: nas, rack: R, position: 1}\n  - {name: b, kind: nas, rack: R, position: 1}\n',
      /Line \d: devices\[\d\]: .*takes unit 1/,
    ],
  ])('%s', (_what, file, told) => {
    add('site', { name: 'There before' });
    const before = snapshot(db.file);
    const error = failure(() => compare(file).apply({ deletions: true, prefer: 'file' }));
    expect(error.message).toMatch(told);
    expect(error.code).toBe('FILE_INVALID');
    expect(snapshot(db.file)).toEqual(before);
  });

  it('a bomb of aliases ends at once', () => {
    const lines = Array.from(
      { length: 30 },
      (_, n) => `a${n}: &a${n} [${`*a${n - 1}, `.repeat(9)}]`,
    );
    const start = performance.now();
    expect(failure(() => compare(`rackhelm: 2\n${lines.join('\n')}\n`)).message).toMatch(/a0/);
    expect(performance.now() - start).toBeLessThan(2_000);
  });
});

it.each<[string, (text: string) => Uint8Array]>([
  ['UTF-8 with a mark', (text) => Buffer.from(`\ufeff${text}`)],
  ['UTF-16', (text) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16 without a mark', (text) => Buffer.from(text, 'utf16le')],
  ['UTF-16 the other way round', (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ['Windows line ends', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
])('reads %s', (_name, encode) => {
  compare(encode('rackhelm: 2\nsites:\n  - Straße\n')).apply(decided);
  expect(records.named('site', 'Straße').name).toBe('Straße');
});

it('says Windows-1252 where it can be nothing else', () => {
  const compared = compare(Buffer.from('rackhelm: 2\nsites:\n  - Stra\u00dfe\n', 'latin1'));
  expect(compared.summary.encoding).toBe('Windows-1252');
});
