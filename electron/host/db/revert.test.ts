import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNotes } from '../annotations/index.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import type { Database } from './index.ts';
import { snapshot } from './snapshot.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
});
afterEach(() => data.remove());

const add = (name: string) => inventory.devices.create({ name, kind: 'server' }).id;
const edit = (id: string, patch: { comment?: string; os?: string; name?: string }) =>
  inventory.devices.update({ ids: [id], patch }).changeSetId;
const fieldsOf = (id: string) => inventory.devices.get(id).device;
const entry = (id: string) =>
  db.history
    .page({ before: null, limit: 50, thing: null, who: null, source: null, text: '' })
    .entries.find((each) => each.id === id);

describe('the revert of one entry', () => {
  it('takes it back alone, though others were made since', () => {
    const id = add('pi-1');
    const first = edit(id, { comment: 'wrong' });
    edit(id, { os: 'Debian 13' });
    const done = db.history.revert(first);
    expect(done).toMatchObject({ source: 'app', undoes: first, changeCount: 1 });
    expect(fieldsOf(id)).toMatchObject({ comment: null, os: 'Debian 13' });
    expect(entry(first)).toMatchObject({ reverted: true, revertible: false, state: 'done' });
  });

  it('is an edit like any other: undo takes it back, and then the entry holds again', () => {
    const id = add('pi-1');
    const first = edit(id, { comment: 'kept' });
    edit(id, { os: 'Debian 13' });
    db.history.revert(first);
    db.history.undo();
    expect(fieldsOf(id).comment).toBe('kept');
    expect(entry(first)).toMatchObject({ reverted: false, revertible: true });
    db.history.redo();
    expect(fieldsOf(id).comment).toBeNull();
    db.history.undo();
    for (let step = 0; step < 3; step += 1) db.history.undo();
    expect(inventory.summary().empty).toBe(true);
  });

  it('is reverted in its turn, as often as one likes', () => {
    const id = add('pi-1');
    const first = edit(id, { comment: 'a' });
    const second = db.history.revert(first).id;
    db.history.revert(second);
    expect(fieldsOf(id).comment).toBe('a');
    expect(entry(first)).toMatchObject({ reverted: false, revertible: true });
    db.history.revert(first);
    expect(fieldsOf(id).comment).toBeNull();
  });

  it('is refused with what stands on it, and changes nothing', () => {
    const id = add('pi-1');
    const first = edit(id, { comment: 'a' });
    const later = edit(id, { comment: 'b' });
    createNotes(db).add({ kind: 'device', id, text: 'stands on the device' });
    const before = snapshot(db.file);
    expect(() => db.history.revert(first)).toThrow(
      expect.objectContaining({
        code: 'UNDO_CONFLICT',
        message: 'Cannot revert “Changed comment of pi-1”: “Changed comment of pi-1” stands on it.',
        data: expect.objectContaining({
          standing: [expect.objectContaining({ id: later, title: 'Changed comment of pi-1' })],
        }),
      }),
    );
    expect(snapshot(db.file)).toEqual(before);
  });

  it('names all that would go with a device whose adding is reverted', () => {
    const { id, changeSetId } = inventory.devices.create({ name: 'pi-1', kind: 'sbc' });
    createNotes(db).add({ kind: 'device', id, text: 'kept' });
    edit(id, { os: 'Debian 13' });
    const standing = () => {
      try {
        db.history.revert(changeSetId);
      } catch (error) {
        return (error as { data: { standing: { title: string }[] } }).data.standing; // a RackhelmError
      }
      return [];
    };
    expect(standing().map(({ title }) => title)).toContain('Changed operating system of pi-1');
    expect(createNotes(db).list({ kind: 'device', id, before: null, limit: 5 }).notes).toHaveLength(
      1,
    );
  });

  it('passes over what was taken back since', () => {
    const id = add('pi-1');
    const first = edit(id, { comment: 'a' });
    edit(id, { comment: 'b' });
    db.history.undo();
    expect(db.history.revert(first).changeCount).toBe(1);
    expect(fieldsOf(id).comment).toBeNull();
  });

  it('leaves a tag that others carry by now, and takes one along that nothing carries any more', () => {
    const [one, other] = [add('pi-1'), add('pi-2')];
    const before = snapshot(db.file);
    const tag = (id: string) =>
      inventory.devices.tag({ ids: [id], add: ['new'], remove: [] }).changeSetId;
    const [first, second] = [tag(one), tag(other)];
    db.history.revert(first);
    expect(db.tables.tags.of([one, other])).toEqual(new Map([[other, ['new']]]));
    db.history.revert(second);
    expect(snapshot(db.file)).toEqual(before);
    db.history.undo();
    expect(db.tables.tags.of([one, other])).toEqual(new Map([[other, ['new']]]));
  });

  it('is refused for what was undone, for an undo, and for what is not there', () => {
    const id = add('pi-1');
    const first = edit(id, { comment: 'a' });
    const undo = db.history.undo().id;
    const refusal = (set: string) => {
      try {
        db.history.revert(set);
      } catch (error) {
        return (error as { code: string }).code; // a RackhelmError
      }
      return 'done';
    };
    expect(refusal(first)).toBe('NOTHING_TO_UNDO');
    expect(refusal(undo)).toBe('NOTHING_TO_UNDO');
    expect(refusal(id)).toBe('NOT_FOUND');
  });

  it('says so where what it needs is taken by something else', () => {
    const id = add('pi-1');
    const renamed = edit(id, { name: 'pi-one' });
    add('pi-1');
    expect(() => db.history.revert(renamed)).toThrow(/something that it needs is taken/);
    expect(fieldsOf(id).name).toBe('pi-one');
  });
});
