import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Subject } from '../../../shared/model/annotations.ts';
import { type KindName, kindOf } from '../../../shared/model/kinds/index.ts';
import { newValues } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { snapshot } from '../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createRecords, type Records } from '../records/index.ts';
import { type Annotations, createAnnotations } from './index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
let annotations: Annotations;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  db.countDifferencesWith(() => 0);
  records = createRecords(db);
  annotations = createAnnotations(db);
});
afterEach(() => {
  annotations.attachments.close();
  data.remove();
});

const add = (kind: KindName, typed: Record<string, unknown>): Subject => {
  const values = newValues(kindOf(kind)).parse(typed);
  return { kind, id: records.create({ kind, values }).id };
};

async function attach(subject: Subject, name: string, content: Buffer) {
  const { attachments } = annotations;
  const { upload } = attachments.begin({ ...subject, name, sizeBytes: content.length });
  for (let offset = 0; offset < content.length; offset += 1_000) {
    attachments.append({ upload, offset, bytes: content.subarray(offset, offset + 1_000) });
  }
  return attachments.finish({ upload });
}

function noteEverything(subject: Subject, what = ['tag', 'note', 'value']): void {
  if (what.includes('tag')) {
    annotations.tag({ kind: subject.kind, ids: [subject.id], add: ['lab'], remove: [] });
  }
  if (what.includes('note')) annotations.notes.add({ ...subject, text: 'kept since 2019' });
  if (!what.includes('value')) return;
  const fields = annotations.customFields.list(subject.kind);
  const field =
    fields[0]?.id ??
    annotations.customFields.create({
      kind: subject.kind,
      name: 'Owner',
      type: 'text',
      required: false,
      help: null,
    }).id;
  annotations.customFields.set({
    kind: subject.kind,
    ids: [subject.id],
    values: [{ field, value: 'Ada' }],
  });
}

