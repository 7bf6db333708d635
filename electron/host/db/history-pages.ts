import type Sqlite from 'better-sqlite3';
import type {
  Change,
  ChangeSet,
  HistoryEntry,
  HistoryFilter,
  HistoryPage,
} from '../../../shared/model/history.ts';
import { type Kind, kinds } from '../../../shared/model/kinds/index.ts';
import type { ChangeLog } from './change-log.ts';
import type { SubjectsOf } from './part-owners.ts';
import type { Past } from './past.ts';
import { createIsReverted, type IsReverted } from './reverts.ts';
import { packedSql, packId, unpackedSql } from './row-id.ts';
import { askedId, nameInHistory, type RowNames } from './row-names.ts';

export interface HistoryPages {
  /** `below`: only change sets of a smaller `seq`. */
  page(input: HistoryFilter & { readonly below: number; readonly limit: number }): HistoryPage;
  people(): { who: string; changeSets: number }[];
  thing(id: string): { table: string; name: string; there: boolean } | null;
}

/** As many as fit into a line. */
const previewed = 4;
/** More words than anybody types. */
const mostWords = 8;

interface EntryRow extends ChangeSet {
  readonly first_change: number;
  readonly last_change: number;
  /** 1 where it holds edits of a person. */
  readonly edit: number;
}

interface PageNeeds {
  readonly rowNames: RowNames;
  /** The condition for a change set that holds edits of people. */
  readonly edits: string;
  readonly subjectsOf: SubjectsOf;
  readonly past: Pick<Past, 'belonging'>;
}

export function createHistoryPages(
  sqlite: Sqlite.Database,
  log: ChangeLog,
  { rowNames, edits, subjectsOf, past }: PageNeeds,
): HistoryPages {
  const preview = (row: EntryRow) =>
    log
      .read(
        { firstChange: row.first_change, lastChange: row.last_change },
        { limit: previewed, declared: true },
      )
      .map(({ seq: _seq, ...change }) => change);
  const people = sqlite.prepare<[], { who: string; changeSets: number }>(
    'SELECT who, count(*) AS changeSets FROM change_set GROUP BY who ORDER BY 2 DESC, 1',
  );
  const entries = entryQueries(sqlite, edits);
  const isReverted = createIsReverted(sqlite);

  const rowsBelonged = sqlite
    .prepare<[{ thing: string; subjects: string; below: number }], string>(belonged)
    .pluck();
  const ofThing = (thing: string, ids: readonly string[]) => {
    const subjects = JSON.stringify(ids);
    const were = rowsBelonged.all({ thing, subjects, below: Number.MAX_SAFE_INTEGER });
    return { subjects, rows: JSON.stringify([...past.belonging(thing), ...were]) };
  };

  return {
    page({ below, limit, thing, who, source, text }) {
      const words = text.split(/\s+/).filter(Boolean).slice(0, mostWords);
      const subjects = thing === null ? null : subjectsOf(thing);
      const part = subjects?.shared === true;
      const rows = entries({
        thing: subjects !== null && !part,
        part,
        who: who !== null,
        source: source !== null,
        words: words.length,
      }).all({
        below,
        limit,
        ...(thing !== null && part
          ? ofThing(thing, subjects.ids)
          : { thing: thing && packId(thing) }),
        who,
        source,
        ...Object.fromEntries(words.map((word, n) => [`word${n}`, `%${escaped(word)}%`])),
      });
      const found = rows.map((row) => entryOf(row, preview(row), isReverted));
      return { entries: found, names: rowNames(found.flatMap((entry) => entry.preview)) };
    },
    people: () => people.all(),
    thing: thingQuery(sqlite, log),
  };
}

const escaped = (word: string) => word.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);

function entryOf(row: EntryRow, changes: readonly Change[], isReverted: IsReverted): HistoryEntry {
  const { first_change: _first, last_change: _last, edit, ...set } = row;
  const reverted = isReverted(row.id);
  const revertible = edit === 1 && row.state === 'done' && !reverted;
  return { ...set, preview: [...changes], reverted, revertible };
}

