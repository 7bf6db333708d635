import {
  columnOf,
  type FieldValue,
  type Kind,
  kindOf,
} from '../../../../shared/model/kinds/index.ts';
import { annotationCondition, annotationSearch, annotationSort } from './record-annotations.ts';
import { nameExpression, type StoredField, storedField } from './record-columns.ts';

export type Condition = { readonly field: string } & (
  | { readonly value: FieldValue }
  | { readonly any: readonly FieldValue[] }
  /** In what it holds as text, in any case; of a reference, in what that is called. */
  | { readonly contains: string }
  | { readonly declared: boolean }
);

/** Which rows of a kind, and in which order. */
export interface RecordSelection {
  /** Words that all stand somewhere in the name or the texts of a row, in any case. */
  readonly words: readonly string[];
  /** All must hold; a reference by id. */
  readonly where: readonly Condition[];
  readonly sort: { readonly field: string | null; readonly descending: boolean };
}

/** SQL with `x` standing for the row, and what is bound in it. */
export interface SelectedRows {
  readonly where: string;
  readonly values: readonly unknown[];
  /** One after the other: rows of the second come after all of the first. */
  readonly parts: readonly { readonly from: string; readonly order: string }[];
}

export type StoredFields = ReadonlyMap<string, StoredField>;

/**
 * How the rows of a large table stand below their devices. Walking there by indexes costs no sorting,
 * so that the first page of 50,000 addresses is there at once.
 */
interface Walk {
  readonly owner: string;
  readonly from: string;
  readonly order: readonly string[];
  /** Rows that belong to none come last. */
  readonly loose?: readonly string[];
}

const deviceOrder = ['d0.name_sort', 'd0.device_id'];
const interfaceOrder = [...deviceOrder, 'i0.ordinal', 'i0.id'];
const belowInterfaces = (table: string) =>
  `device_derived d0 CROSS JOIN interface i0 ON i0.device_id = d0.device_id
   CROSS JOIN "${table}" x ON x.interface_id = i0.id`;

const walks: Partial<Readonly<Record<string, Walk>>> = {
  interface: {
    owner: 'device',
    from: 'device_derived d0 CROSS JOIN interface x ON x.device_id = d0.device_id',
    order: [...deviceOrder, 'x.ordinal', 'x.id'],
  },
  mac: { owner: 'interface', from: belowInterfaces('mac'), order: [...interfaceOrder, 'x.mac'] },
  'vlan-membership': {
    owner: 'interface',
    from: belowInterfaces('interface_vlan'),
    order: [...interfaceOrder, 'x.vlan_id'],
  },
  address: {
    owner: 'interface',
    from: belowInterfaces('ip_address'),
    order: [...interfaceOrder, 'x.bytes'],
    loose: ['x.bytes', 'x.id'],
  },
};

export function selectRows(
  kind: Kind,
  fields: StoredFields,
  selection: RecordSelection,
): SelectedRows {
  const { conditions, values } = conditionsOf(kind, fields, selection);
  const { sort, where } = selection;
  const walk = walks[kind.name];
  const byOwner = sort.field === null || sort.field === walk?.owner;
  // Few rows of one thing are found by its own index.
  const isNarrow = where.some((each) => isOfOne(kind, each));
  const plain = `"${kind.table}" x`;
  if (walk === undefined || !byOwner || isNarrow) {
    const order = orderOf(kind, fields, sort);
    return { where: whereOf(conditions), values, parts: [{ from: plain, order }] };
  }
  const direction = sort.descending ? ' DESC' : '';
  const ordered = (terms: readonly string[]) => terms.map((term) => term + direction).join(', ');
  const parts = [{ from: walk.from, order: ordered(walk.order) }];
  if (walk.loose !== undefined) {
    // The column is named in the join, so that no row comes twice.
    parts.push({ from: looseRows(kind, walk.owner), order: ordered(walk.loose) });
  }
  return { where: whereOf(conditions), values, parts };
}

/** Rows that refer to certain others, which an index finds. */
const isOfOne = (kind: Kind, condition: Condition) =>
  ('value' in condition || 'any' in condition) &&
  kind.fields[condition.field]?.type === 'reference';

const looseRows = (kind: Kind, owner: string) =>
  `(SELECT * FROM "${kind.table}" WHERE ${ownColumn(kind, owner)} IS NULL) x`;

const whereOf = (conditions: readonly string[]) =>
  conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;

function ownColumn(kind: Kind, name: string): string {
  const field = kind.fields[name];
  if (field === undefined) throw new Error(`${kind.name} has no field ${name}`);
  return columnOf(name, field);
}

/** Kept as bytes that an index holds in order, and hardly any twice. */
const networkTypes: ReadonlySet<string> = new Set(['host-address', 'address', 'prefix', 'range']);

