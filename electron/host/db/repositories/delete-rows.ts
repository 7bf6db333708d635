import type Sqlite from 'better-sqlite3';

/** Deletes rows of a table, and what foreign keys take along; how many of the rows there were. */
export type DeleteRows = (table: string, ids: readonly string[]) => number;

interface ForeignKey {
  readonly table: string;
  readonly from: string;
}

/**
 * What is innermost goes first, table by table, and the rows themselves last: the cascades of
 * SQLite, which would start one statement for each row and each table below it, find nothing then
 * and cost half. History has the rows in the same order either way: what belongs to a row before it.
 */
export function createDeleteRows(sqlite: Sqlite.Database): DeleteRows {
  const plans = new Map<string, readonly Sqlite.Statement<[string]>[]>();
  const planOf = (table: string) => {
    const known = plans.get(table);
    if (known !== undefined) return known;
    const keys = sqlite.prepare<[string], ForeignKey>(
      `SELECT s.name AS "table", k."from" FROM sqlite_schema s, pragma_foreign_key_list(s.name) k
       WHERE s.type = 'table' AND k."table" = ? AND k.on_delete = 'CASCADE' ORDER BY s.name`,
    );
    const plan = deletions(table, (of) => keys.all(of)).map((sql) => sqlite.prepare<[string]>(sql));
    plans.set(table, plan);
    return plan;
  };
  return (table, ids) => {
    const json = JSON.stringify(ids);
    let changes = 0;
    for (const statement of planOf(table)) ({ changes } = statement.run(json));
    return changes;
  };
}

/** Innermost first; the last one deletes the rows themselves. */
function deletions(table: string, keysTo: (table: string) => readonly ForeignKey[]): string[] {
  const below = (of: string, condition: string, above: readonly string[]): string[] => [
    ...keysTo(of)
      // What goes with its like is left to the cascade.
      .filter(({ table: inner }) => !above.includes(inner))
      .flatMap(({ table: inner, from }) =>
        below(inner, `"${from}" IN (SELECT id FROM "${of}" WHERE ${condition})`, [...above, inner]),
      ),
    `DELETE FROM "${of}" WHERE ${condition}`,
  ];
  return below(table, 'id IN (SELECT value FROM json_each(?))', [table]);
}