interface Shape {
  readonly thing: boolean;
  /** A thing whose changes are noted under others. */
  readonly part: boolean;
  readonly who: boolean;
  readonly source: boolean;
  readonly words: number;
}

type EntryStatement = Sqlite.Statement<[Record<string, unknown>], EntryRow>;

/** Sets that concern what a part belongs to, ... */
const setsOfSubjects = `SELECT t.set_seq FROM json_each(@subjects) o
  JOIN change_subject t ON t.subject_id = ${packedSql('o.value')} WHERE t.set_seq < @below`;
/** ... and of those the ones that touch it or what belongs to it. */
const ofPart = [
  `s.seq IN (${setsOfSubjects})`,
  `EXISTS (SELECT 1 FROM change c WHERE c.seq BETWEEN s.first_change AND s.last_change
     AND c.row_id IN (SELECT ${packedSql('r.value')} FROM json_each(@rows) r))`,
];

/** Rows that belonged to a part until they were deleted or moved, whose images say so. */
const belonged = `SELECT DISTINCT ${unpackedSql('c.row_id')}
  FROM change_set s JOIN change c ON c.seq BETWEEN s.first_change AND s.last_change
  WHERE s.seq IN (${setsOfSubjects}) AND instr(c.before, @thing) > 0`;

/** One statement for each combination of filters; each is prepared when it is first wanted. */
function entryQueries(sqlite: Sqlite.Database, edits: string): (shape: Shape) => EntryStatement {
  const known = new Map<string, EntryStatement>();
  return (shape) => {
    const key = JSON.stringify(shape);
    const found = known.get(key);
    if (found !== undefined) return found;
    const { thing, part, who, source, words } = shape;
    const conditions = [
      ...(part ? ofPart : []),
      thing ? 't.subject_id = @thing AND t.set_seq < @below' : 's.seq < @below',
      ...(who ? ['s.who = @who'] : []),
      ...(source ? ['s.source = @source'] : []),
      ...Array.from({ length: words }, (_, n) => `s.title LIKE @word${n} ESCAPE '\\'`),
    ];
    const from = thing ? 'change_subject t JOIN change_set s ON s.seq = t.set_seq' : 'change_set s';
    const statement = sqlite.prepare<[Record<string, unknown>], EntryRow>(
      `SELECT x.*, (${edits}) AS edit
       FROM (
         SELECT s.first_change, s.last_change, s.id, s.at, s.who, s.title, s.source,
           s.last_change - s.first_change + 1 AS changeCount, s.undoes, s.state, s.reason
         FROM ${from} WHERE ${conditions.join(' AND ')}
         ORDER BY ${thing ? 't.set_seq' : 's.seq'} DESC LIMIT @limit + 0) x`,
    );
    known.set(key, statement);
    return statement;
  };
}

/** How far back its name is looked for; the deletion of a thing is the last that happens to it. */
const changesLookedAt = 20;

function thingQuery(sqlite: Sqlite.Database, log: ChangeLog): HistoryPages['thing'] {
  const there = sqlite.prepare<[{ readonly id: string }], { table: string; name: string }>(
    (kinds as readonly Kind[])
      .map(
        (kind) =>
          `SELECT '${kind.table}' AS "table", ${nameInHistory(kind)} AS name
           FROM "${kind.table}" x WHERE x.id = ${askedId}`,
      )
      .join(' UNION ALL '),
  );
  return (id) => {
    const now = there.get({ id });
    if (now !== undefined) return { ...now, there: true };
    for (const { table, before, after } of log.ofRow(id, changesLookedAt)) {
      const keys = ['name', 'label', 'address', 'mac'];
      const name = keys.map((key) => before?.[key] ?? after?.[key]).find((text) => text != null);
      if (typeof name === 'string') return { table, name, there: false };
    }
    return null;
  };
}
