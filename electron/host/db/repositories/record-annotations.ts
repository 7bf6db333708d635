import type { FieldValue } from '../../../../shared/model/kinds/index.ts';

/** What a list asks of tags (field `tags`) and custom values (field `custom:` and the field's id). */
type Asked =
  | { readonly value: FieldValue }
  | { readonly any: readonly FieldValue[] }
  | { readonly contains: string }
  | { readonly declared: boolean };

interface Sql {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Undefined: it is a field of the kind's own. `x` stands for the row. */
export function annotationCondition(field: string, asked: Asked): Sql | undefined {
  if (field === 'tags') {
    return among('tagging g JOIN tag t ON t.id = g.tag_id', 'g.subject_id', 't.name', asked);
  }
  const custom = customFieldOf(field);
  if (custom === undefined) return undefined;
  const from = `custom_value v WHERE v.field_id = '${custom}'`;
  return among(from, 'v.subject_id', 'coalesce(v.value, v.reference_id)', asked);
}

function among(from: string, id: string, value: string, asked: Asked): Sql {
  const of = (condition: string) =>
    `x.id IN (SELECT ${id} FROM ${from}${from.includes('WHERE') ? ' AND' : ' WHERE'} ${condition})`;
  if ('declared' in asked) {
    return { sql: `${asked.declared ? '' : 'NOT '}${of('true')}`, values: [] };
  }
  if ('contains' in asked) {
    return { sql: of(`instr(lower(${value}), ?) > 0`), values: [asked.contains.toLowerCase()] };
  }
  const wanted = 'any' in asked ? asked.any : [asked.value];
  const given = wanted.filter((each) => each !== null).map((each) => String(each).toLowerCase());
  const has = of(`lower(${value}) IN (SELECT value FROM json_each(?))`);
  // Null is asked for as what nobody declared.
  const sql = given.length === wanted.length ? has : `(${has} OR NOT ${of('true')})`;
  return { sql, values: [JSON.stringify(given)] };
}

/** Words are also looked for in what a person noted. Takes the word, in small letters, three times. */
export const annotationSearch = `x.id IN (
  SELECT g.subject_id FROM tagging g JOIN tag t ON t.id = g.tag_id WHERE instr(lower(t.name), ?) > 0
  UNION ALL SELECT v.subject_id FROM custom_value v WHERE instr(lower(v.value), ?) > 0
  UNION ALL SELECT n.subject_id FROM note n WHERE instr(lower(n.text), ?) > 0)`;

/** Undefined: it is a field of the kind's own. */
export function annotationSort(field: string): string | undefined {
  const custom = customFieldOf(field);
  if (custom === undefined) return undefined;
  return `(SELECT natural_key(v.value) FROM custom_value v
    WHERE v.subject_id = x.id AND v.field_id = '${custom}')`;
}

/** The id goes into SQL as it is. */
function customFieldOf(field: string): string | undefined {
  return /^custom:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(field)?.[1];
}
