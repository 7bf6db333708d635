import { z } from 'zod';

/**
 * A long list by columns, as it travels: each text that repeats goes once. A table of 10,000 rows is
 * checked, written and read as a few dozen arrays instead of 300,000 values with their names.
 */
export interface Columns<Row> {
  readonly count: number;
  readonly columns: { readonly [K in keyof Row]: Column<Row[K]> };
}

export interface Column<T> {
  /** One for each row; or, where `at` tells which is whose, each one once. */
  readonly values: readonly T[];
  /**
   * For each row the place of its value, in base 36, all as wide as the last place. Empty: every row
   * has the first.
   */
  readonly at: string | null;
}

const base = 36;

/** The schema of a list of such rows by columns. */
export function columnsOf<S extends z.ZodRawShape>(
  row: z.ZodObject<S>,
): z.ZodType<Columns<z.infer<z.ZodObject<S>>>> {
  const columns = Object.entries(row.shape).map(([name, value]) => [
    name,
    // A shape made of zod's own types has no others.
    z.object({ values: z.array(value as z.ZodType), at: z.string().nullable() }),
  ]);
  const schema = z.object({
    count: z.number().int().nonnegative(),
    columns: z.object(Object.fromEntries(columns)),
  });
  // The same names over the same types, which the loop over entries forgets.
  return schema as unknown as z.ZodType<Columns<z.infer<z.ZodObject<S>>>>;
}

/** `keys`: the columns that travel; every row has all of them. */
export function toColumns<Row extends object>(
  rows: readonly Row[],
  keys: readonly (keyof Row & string)[],
): Columns<Row> {
  const columns = keys.map((key) => [key, toColumn(rows.map((row) => row[key]))] as const);
  // One column for each key, which fromEntries cannot tell.
  return { count: rows.length, columns: Object.fromEntries(columns) as Columns<Row>['columns'] };
}

/** The column of these values, one for each row. */
export function toColumn<T>(all: readonly T[]): Column<T> {
  const [first] = all;
  // Most columns of a list hold nothing at all.
  if (first !== undefined && all.every((value) => value === first)) {
    return { values: [first], at: '' };
  }
  const places = new Map<unknown, number>();
  const values: T[] = [];
  const at: number[] = [];
  for (const value of all) {
    const known = typeof value === 'object' && value !== null ? JSON.stringify(value) : value;
    const found = places.get(known);
    if (found === undefined) {
      // Hardly any repeats: each goes with its row.
      if (values.length > all.length / 2) return { values: all, at: null };
      places.set(known, values.length);
      values.push(value);
    }
    at.push(found ?? values.length - 1);
  }
  const width = widthFor(values.length);
  const digits = values.map((_, place) => place.toString(base).padStart(width, '0'));
  return { values, at: at.map((place) => digits[place]).join('') };
}

const widthFor = (values: number) => Math.max(1, (values - 1).toString(base).length);

/** One column of each row. */
export function columnValues<Row, K extends keyof Row>(list: Columns<Row>, key: K): Row[K][] {
  const valueAt = reader(list.columns[key]);
  return Array.from({ length: list.count }, (_, row) => valueAt(row));
}

export function rowsOf<Row>(list: Columns<Row>): Row[] {
  const keys = Object.keys(list.columns) as (keyof Row & string)[]; // the columns' own keys
  const readers = keys.map((key) => [key, reader(list.columns[key])] as const);
  return Array.from({ length: list.count }, (_, row) => {
    const values: Partial<Row> = {};
    for (const [key, valueAt] of readers) values[key] = valueAt(row);
    return values as Row; // every key of a row has its column
  });
}

/** Throws where a row has no value: the list was cut on its way. */
function reader<T>({ values, at }: Column<T>): (row: number) => T {
  const width = widthFor(values.length);
  const placeOf = (row: number) => {
    if (at === null) return row;
    return at === '' ? 0 : Number.parseInt(at.slice(row * width, (row + 1) * width), base);
  };
  return (row) => {
    const place = placeOf(row);
    if (!(place < values.length)) throw new Error(`A column has no value for row ${row}`);
    return values[place] as T; // its place was just checked
  };
}
