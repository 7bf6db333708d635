import type Sqlite from 'better-sqlite3';
import type { Change } from '../../../shared/model/history.ts';

/**
 * What a person calls the rows that the changes are about or refer to, by id: as they are called
 * now, or in these changes where they are gone since. Rows without a name are left out.
 */
export type RowNames = (changes: readonly Change[]) => Record<string, string>;

/** Ids are unique over all tables, so the table need not be known. */
const nameQuery = `SELECT name FROM device WHERE id = @id
  UNION ALL SELECT name FROM rack WHERE id = @id
  UNION ALL SELECT name FROM site WHERE id = @id
  UNION ALL SELECT name FROM service WHERE id = @id
  UNION ALL SELECT name FROM vlan WHERE id = @id
  UNION ALL SELECT name FROM tag WHERE id = @id
  UNION ALL SELECT d.name || ' · ' || i.name FROM interface i JOIN device d ON d.id = i.device_id
    WHERE i.id = @id LIMIT 1`;

export function createRowNames(sqlite: Sqlite.Database): RowNames {
  const find = sqlite.prepare<[{ readonly id: string }], string>(nameQuery).pluck();
  return (changes) => {
    const names = new Map<string, string>();
    for (const { rowId, before, after } of changes) {
      const name = after?.name ?? before?.name;
      if (typeof name === 'string') names.set(rowId, name);
    }
    for (const id of new Set(changes.flatMap(idsIn))) {
      const name = find.get({ id });
      if (name !== undefined) names.set(id, name);
    }
    return Object.fromEntries(names);
  };
}

function idsIn({ rowId, before, after }: Change): string[] {
  const referred = [before, after].flatMap((row) =>
    Object.entries(row ?? {}).flatMap(([column, value]) =>
      column.endsWith('_id') && typeof value === 'string' ? [value] : [],
    ),
  );
  return [rowId, ...referred];
}