describe('what is noted of a thing of any kind', () => {
  it('goes with it, through cascades too, and undo brings all of it back', async () => {
    const device = add('device', { name: 'pi-1', kind: 'sbc' });
    const port = add('interface', { device: device.id, name: 'eth0' });
    const address = add('address', { interface: port.id, address: '10.0.0.2/24' });
    for (const subject of [device, port, address]) noteEverything(subject);
    await attach(port, 'label.txt', Buffer.from('hello'));
    const before = snapshot(db.file);
    records.remove({ kind: 'device', ids: [device.id] });
    expect(snapshot(db.file)).toMatchObject({
      tagging: [],
      note: [],
      custom_value: [],
      attachment: [],
    });
    const after = snapshot(db.file);
    for (let times = 0; times < 2; times += 1) {
      db.history.undo();
      expect(snapshot(db.file)).toEqual(before);
      db.history.redo();
      expect(snapshot(db.file)).toEqual(after);
    }
  });

  it.each(['tag', 'note', 'value', 'attachment'])(
    'goes with it where it is a %s alone',
    async (what) => {
      const port = add('interface', {
        device: add('device', { name: 'a', kind: 'sbc' }).id,
        name: 'e',
      });
      const empty = snapshot(db.file);
      if (what === 'attachment') await attach(port, 'label.txt', Buffer.from('hello'));
      else noteEverything(port, [what]);
      const before = snapshot(db.file);
      records.remove({ kind: 'interface', ids: [port.id] });
      for (const table of ['tagging', 'note', 'custom_value', 'attachment']) {
        expect(snapshot(db.file)[table]).toEqual(empty[table]);
      }
      db.history.undo();
      expect(snapshot(db.file)).toEqual(before);
    },
  );

  it('cannot be written for a thing that is not there', () => {
    const device = add('device', { name: 'pi-1', kind: 'sbc' });
    const other = { kind: 'rack' as const, id: device.id };
    expect(() => annotations.notes.add({ ...other, text: 'x' })).toThrow(/does not exist/);
    expect(() =>
      db.change({ title: 'x', source: 'app' }, () => db.tables.notes.add(other, 'x', 1)),
    ).toThrow(/gone/);
  });

  it('is found by search, whatever the kind, and no more when it is gone', () => {
    const device = add('device', { name: 'pi-1', kind: 'sbc' });
    const port = add('interface', { device: device.id, name: 'eth0' });
    expect(db.tables.search.find('2019', 5).total).toBe(0);
    noteEverything(port);
    for (const word of ['lab', '2019', 'Ada']) {
      expect(db.tables.search.find(word, 5).hits).toMatchObject([
        { kind: 'interface', id: port.id, title: 'pi-1 eth0' },
      ]);
    }
    records.remove({ kind: 'device', ids: [device.id] });
    expect(db.tables.search.find('2019', 5).total).toBe(0);
  });

  it('narrows and sorts lists, and stands in their rows', () => {
    const ids = ['a', 'b', 'c'].map((name) => add('cluster', { name, kind: 'k3s' }));
    const { id: field } = annotations.customFields.create({
      kind: 'cluster',
      name: 'Size',
      type: 'number',
      required: false,
      help: null,
    });
    [12, 3].forEach((value, index) => {
      const id = ids[index]?.id ?? '';
      annotations.customFields.set({ kind: 'cluster', ids: [id], values: [{ field, value }] });
    });
    annotations.tag({ kind: 'cluster', ids: [ids[1]?.id ?? ''], add: ['lab'], remove: [] });
    const list = (query: Partial<Parameters<Records['list']>[0]>) =>
      records
        .list({
          kind: 'cluster',
          search: '',
          where: [],
          sort: { field: null, descending: false },
          offset: 0,
          limit: 10,
          ...query,
        })
        .rows.map(({ name }) => name);
    const custom = `custom:${field}`;
    expect(list({ where: [{ field: 'tags', value: 'LAB' }] })).toEqual(['b']);
    expect(list({ where: [{ field: custom, value: 12 }] })).toEqual(['a']);
    expect(list({ where: [{ field: custom, declared: false }] })).toEqual(['c']);
    expect(list({ where: [{ field: custom, value: null }] })).toEqual(['c']);
    expect(list({ search: 'lab' })).toEqual(['b']);
    expect(list({ sort: { field: custom, descending: false } })).toEqual(['b', 'a', 'c']);
    expect(records.get({ kind: 'cluster', id: ids[1]?.id ?? '' }).record).toMatchObject({
      tags: ['lab'],
      values: { [custom]: 3 },
    });
  });
});

describe('a custom field', () => {
  const field = (type: 'choice' | 'date' | 'reference', more: object) =>
    annotations.customFields.create({
      kind: 'device',
      name: `My ${type}`,
      type,
      required: false,
      help: null,
      ...more,
    }).id;
  const set = (device: Subject, id: string, value: string | null) =>
    annotations.customFields.set({
      kind: 'device',
      ids: [device.id],
      values: [{ field: id, value }],
    });

  it('takes only what is of its type', () => {
    const device = add('device', { name: 'pi-1', kind: 'sbc' });
    const date = field('date', {});
    expect(() => set(device, date, '2027-02-30')).toThrow(/not understood/);
    set(device, date, '2028-02-29');
    const choice = field('choice', { options: ['a', 'b'] });
    expect(() => set(device, choice, 'c')).toThrow(/not understood/);
    set(device, choice, 'b');
    expect(() => annotations.customFields.update({ id: choice, options: ['a'] })).toThrow(
      'b cannot be deleted: 1 thing has it.',
    );
    expect(() => field('choice', { options: ['x'] })).toThrow(/of that name already/);
  });

  it('cannot be called like a field that the kind has', () => {
    const create = (name: string) =>
      annotations.customFields.create({
        kind: 'device',
        name,
        type: 'text',
        required: false,
        help: null,
      });
    for (const name of ['Status', 'serial number', 'asset-tag']) {
      expect(() => create(name)).toThrow(/of their own/);
    }
  });

  it('forgets a reference when what it refers to goes, and undo brings it back', () => {
    const device = add('device', { name: 'pi-1', kind: 'sbc' });
    const rack = add('site', { name: 'Home' });
    const id = field('reference', { target: 'site' });
    expect(() => set(device, id, device.id)).toThrow(/does not exist/);
    set(device, id, rack.id);
    const before = snapshot(db.file);
    records.remove({ kind: 'site', ids: [rack.id] });
    expect(annotations.of(device).values).toEqual([]);
    db.history.undo();
    expect(snapshot(db.file)).toEqual(before);
    expect(annotations.of(device).values).toEqual([{ field: id, value: rack.id, name: 'Home' }]);
  });
});

