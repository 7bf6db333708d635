import type Sqlite from 'better-sqlite3';
import { type Kind, kinds } from '../../../shared/model/kinds/index.ts';
import type { ChangeLog, Image } from './change-log.ts';
import { partKinds } from './part-kinds.ts';

/**
 * The things under whose ids the history notes what happens to a thing: its own; of a part, such as
 * an interface, those of all that it belongs or belonged to.
 */
export type SubjectsOf = (id: string) => Subjects;

export interface Subjects {
  readonly ids: readonly string[];
  /** What happened to others stands there, too. */
  readonly shared: boolean;
}

const partTables: readonly string[] = (kinds as readonly Kind[]).flatMap(({ name, table }) =>
  partKinds.has(name) ? [table] : [],
);
const isPart: ReadonlySet<string> = new Set(partTables);

/** Changes of one row that are looked at for what it belonged to. */
const changesLookedAt = 50;

export function createSubjectsOf(sqlite: Sqlite.Database, log: ChangeLog): SubjectsOf {
  const standing = partTables.map((table) =>
    sqlite.prepare<[string], Image>(`SELECT * FROM "${table}" WHERE id = ?`),
  );
  /** It as it stands and as it was; none where it is no part. */
  const imagesOf = (id: string): readonly Image[] => {
    const past = log.ofRow(id, changesLookedAt);
    const now = standing.map((find) => find.get(id)).filter((row) => row !== undefined);
    if (now.length === 0 && !past.some(({ table }) => isPart.has(table))) return [];
    const were = past.flatMap(({ before, after }) => [before, after]);
    return [...now, ...were.filter((image) => image !== null)];
  };
  return (id) => {
    const found = new Set<string>();
    const seen = new Set([id]);
    const waiting = [id];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const images = imagesOf(next);
      if (images.length === 0) found.add(next);
      for (const owner of images.flatMap(referred)) {
        if (!seen.has(owner)) waiting.push(owner);
        seen.add(owner);
      }
    }
    return { ids: [...found], shared: !found.has(id) };
  };
}

function referred(image: Image): string[] {
  return Object.entries(image).flatMap(([column, value]) =>
    column.endsWith('_id') && typeof value === 'string' ? [value] : [],
  );
}
