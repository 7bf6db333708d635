import type Sqlite from 'better-sqlite3';
import type { Note } from '../../../../shared/model/inventory.ts';
import { newId } from '../ids.ts';

export interface TagRepository {
  list(): { name: string; devices: number }[];
  /** The tag of that name in any case, made when it is missing. */
  ensure(name: string): string;
  idByName(name: string): string | undefined;
  add(deviceId: string, tagId: string): void;
  remove(deviceId: string, tagId: string): void;
  /** Tags that no device carries any more go away. */
  removeUnused(): void;
}

export interface NoteRepository {
  /** Newest first, those after this place in that order. */
  page(deviceId: string, before: Pick<Note, 'id' | 'at'> | null, limit: number): Note[];
  count(deviceId: string): number;
  get(id: string): (Note & { readonly deviceId: string }) | undefined;
  add(deviceId: string, text: string, at: number): void;
  edit(id: string, text: string, at: number): void;
  remove(id: string): void;
}

export function createTagRepository(sqlite: Sqlite.Database): TagRepository {
  const list = sqlite.prepare<[], { name: string; devices: number }>(
    `SELECT t.name, count(dt.id) AS devices FROM tag t LEFT JOIN device_tag dt ON dt.tag_id = t.id
     GROUP BY t.id ORDER BY t.name`,
  );
  const byName = sqlite.prepare<[string], string>('SELECT id FROM tag WHERE name = ?').pluck();
  const insert = sqlite.prepare<[string, string]>('INSERT INTO tag (id, name) VALUES (?, ?)');
  const add = sqlite.prepare<[string, string, string]>(
    'INSERT INTO device_tag (id, device_id, tag_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const remove = sqlite.prepare<[string, string]>(
    'DELETE FROM device_tag WHERE device_id = ? AND tag_id = ?',
  );
  const removeUnused = sqlite.prepare(
    'DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM device_tag dt WHERE dt.tag_id = tag.id)',
  );
  return {
    list: () => list.all(),
    idByName: (name) => byName.get(name),
    ensure(name) {
      const known = byName.get(name);
      if (known !== undefined) return known;
      const id = newId();
      insert.run(id, name);
      return id;
    },
    add: (deviceId, tagId) => void add.run(newId(), deviceId, tagId),
    remove: (deviceId, tagId) => void remove.run(deviceId, tagId),
    removeUnused: () => void removeUnused.run(),
  };
}

const noteColumns = 'id, text, at, edited_at AS editedAt';

export function createNoteRepository(sqlite: Sqlite.Database): NoteRepository {
  const page = sqlite.prepare<[Record<string, unknown>], Note>(
    `SELECT ${noteColumns} FROM note WHERE device_id = @deviceId AND (at, id) < (@at, @id)
     ORDER BY at DESC, id DESC LIMIT @limit + 0`,
  );
  const count = sqlite
    .prepare<[string], number>('SELECT count(*) FROM note WHERE device_id = ?')
    .pluck();
  const get = sqlite.prepare<[string], Note & { deviceId: string }>(
    `SELECT ${noteColumns}, device_id AS deviceId FROM note WHERE id = ?`,
  );
  const add = sqlite.prepare<[string, string, string, number]>(
    'INSERT INTO note (id, device_id, text, at) VALUES (?, ?, ?, ?)',
  );
  const edit = sqlite.prepare<[string, number, string]>(
    'UPDATE note SET text = ?, edited_at = ? WHERE id = ?',
  );
  const remove = sqlite.prepare<[string]>('DELETE FROM note WHERE id = ?');
  return {
    page(deviceId, before, limit) {
      // Nothing comes after the first place.
      const { at, id } = before ?? { at: Number.MAX_SAFE_INTEGER, id: '' };
      return page.all({ deviceId, at, id, limit });
    },
    count: (deviceId) => count.get(deviceId) ?? 0,
    get: (id) => get.get(id),
    add: (deviceId, text, at) => void add.run(newId(), deviceId, text, at),
    edit: (id, text, at) => void edit.run(text, at, id),
    remove: (id) => void remove.run(id),
  };
}
