/** A list that was taken out of a value, or the next items of it, by where it stands there. */
export interface Slice {
  readonly path: readonly (string | number)[];
  readonly items: readonly unknown[];
}

export interface Sliced {
  /** The value with its long lists empty. */
  readonly rest: unknown;
  readonly slices: readonly Slice[];
}

/** Items that one turn of the event loop takes: some thousand values, about a millisecond. */
const mostPerSlice = 500;

/**
 * Takes long lists out of plain data, so that it can be handed over in pieces. A value of 20,000
 * interfaces in one piece would hold up whoever receives it.
 */
export function slice(value: unknown): Sliced {
  const slices: Slice[] = [];
  const cut = (of: unknown, path: readonly (string | number)[]): unknown => {
    if (Array.isArray(of)) {
      if (weigh(of) <= mostPerSlice) return of;
      sliceList(of, path);
      return [];
    }
    if (of === null || typeof of !== 'object') return of;
    return Object.fromEntries(
      Object.entries(of).map(([key, item]) => [key, cut(item, [...path, key])]),
    );
  };
  const sliceList = (list: readonly unknown[], path: readonly (string | number)[]): void => {
    let items: unknown[] = [];
    let weight = 0;
    let inner: Slice[] = [];
    const flush = (): void => {
      if (items.length > 0) slices.push({ path, items }, ...inner);
      [items, weight, inner] = [[], 0, []];
    };
    for (const [at, item] of list.entries()) {
      const before = slices.length;
      const left = cut(item, [...path, at]);
      // The item has to be there before what is put into it.
      for (const part of slices.splice(before)) inner.push(part);
      items.push(left);
      weight += weigh(left) + 1;
      if (weight >= mostPerSlice) flush();
    }
    flush();
  };
  const rest = cut(value, []);
  return { rest, slices };
}

/** The number of items of the lists in it, and of the lists in those. */
function weigh(value: unknown): number {
  if (value === null || typeof value !== 'object') return 0;
  const isList = Array.isArray(value);
  let weight = 0;
  for (const item of isList ? value : Object.values(value))
    weight += weigh(item) + (isList ? 1 : 0);
  return weight;
}

/** Puts a slice where it was taken from. */
export function insertSlice(rest: unknown, { path, items }: Slice): void {
  let list: unknown = rest;
  for (const step of path) {
    if (list === null || typeof list !== 'object') return;
    list = Reflect.get(list, step);
  }
  if (!Array.isArray(list)) return;
  for (const item of items) list.push(item);
}