/** By a field, then by the key: from the outside to the inside, as a person would look for it. */
function orderOf(kind: Kind, fields: StoredFields, sort: RecordSelection['sort']): string {
  const direction = sort.descending ? 'DESC' : 'ASC';
  const first = sort.field === null ? undefined : kind.fields[sort.field];
  const alone = first?.required === true && networkTypes.has(first.type);
  const by = sort.field === null ? [] : [sort.field];
  const names = alone ? by : [...new Set([...by, ...kind.key])];
  const terms = names.flatMap((name) => {
    const term = fields.get(name)?.sort('x') ?? annotationSort(name);
    if (term === undefined) return [];
    // Without a NULL in it an index serves both directions.
    return `${term} ${direction}${kind.fields[name]?.required === true ? '' : ' NULLS LAST'}`;
  });
  return [...terms, `x.id ${direction}`].join(', ');
}

function conditionsOf(kind: Kind, fields: StoredFields, { words, where }: RecordSelection) {
  const conditions: string[] = [];
  const values: unknown[] = [];
  for (const word of words) {
    const holds = [...textsOf(kind, fields), annotationSearch];
    conditions.push(`(${holds.join(' OR ')})`);
    // Each of them asks for the word once, however deep.
    values.push(...(holds.join().match(/\?/g) ?? []).map(() => word.toLowerCase()));
  }
  for (const condition of where) {
    const made = conditionOf(kind, fields, condition);
    conditions.push(made.sql);
    values.push(...made.values);
  }
  return { conditions, values };
}

const searchedTypes: ReadonlySet<string> = new Set([
  'text',
  'long-text',
  'url',
  'choice',
  'mac',
  'address',
  'host-address',
  'prefix',
  'range',
]);

const holdsWord = (text: string) => `instr(lower(${text}), ?) > 0`;

/** Where a word may stand: in any text of the row, or in the name of what its key refers to. */
function textsOf(kind: Kind, fields: StoredFields): readonly string[] {
  return Object.entries(kind.fields).flatMap(([name, { type }]) => {
    if (searchedTypes.has(type)) return [holdsWord(fields.get(name)?.read('x') ?? `''`)];
    return kind.key.includes(name) ? partsOfName(kind, name, 'x') : [];
  });
}

/** A word within one part of the key. Rows that are referred to are looked through once. */
function partsOfName(kind: Kind, name: string, alias: string): readonly string[] {
  const field = kind.fields[name];
  if (field === undefined) return [];
  if (field.type !== 'reference') return [holdsWord(storedField(kind, name, field).read(alias))];
  const target = kindOf(field.to);
  const inner = `${alias}_${columnOf(name, field)}`;
  const holds = target.key.flatMap((part) => partsOfName(target, part, inner));
  return [
    `${alias}.${columnOf(name, field)} IN
      (SELECT ${inner}.id FROM "${target.table}" ${inner} WHERE ${holds.join(' OR ')})`,
  ];
}

function conditionOf(kind: Kind, fields: StoredFields, condition: Condition) {
  const noted = annotationCondition(condition.field, condition);
  if (noted !== undefined) return noted;
  const stored = fields.get(condition.field);
  const field = kind.fields[condition.field];
  if (stored === undefined || field === undefined) {
    throw new Error(`${kind.name} has no field ${condition.field}`);
  }
  if ('contains' in condition) {
    const named = nameExpression({ ...kind, key: [condition.field] });
    return { sql: holdsWord(named), values: [condition.contains.toLowerCase()] };
  }
  if ('declared' in condition) {
    const not = condition.declared ? 'NOT ' : '';
    return { sql: `x.${stored.columns[0]} IS ${not}NULL`, values: [] };
  }
  const wanted = 'any' in condition ? condition.any : [condition.value];
  const one = `(${stored.columns.map((column) => `x.${column} IS ?`).join(' AND ')})`;
  return {
    sql: `(${wanted.map(() => one).join(' OR ')})`,
    values: wanted.flatMap((value) => stored.encode(value)),
  };
}

const fewRows = 5_000;

/** Whether it takes long on a table of that many rows: each has to be looked through, or sorted. */
export function takesLong(
  kind: Kind,
  rows: number,
  { words, where, sort }: RecordSelection,
): boolean {
  if (rows <= fewRows) return false;
  const isNarrow = where.some((each) => isOfOne(kind, each));
  if (isNarrow && words.length === 0) return false;
  const walk = walks[kind.name];
  const first = sort.field === null ? undefined : kind.fields[sort.field];
  const byIndex =
    sort.field === null || sort.field === walk?.owner
      ? walk !== undefined
      : first?.required === true && networkTypes.has(first.type);
  return words.length > 0 || where.length > 0 || !byIndex;
}
