import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../shared/model/kinds/schema.ts';
import { type Annotations, createAnnotations } from '../../annotations/index.ts';
import type { Database } from '../../db/index.ts';
import { snapshot } from '../../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createInventory } from '../../inventory/index.ts';
import { createRecords } from '../../records/index.ts';
import { createExchange, type Exchange } from '../index.ts';
import { joinTags, splitTags } from './tag-list.ts';

let data: TemporaryData;
let db: Database;
let exchange: Exchange;
let annotations: Annotations;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  exchange = createExchange(db);
  annotations = createAnnotations(db);
});
afterEach(() => data.remove());

const add = (kind: KindName, values: Record<string, unknown>): string =>
  createRecords(db).create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const compare = (text: string, name = 'lab.yaml') =>
  exchange.compare({ name, bytes: Buffer.from(text) }, { kind: null, map: new Map() });
const decided = { deletions: true, prefer: null } as const;
const page = { offset: 0, limit: 20 };
const sha256 = 'ab'.repeat(32);

function sample() {
  const id = add('device', { name: 'pi-1', kind: 'sbc' });
  const subject = { kind: 'device', id } as const;
  annotations.tag({ kind: 'device', ids: [id], add: ['prod', 'k3s'], remove: [] });
  annotations.notes.add({ ...subject, text: 'Bought used' });
  const { id: field } = annotations.customFields.create({
    kind: 'device',
    name: 'Warranty until',
    type: 'date',
    required: false,
    help: null,
  });
  annotations.customFields.set({
    kind: 'device',
    ids: [id],
    values: [{ field, value: '2027-01-31' }],
  });
  db.change({ title: 'Attached', source: 'app' }, () => {
    const content = { mediaType: 'text/plain', sizeBytes: 5, sha256, width: null, height: null };
    db.tables.attachments.insert(subject, { name: 'a.txt', ...content, addedAt: 1_000 });
  });
  return { ...subject, field };
}

it('shows what is noted as a person edits it, takes it over as one change, and undoes it', () => {
  const subject = sample();
  const before = snapshot(db.file);
  const text = exchange.write('yaml', null);
  expect(text).toContain(
    '    tags: [k3s, prod]\n    custom:\n      Warranty until: "2027-01-31"\n',
  );
  const edited = text
    .replace('[k3s, prod]', '[prod, Lab]')
    .replace('"2027-01-31"', '2028-02-29')
    .replace('text: Bought used', 'text: Bought new')
    .replace('name: a.txt', 'name: b.txt');
  const compared = compare(edited);
  expect(compared.summary).toMatchObject({ whole: true, base: 'known', total: 1 });
  const [difference] = compared.differences(page);
  expect(difference?.fields.map(({ label, before: was, after }) => [label, was, after])).toEqual([
    ['Tag', 'k3s', null],
    ['Note', 'Bought used', 'Bought new'],
    ['Warranty until', '2027-01-31', '2028-02-29'],
    ['Attachment', 'a.txt (5 bytes)', 'b.txt (5 bytes)'],
    ['Tag', null, 'Lab'],
  ]);
  compared.apply(decided);
  const now = annotations.of(subject);
  expect(now.tags).toEqual(['Lab', 'prod']);
  expect(now.values).toMatchObject([{ value: '2028-02-29' }]);
  expect(now.attachments).toMatchObject([{ name: 'b.txt', sha256 }]);
  const { notes } = annotations.notes.list({ ...subject, before: null, limit: 9 });
  expect(notes).toMatchObject([{ text: 'Bought new', editedAt: expect.any(Number) }]);
  db.history.undo();
  expect(snapshot(db.file)).toEqual(before);
});

it('deletes what is noted only for a whole file that was written with it', () => {
  const subject = sample();
  const bare = `rackhelm: 2\nwhole: true\ndevices: [{name: pi-1, kind: sbc, id: ${subject.id}}]\n`;
  expect(compare(bare).summary.total).toBe(0);
  expect(compare(bare.replace('whole: true', 'with: [tags, notes]')).summary.total).toBe(0);
  compare(bare.replace('true', 'true\nwith: [tags, later things]')).apply(decided);
  expect(annotations.of(subject)).toMatchObject({ tags: [], notes: 1, fields: [{}], values: [{}] });
  compare(bare.replace('true', 'true\nwith: [notes, custom-fields, attachments]')).apply(decided);
  expect(annotations.of(subject)).toMatchObject({ notes: 0, fields: [], attachments: [] });
});

