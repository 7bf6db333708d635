import type Sqlite from 'better-sqlite3';
import type { Kind } from '../../../../shared/model/kinds/index.ts';
import { nameExpression, referencesTo } from './record-columns.ts';

/** Rows that are deleted along, or that stay and lose their reference in `field`. */
export interface Consequence {
  readonly kind: Kind;
  readonly field: string | null;
  readonly count: number;
  /** The first few. */
  readonly names: readonly string[];
}

export interface Consequences {
  readonly goes: readonly Consequence[];
  readonly loses: readonly Consequence[];
}

export interface RecordRemovalRepository {
  /** What deleting these rows does to others, however far down. The rows themselves are left out. */
  consequences(kind: Kind, ids: readonly string[]): Consequences;
}

const namedAtMost = 5;

/** Rows that go, as ids in SQL with one parameter: the first ids as JSON. */
interface Going {
  readonly kind: Kind;
  readonly sets: string[];
}

const given = 'SELECT value FROM json_each(@ids)';
const union = ({ sets }: Going) => sets.join(' UNION ');

export function createRecordRemovalRepository(sqlite: Sqlite.Database): RecordRemovalRepository {
  const rules = sqlite.prepare<[string], { from: string; on_delete: string }>(
    'SELECT "from", on_delete FROM pragma_foreign_key_list(?)',
  );
  const goesAlong = (table: string, column: string) =>
    rules.all(table).some((rule) => rule.from === column && rule.on_delete === 'CASCADE');

  /** Every kind of which rows go, outside before inside. */
  function goingWith(kind: Kind): Map<string, Going> {
    const going = new Map<string, Going>([[kind.name, { kind, sets: [given] }]]);
    const open: { readonly kind: Kind; readonly set: string }[] = [{ kind, set: given }];
    for (let next = open.shift(); next !== undefined; next = open.shift()) {
      for (const { kind: other, column } of referencesTo(next.kind.name)) {
        // What goes with its like, a part with its parts, is found by its owner already.
        if (other.name === next.kind.name || !goesAlong(other.table, column)) continue;
        const set = `SELECT id FROM "${other.table}" WHERE ${column} IN (${next.set})`;
        const known = going.get(other.name) ?? { kind: other, sets: [] };
        known.sets.push(set);
        going.set(other.name, known);
        open.push({ kind: other, set });
      }
    }
    return going;
  }

  function rowsIn(kind: Kind, where: string, ids: string): { count: number; names: string[] } {
    const from = `FROM "${kind.table}" x WHERE ${where}`;
    const { count } = sqlite.prepare(`SELECT count(*) AS count ${from}`).get({ ids }) as {
      count: number;
    }; // count(*) gives one row
    if (count === 0) return { count, names: [] };
    const names = sqlite
      .prepare(`SELECT ${nameExpression(kind)} AS name ${from} LIMIT ${namedAtMost}`)
      .all({ ids }) as { name: string }[]; // the one column selected
    return { count, names: names.map(({ name }) => name) };
  }

  return {
    consequences(kind, ids) {
      const json = JSON.stringify(ids);
      const going = goingWith(kind);
      const goes: Consequence[] = [];
      const loses: Consequence[] = [];
      for (const each of going.values()) {
        const own = each.kind.name === kind.name ? ` AND x.id NOT IN (${given})` : '';
        const rows = rowsIn(each.kind, `x.id IN (${union(each)})${own}`, json);
        // Nothing below what is not there.
        if (each.kind !== kind && rows.count === 0) continue;
        if (rows.count > 0) goes.push({ kind: each.kind, field: null, ...rows });
        for (const { kind: other, field, column } of referencesTo(each.kind.name)) {
          if (goesAlong(other.table, column)) continue;
          const itself = going.get(other.name);
          const stays = itself === undefined ? '' : ` AND x.id NOT IN (${union(itself)})`;
          const left = rowsIn(other, `x.${column} IN (${union(each)})${stays}`, json);
          if (left.count > 0) loses.push({ kind: other, field, ...left });
        }
      }
      return { goes, loses };
    },
  };
}