describe('an attachment', () => {
  const files = () => readdirSync(path.join(data.directory, 'attachments')).sort();

  it('keeps its bytes once, by their hash, and history holds none of them', async () => {
    const device = add('device', { name: 'pi-1', kind: 'sbc' });
    const content = randomBytes(50_000);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const { attachment } = await attach(device, '../../etc/pass\u202ewd\0', content);
    expect(attachment).toMatchObject({ name: 'passwd', sha256, sizeBytes: 50_000 });
    const { attachment: second } = await attach(device, 'PASSWD', content);
    expect(second.name).toBe('PASSWD (2)');
    expect(files()).toEqual([sha256]);
    annotations.attachments.remove({ id: attachment.id });
    db.history.undo();
    const read = annotations.attachments.read({ id: attachment.id, offset: 0, length: 100_000 });
    expect(read.equals(content)).toBe(true);
    const { changes } = db.history.changes({
      id: db.history.list({ before: null, limit: 5 }).at(-1)?.id ?? '',
      limit: 5,
    });
    expect(JSON.stringify(changes).length).toBeLessThan(1_000);
  });

  it('is refused where its pieces do not fit, and nothing is left of it', () => {
    const device = add('device', { name: 'pi-1', kind: 'sbc' });
    const { attachments } = annotations;
    const begin = () => attachments.begin({ ...device, name: 'a', sizeBytes: 10 }).upload;
    const [early, gap, much] = [begin(), begin(), begin()];
    const append = (upload: string, offset: number, length: number) =>
      attachments.append({ upload, offset, bytes: Buffer.alloc(length) });
    expect(() => append(gap, 5, 1)).toThrow(/do not fit/);
    expect(() => append(much, 0, 11)).toThrow(/do not fit/);
    attachments.cancel({ upload: early });
    expect(() => append(early, 0, 1)).toThrow(/was ended/);
    expect(files()).toEqual([]);
    expect(() => attachments.begin({ ...device, name: 'a', sizeBytes: 26 * 1024 * 1024 })).toThrow(
      /too large/,
    );
  });
});

it('takes away what nothing refers to after a day, and nothing that undo could bring back', async () => {
  const site = add('site', { name: 'Home' });
  const contents = path.join(path.dirname(db.file), 'attachments');
  expect(db.blobs.isEmpty()).toBe(true);
  const { attachment } = await attach(
    site,
    'deleted.txt',
    Buffer.from('deleted, and in the history'),
  );
  await attach(site, 'kept.txt', Buffer.from('kept'));
  annotations.attachments.remove({ id: attachment.id });
  const orphan = createHash('sha256').update('nobody').digest('hex');
  writeFileSync(path.join(contents, orphan), 'nobody');
  writeFileSync(path.join(contents, 'incoming-1'), 'cut off by a crash');
  expect(db.blobs.isEmpty()).toBe(false);
  expect(annotations.attachments.tidy()).toBe(0);
  const old = new Date(Date.now() - 25 * 60 * 60 * 1_000);
  for (const name of readdirSync(contents)) utimesSync(path.join(contents, name), old, old);
  expect(annotations.attachments.tidy()).toBe(2);
  db.history.undo();
  const { id } = attachment;
  expect(String(annotations.attachments.read({ id, offset: 0, length: 100 }))).toMatch(/^deleted/);
  expect(readdirSync(contents)).not.toContain(orphan);
});
