import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Database } from '../db/index.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { createInventory, type Inventory } from '../inventory/index.ts';
import { createNotes, type Notes } from './notes.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let notes: Notes;
let device: string;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  notes = createNotes(db);
  device = inventory.devices.create({ name: 'pi-1', kind: 'sbc' }).id;
});
afterEach(() => data.remove());

const all = () => notes.list({ kind: 'device', id: device, before: null, limit: 200 });
const newest = () => all().notes[0];

it('gives notes page by page, newest first, none twice and none left out', () => {
  // Many of the same millisecond, as an import writes them.
  notes = createNotes(db, () => 1_800_000_000_000);
  for (let n = 0; n < 70; n += 1) notes.add({ kind: 'device', id: device, text: `note ${n}` });
  const seen: string[] = [];
  let before: { id: string; at: number } | null = null;
  for (;;) {
    const page = notes.list({ kind: 'device', id: device, before, limit: 30 });
    expect(page.total).toBe(70);
    seen.push(...page.notes.map(({ text }) => text));
    const last = page.notes.at(-1);
    if (last === undefined) break;
    before = last;
    // The place holds though its note goes.
    if (seen.length === 30) notes.remove({ id: last.id });
    if (seen.length === 30) break;
  }
  const rest = notes.list({ kind: 'device', id: device, before, limit: 200 });
  seen.push(...rest.notes.map(({ text }) => text));
  expect(seen).toHaveLength(70);
  expect(new Set(seen).size).toBe(70);
  expect(seen[0]).toBe('note 69');
});

it('removes a note, which undo brings back', () => {
  notes.add({ kind: 'device', id: device, text: 'Bought second-hand' });
  const id = newest()?.id ?? '';
  notes.remove({ id });
  expect(newest()).toBeUndefined();
  db.history.undo();
  expect(newest()).toMatchObject({ id, text: 'Bought second-hand' });
  expect(() => notes.remove({ id: device })).toThrow(/does not exist/);
});

it('edits a note in its place, which undo takes back', () => {
  notes.add({ kind: 'device', id: device, text: 'old' });
  const { id = '', at } = newest() ?? {};
  notes.edit({ id, text: 'new', expect: 'old' });
  expect(newest()).toEqual({ id, at, text: 'new', editedAt: expect.any(Number) });
  expect(db.history.state().undo?.title).toBe('Edited a note of pi-1');
  db.history.undo();
  expect(newest()).toEqual({ id, at, text: 'old', editedAt: null });
});

it('writes over no edit that was not seen, and tells what it says', () => {
  notes.add({ kind: 'device', id: device, text: 'one' });
  const { id = '' } = newest() ?? {};
  notes.edit({ id, text: 'theirs', expect: 'one' });
  expect(() => notes.edit({ id, text: 'mine', expect: 'one' })).toThrow(
    expect.objectContaining({ code: 'CHANGED_SINCE', data: { text: 'theirs' } }),
  );
  expect(newest()?.text).toBe('theirs');
  notes.edit({ id, text: 'mine', expect: 'theirs' });
  expect(newest()?.text).toBe('mine');
});

it('finds a device by the edited words of its notes, and no more by the old ones', () => {
  notes.add({ kind: 'device', id: device, text: 'zebra' });
  const { id = '' } = newest() ?? {};
  notes.edit({ id, text: 'giraffe' });
  const found = (search: string) => inventory.devices.list({ search }).total;
  expect([found('zebra'), found('giraffe')]).toEqual([0, 1]);
});

it('makes no change of an edit that changes nothing', () => {
  notes.add({ kind: 'device', id: device, text: 'same' });
  const sets = db.history.list({ before: null, limit: 9 }).length;
  notes.edit({ id: newest()?.id ?? '', text: 'same' });
  expect(db.history.list({ before: null, limit: 9 })).toHaveLength(sets);
});
