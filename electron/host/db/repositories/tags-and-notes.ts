import type Sqlite from 'better-sqlite3';
import { newId } from '../ids.ts';

export interface NoteRow {
  readonly id: string;
  readonly text: string;
  readonly at: number;
}

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
  /** Newest first. */
  ofDevice(deviceId: string): NoteRow[];
  add(deviceId: string, text: string, at: number): void;
  /** Whose note it is; undefined when there is none of that id. */
  deviceOf(id: string): string | undefined;
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

export function createNoteRepository(sqlite: Sqlite.Database): NoteRepository {
  const ofDevice = sqlite.prepare<[string], NoteRow>(
    'SELECT id, text, at FROM note WHERE device_id = ? ORDER BY at DESC, id DESC',
  );
  const add = sqlite.prepare<[string, string, string, number]>(
    'INSERT INTO note (id, device_id, text, at) VALUES (?, ?, ?, ?)',
  );
  const deviceOf = sqlite
    .prepare<[string], string>('SELECT device_id FROM note WHERE id = ?')
    .pluck();
  const remove = sqlite.prepare<[string]>('DELETE FROM note WHERE id = ?');
  return {
    ofDevice: (deviceId) => ofDevice.all(deviceId),
    add: (deviceId, text, at) => void add.run(newId(), deviceId, text, at),
    deviceOf: (id) => deviceOf.get(id),
    remove: (id) => void remove.run(id),
  };
}