it('keeps what was noted here since the file was written, and asks where both changed the same', () => {
  const subject = sample();
  const text = exchange.write('yaml', null);
  annotations.tag({ kind: 'device', ids: [subject.id], add: ['new here'], remove: ['k3s'] });
  annotations.notes.add({ ...subject, text: 'Since then' });
  expect(compare(text).summary).toMatchObject({ total: 0, changedHere: 1 });
  const value = { field: subject.field, value: '2030-01-01' };
  annotations.customFields.set({ kind: 'device', ids: [subject.id], values: [value] });
  const edited = compare(text.replace('2027-01-31', '2028-01-01').replace('[k3s, ', '[k3s, Lab, '));
  expect(edited.summary).toMatchObject({ total: 1, conflicts: 1 });
  edited.apply({ deletions: true, prefer: 'file' });
  const now = annotations.of(subject);
  expect(now).toMatchObject({ tags: ['Lab', 'new here', 'prod'], notes: 2 });
  expect(now.values).toMatchObject([{ value: '2028-01-01' }]);
});

it('takes definitions and values that somebody wrote by hand, and adds no note twice', () => {
  const text = `rackhelm: 2
custom-fields:
  - {kind: device, name: Owner, type: choice, options: [Ada, Bob]}
devices:
  - name: pi-9
    kind: sbc
    tags: lab, "a, b"
    custom: {owner: ada}
    notes: [Mind the fan]
`;
  expect(compare(text).summary.kinds).toContainEqual({
    kind: 'custom-field',
    add: 1,
    change: 0,
    delete: 0,
  });
  compare(text).apply(decided);
  const id = db.tables.records.idsByName(kindOf('device'), 'pi-9', 1)[0] ?? '';
  const now = annotations.of({ kind: 'device', id });
  expect(now).toMatchObject({ tags: ['a, b', 'lab'], notes: 1, values: [{ value: 'Ada' }] });
  expect(compare(text).summary.total).toBe(0);
  const table = exchange.write('csv', kindOf('device'));
  expect(table).toMatch(/tags,custom\.Owner,id\n/);
  expect(compare(table, 'devices.csv').summary.total).toBe(0);
  compare(table.replace(',Ada,', ',bob,').replace('""a, b"", ', ''), 'devices.csv').apply(decided);
  expect(annotations.of({ kind: 'device', id })).toMatchObject({
    tags: ['lab'],
    values: [{ value: 'Bob' }],
  });
});

const device = (rest: string) => `rackhelm: 2\ndevices:\n  - name: pi-1\n    kind: sbc\n${rest}`;

it.each<[what: string, file: string, told: RegExp]>([
  ['a tag that is too long', device(`    tags: [${'x'.repeat(51)}]`), /Line 5: .*tags\[1\].*50/],
  ['an empty note', device('    notes: [" "]'), /Line 5: .*notes\[1\].*text/],
  ['an unknown field', device('    custom: {Waranty until: x}'), /Line 5: .*“Warranty until”\?/],
  ['no date', device('    custom: {Warranty until: 31 feb}'), /Line 5: .*A date such as/],
  ['no hash', device('    attachments: [{name: x, sha256: ../x, size: 1}]'), /Line 5: .*sha256/],
  ['a huge size', device(`    attachments: [{sha256: ${sha256}, size: 9999999999}]`), /size/],
  ['no moment', device('    notes: [{text: x, when: yesterday}]'), /Line 5: .*a moment such as/],
  [
    'another type of a field',
    'rackhelm: 2\ncustom-fields: [{kind: device, name: Warranty until, type: text}]',
    /Line 2: .*the type of a custom field stays/,
  ],
  [
    'a field that devices have',
    'rackhelm: 2\ncustom-fields: [{kind: device, name: Serial, type: text}]',
    /Line 2: .*of their own/,
  ],
])('says where something noted is wrong, and writes nothing: %s', (_what, file, told) => {
  sample();
  const before = snapshot(db.file);
  expect(() => compare(file).apply(decided)).toThrow(told);
  expect(snapshot(db.file)).toEqual(before);
});

it('reads tags of one line as it writes them', () => {
  const names = ['a', 'b c', 'd, e', 'f;g', '"h"', 'i "j" k'];
  expect(splitTags(joinTags(names))).toEqual(names);
});
