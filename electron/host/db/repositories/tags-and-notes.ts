import type Sqlite from 'better-sqlite3';
import type { Note, Subject } from '../../../../shared/model/annotations.ts';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { newId } from '../ids.ts';

export interface TagRepository {
  list(): { name: string; devices: number; things: number }[];
  /** Names of the tags of each of these things, by id; a thing without any is left out. */
  of(ids: readonly string[]): ReadonlyMap<string, readonly string[]>;
  /** The tag of that name in any case, made when it is missing. */
  ensure(name: string): string;
  idByName(name: string): string | undefined;
  add(subject: Subject, tagId: string): void;
  remove(subjectId: string, tagId: string): void;
  /** Tags that nothing carries any more go away. */
  removeUnused(): void;
}

export interface NoteRepository {
  /** Newest first, those after this place in that order. */
  page(subjectId: string, before: Pick<Note, 'id' | 'at'> | null, limit: number): Note[];
  count(subjectId: string): number;
  get(id: string): (Note & { readonly subject: Subject }) | undefined;
  add(subject: Subject, text: string, at: number): void;
  edit(id: string, text: string, at: number): void;
  remove(id: string): void;
}

export function createTagRepository(sqlite: Sqlite.Database): TagRepository {
  const list = sqlite.prepare<[], { name: string; devices: number; things: number }>(
    `SELECT t.name, count(g.id) FILTER (WHERE g.subject_kind = 'device') AS devices,
       count(g.id) AS things
     FROM tag t LEFT JOIN tagging g ON g.tag_id = t.id GROUP BY t.id ORDER BY t.name`,
  );
  const of = sqlite.prepare<[string], { id: string; names: string }>(
    `SELECT g.subject_id AS id, json_group_array(t.name ORDER BY t.name) AS names
     FROM json_each(?) w JOIN tagging g ON g.subject_id = w.value JOIN tag t ON t.id = g.tag_id
     GROUP BY g.subject_id`,
  );
  const byName = sqlite.prepare<[string], string>('SELECT id FROM tag WHERE name = ?').pluck();
  const insert = sqlite.prepare<[string, string]>('INSERT INTO tag (id, name) VALUES (?, ?)');
  const add = sqlite.prepare<[string, string, string, string]>(
    `INSERT INTO tagging (id, subject_kind, subject_id, tag_id) VALUES (?, ?, ?, ?)
     ON CONFLICT DO NOTHING`,
  );
  const remove = sqlite.prepare<[string, string]>(
    'DELETE FROM tagging WHERE subject_id = ? AND tag_id = ?',
  );
  const removeUnused = sqlite.prepare(
    'DELETE FROM tag WHERE NOT EXISTS (SELECT 1 FROM tagging g WHERE g.tag_id = tag.id)',
  );
  return {
    list: () => list.all(),
    of(ids) {
      const rows = of.all(JSON.stringify(ids));
      return new Map(rows.map(({ id, names }) => [id, JSON.parse(names) as string[]])); // as json_group_array writes it
    },
    idByName: (name) => byName.get(name),
    ensure(name) {
      const known = byName.get(name);
      if (known !== undefined) return known;
      const id = newId();
      insert.run(id, name);
      return id;
    },
    add: ({ kind, id }, tagId) => void add.run(newId(), kind, id, tagId),
    remove: (subjectId, tagId) => void remove.run(subjectId, tagId),
    removeUnused: () => void removeUnused.run(),
  };
}

const noteColumns = 'id, text, at, edited_at AS editedAt';

export function createNoteRepository(sqlite: Sqlite.Database): NoteRepository {
  const page = sqlite.prepare<[Record<string, unknown>], Note>(
    `SELECT ${noteColumns} FROM note WHERE subject_id = @subjectId AND (at, id) < (@at, @id)
     ORDER BY at DESC, id DESC LIMIT @limit + 0`,
  );
  const count = sqlite
    .prepare<[string], number>('SELECT count(*) FROM note WHERE subject_id = ?')
    .pluck();
  const get = sqlite.prepare<[string], Note & { kind: KindName; subjectId: string }>(
    `SELECT ${noteColumns}, subject_kind AS kind, subject_id AS subjectId FROM note WHERE id = ?`,
  );
  const add = sqlite.prepare<[string, string, string, string, number]>(
    'INSERT INTO note (id, subject_kind, subject_id, text, at) VALUES (?, ?, ?, ?, ?)',
  );
  const edit = sqlite.prepare<[string, number, string]>(
    'UPDATE note SET text = ?, edited_at = ? WHERE id = ?',
  );
  const remove = sqlite.prepare<[string]>('DELETE FROM note WHERE id = ?');
  return {
    page(subjectId, before, limit) {
      // Nothing comes after the first place.
      const { at, id } = before ?? { at: Number.MAX_SAFE_INTEGER, id: '' };
      return page.all({ subjectId, at, id, limit });
    },
    count: (subjectId) => count.get(subjectId) ?? 0,
    get(noteId) {
      const row = get.get(noteId);
      if (row === undefined) return undefined;
      const { kind, subjectId, ...note } = row;
      return { ...note, subject: { kind, id: subjectId } };
    },
    add: ({ kind, id }, text, at) => void add.run(newId(), kind, id, text, at),
    edit: (id, text, at) => void edit.run(text, at, id),
    remove: (id) => void remove.run(id),
  };
}
