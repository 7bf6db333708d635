import {
  columnOf,
  type Field,
  type FieldValue,
  type Kind,
  kindOf,
  kinds,
} from '../../../../shared/model/kinds/index.ts';
import { parseAddress, parsePrefix } from '../address.ts';

/** The columns of one field, what is written into them, and the expression that reads the value. */
export interface StoredField {
  readonly columns: readonly string[];
  /** One value a column. The value is canonical: the contract has parsed it. */
  encode(value: FieldValue): readonly unknown[];
  /** SQL of the value in the row that goes by that alias. */
  read(alias: string): string;
  /** SQL to sort by. */
  sort(alias: string): string;
}

/** Tables that are older than the rule by which the columns of a network field are called. */
const olderColumns: Readonly<Record<string, readonly string[]>> = {
  'ip_address.address': ['address', 'prefix_length', 'bytes'],
  'prefix.prefix': ['prefix', 'prefix_length', 'start_bytes', 'end_bytes'],
};

export function storedField(kind: Kind, name: string, field: Field): StoredField {
  const column = columnOf(name, field);
  const older = olderColumns[`${kind.table}.${column}`];
  switch (field.type) {
    case 'boolean':
      return {
        columns: [column],
        encode: (value) => [value === null ? null : Number(value)],
        read: (x) => `${x}.${column}`,
        sort: (x) => `${x}.${column}`,
      };
    case 'address':
      return {
        columns: [column, `${column}_bytes`],
        encode: (value) => [value, bytesOf(value)],
        read: (x) => `${x}.${column}`,
        sort: (x) => `${x}.${column}_bytes`,
      };
    case 'host-address': {
      const columns = older ?? [column, `${column}_length`, `${column}_bytes`];
      return {
        columns,
        encode(value) {
          const parsed = typeof value === 'string' ? parseAddress(value) : undefined;
          return [parsed?.address ?? null, parsed?.prefixLength ?? null, parsed?.bytes ?? null];
        },
        read: (x) => `${x}.${columns[0]} || '/' || ${x}.${columns[1]}`,
        sort: (x) => `${x}.${columns[2]}`,
      };
    }
    case 'prefix': {
      const columns = older ?? [column, `${column}_start`, `${column}_end`];
      return {
        columns,
        encode(value) {
          const parsed = typeof value === 'string' ? parsePrefix(value) : undefined;
          const bounds = [parsed?.start ?? null, parsed?.end ?? null];
          const length = older === undefined ? [] : [parsed?.prefixLength ?? null];
          return [parsed?.prefix ?? null, ...length, ...bounds];
        },
        read: (x) => `${x}.${column}`,
        sort: (x) => `${x}.${columns.at(-2)}`,
      };
    }
    case 'range':
      return {
        columns: [column, `${column}_start`, `${column}_end`],
        encode(value) {
          const [from = '', to = from] = typeof value === 'string' ? value.split('-') : [];
          return [value, bytesOf(from), bytesOf(to)];
        },
        read: (x) => `${x}.${column}`,
        sort: (x) => `${x}.${column}_start`,
      };
    case 'reference':
      return {
        columns: [column],
        encode: (value) => [value],
        read: (x) => `${x}.${column}`,
        sort: (x) => `natural_key(coalesce(${nameOfReference(field.to, `${x}.${column}`)}, ''))`,
      };
    default:
      return {
        columns: [column],
        encode: (value) => [value],
        read: (x) => `${x}.${column}`,
        sort: (x) =>
          isText(field) ? `natural_key(coalesce(${x}.${column}, ''))` : `${x}.${column}`,
      };
  }
}

const isText = (field: Field) =>
  field.type === 'text' || field.type === 'long-text' || field.type === 'url';

function bytesOf(value: FieldValue): Buffer | null {
  return typeof value === 'string' ? (parseAddress(value)?.bytes ?? null) : null;
}

/** Between the parts of a name that is made of several: `pi-1 eth0`. */
const between = `' '`;

/** SQL of what a row is called: the parts of its key, references by what they are called in turn. */
export function nameExpression(kind: Kind, alias = 'x'): string {
  const parts = kind.key.map((name) => {
    const field = fieldOf(kind, name);
    const { read } = storedField(kind, name, field);
    if (field.type !== 'reference') return `coalesce(${read(alias)}, '')`;
    return `coalesce(${nameOfReference(field.to, `${alias}.${columnOf(name, field)}`)}, '')`;
  });
  return parts.length === 1 ? (parts[0] ?? `''`) : `trim(${parts.join(` || ${between} || `)})`;
}

function nameOfReference(to: string, id: string): string {
  const kind = kindOf(to);
  const alias = `${kind.table}_${id.replaceAll(/\W/g, '_')}`;
  return `(SELECT ${nameExpression(kind, alias)} FROM "${kind.table}" ${alias} WHERE ${alias}.id = ${id})`;
}

/** The fields that are kept in any of these columns. */
export function fieldsKeptIn(kind: Kind, columns: readonly string[]): string[] {
  return Object.entries(kind.fields).flatMap(([name, field]) =>
    storedField(kind, name, field).columns.some((column) => columns.includes(column)) ? [name] : [],
  );
}

export function fieldOf(kind: Kind, name: string): Field {
  const field = kind.fields[name];
  if (field === undefined) throw new Error(`${kind.name} has no field ${name}`);
  return field;
}

/** Every reference to rows of a kind: by which kind and field, and whether it takes its row along. */
export function referencesTo(target: string): readonly {
  readonly kind: Kind;
  readonly field: string;
  readonly column: string;
}[] {
  return kinds.flatMap((kind: Kind) =>
    Object.entries(kind.fields).flatMap(([field, description]) =>
      description.type === 'reference' && description.to === target
        ? [{ kind, field, column: columnOf(field, description) }]
        : [],
    ),
  );
}
