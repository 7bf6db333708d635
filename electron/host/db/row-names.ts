import type Sqlite from 'better-sqlite3';
import type { Change } from '../../../shared/model/history.ts';
import { type Kind, kinds } from '../../../shared/model/kinds/index.ts';
import { nameExpression } from './repositories/record-columns.ts';

/**
 * What a person calls the rows that the changes are about or refer to, by id: as they are called
 * now, or in these changes where they are gone since. Rows without a name are left out.
 */
export type RowNames = (changes: readonly Change[]) => Record<string, string>;

/** With a plain `@id` SQLite prepares a statement anew at each binding (STAT4): most of what a page took. */
export const askedId = "@id || ''";

/** Names of several parts are told apart by a dot: `pi-1 · eth0`. */
const interfaceName = `SELECT d.name || ' · ' || x.name FROM interface x
  JOIN device d ON d.id = x.device_id WHERE x.id = ${askedId}`;

/** In a list of changes a rack is `A`, not `Home A`. */
const shortlyNamed: ReadonlySet<string> = new Set(['rack', 'room', 'vlan']);

/** SQL of what a row `x` of a kind is called in the history. */
export const nameInHistory = (kind: Kind) =>
  shortlyNamed.has(kind.name) ? 'x.name' : nameExpression(kind);

/** Ids are unique over all tables, so the table need not be known. Those that are asked for most first. */
const nameQuery = `${[
  `SELECT name FROM tag WHERE id = ${askedId}`,
  `SELECT name FROM custom_field WHERE id = ${askedId}`,
  interfaceName,
  ...(kinds as readonly Kind[])
    .filter(({ name }) => name !== 'interface')
    .map((kind) => `SELECT ${nameInHistory(kind)} FROM "${kind.table}" x WHERE x.id = ${askedId}`),
].join(' UNION ALL ')} LIMIT 1`;

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
