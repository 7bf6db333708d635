import type Sqlite from 'better-sqlite3';
import type { LoggedChange } from './change-log.ts';

/** What becomes of tags while a change set is inverted. */
export interface InverseTags {
  /** Before a change is inverted. False: the tag that it made is carried by others by now, and stays. */
  takes(change: LoggedChange): boolean;
  /** At the end: of those that were taken off here, what nothing carries any more goes, as elsewhere. */
  settle(): void;
}

export function createInverseTags(sqlite: Sqlite.Database): () => InverseTags {
  const isCarried = sqlite.prepare<[string]>('SELECT 1 FROM tagging WHERE tag_id = ? LIMIT 1');
  const tagOf = sqlite.prepare<[string], string>('SELECT tag_id FROM tagging WHERE id = ?').pluck();
  const remove = sqlite.prepare<[string]>('DELETE FROM tag WHERE id = ?');
  return () => {
    const takenOff = new Set<string>();
    return {
      takes({ table, operation, rowId }) {
        if (operation !== 'insert') return true;
        if (table === 'tag') return isCarried.get(rowId) === undefined;
        const tag = table === 'tagging' ? tagOf.get(rowId) : undefined;
        if (tag !== undefined) takenOff.add(tag);
        return true;
      },
      settle() {
        for (const tag of takenOff) if (isCarried.get(tag) === undefined) remove.run(tag);
      },
    };
  };
}
