type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/**
 * Leaves out the fields that are there but undefined. JSON has none of them, but a client in the
 * same process might, and to the services `undefined` is not the same as "leave it as it is".
 */
export function defined<T extends object>(fields: T): Defined<T> {
  const present = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as Defined<T>; // fromEntries forgets which keys there were
}
