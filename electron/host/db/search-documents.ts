import type Sqlite from 'better-sqlite3';
import { type Kind, kindOf, kinds } from '../../../shared/model/kinds/index.ts';
import { partKinds } from './part-kinds.ts';
import { nameExpression, storedField } from './repositories/record-columns.ts';

/** SQL of these texts in one, whatever of them is missing. */
export const join = (parts: readonly string[]) =>
  parts.map((p) => `coalesce(${p}, '')`).join(` || ' ' || `);

/** An address or a prefix as one word without separators; search-text.ts writes queries so. */
export const addressWord = (column: string) =>
  `'ip' || replace(replace(${column}, '.', 'x'), ':', 'x')`;

/** Everything that a person noted of a thing. */
export const annotationWords = (id: string) =>
  join([
    `(SELECT group_concat(t.name, ' ') FROM tagging g JOIN tag t ON t.id = g.tag_id WHERE g.subject_id = ${id})`,
    `(SELECT group_concat(n.text, ' ') FROM note n WHERE n.subject_id = ${id})`,
    `(SELECT group_concat(cv.value, ' ') FROM custom_value cv WHERE cv.subject_id = ${id})`,
    `(SELECT group_concat(at.name, ' ') FROM attachment at WHERE at.subject_id = ${id})`,
  ]);

const allKinds: readonly Kind[] = kinds;

/** Kinds whose every row is found, but for devices, which have documents of their own. */
export const documentKinds = allKinds.filter(
  ({ name }) => name !== 'device' && !partKinds.has(name),
);

/** What search also finds one by. */
const ownWords: Readonly<Record<string, readonly string[]>> = {
  vlan: [
    "'vlan' || x.number",
    `(SELECT group_concat(${addressWord('p.prefix')}, ' ') FROM prefix p WHERE p.vlan_id = x.id)`,
  ],
  prefix: [addressWord('x.prefix')],
  'ip-range': [addressWord('x.range')],
  'dhcp-reservation': [addressWord('x.address'), "replace(x.mac, ':', '')"],
};

const wordTypes: ReadonlySet<string> = new Set(['text', 'long-text', 'url', 'choice']);

function titleOf(kind: Kind): string {
  return kind.name === 'vlan' ? "x.name || ' ' || x.number" : nameExpression(kind);
}

function bodyOf(kind: Kind): string {
  const texts = Object.entries(kind.fields).flatMap(([name, field]) =>
    wordTypes.has(field.type) && !kind.key.includes(name)
      ? [storedField(kind, name, field).read('x')]
      : [],
  );
  return join([...texts, ...(ownWords[kind.name] ?? []), annotationWords('x.id')]);
}

/** Only what a person noted makes a document of a row of such a kind. */
const isAnnotated = `(EXISTS (SELECT 1 FROM tagging WHERE subject_id = x.id)
  OR EXISTS (SELECT 1 FROM note WHERE subject_id = x.id)
  OR EXISTS (SELECT 1 FROM custom_value WHERE subject_id = x.id)
  OR EXISTS (SELECT 1 FROM attachment WHERE subject_id = x.id))`;

const marked = `SELECT s.doc FROM dirty_document q
  CROSS JOIN search_document s ON s.kind = q.kind AND s.id = q.id`;

/** Writes the documents anew that are marked in `dirty_document`, and clears the marks. */
export function createDocuments(sqlite: Sqlite.Database): { refresh(): void } {
  const clear = [
    `DELETE FROM search_index WHERE rowid IN (${marked})`,
    `DELETE FROM search_document WHERE doc IN (${marked})`,
  ].map((sql) => sqlite.prepare(sql));
  const kindsMarked = sqlite
    .prepare<[], string>('SELECT DISTINCT kind FROM dirty_document')
    .pluck();
  const finish = sqlite.prepare('DELETE FROM dirty_document');
  const known = new Map<string, readonly Sqlite.Statement[]>();
  const fill = (name: string) => {
    const statements = known.get(name) ?? statementsOf(name).map((sql) => sqlite.prepare(sql));
    known.set(name, statements);
    for (const statement of statements) statement.run();
  };
  return {
    refresh() {
      const marked = kindsMarked.all();
      if (marked.length === 0) return;
      for (const statement of clear) statement.run();
      for (const kind of marked) fill(kind);
      finish.run();
    },
  };
}

function statementsOf(name: string): readonly string[] {
  const kind = kindOf(name);
  const from = `FROM dirty_document q CROSS JOIN "${kind.table}" x ON x.id = q.id`;
  const which = partKinds.has(name) ? ` AND ${isAnnotated}` : '';
  return [
    `INSERT INTO search_document (kind, id) SELECT '${name}', x.id ${from}
     WHERE q.kind = '${name}'${which}`,
    `INSERT INTO search_index (rowid, title, body) SELECT s.doc, ${titleOf(kind)}, ${bodyOf(kind)}
     ${from} JOIN search_document s ON s.kind = '${name}' AND s.id = x.id
     WHERE q.kind = '${name}'`,
  ];
}
