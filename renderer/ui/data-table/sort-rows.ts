const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** Orders by text with its numbers counted: `node-2` before `node-10`. Empty goes last both ways. */
export function sortRows<T>(
  rows: readonly T[],
  text: ((row: T) => string) | undefined,
  descending: boolean,
): readonly T[] {
  if (text === undefined) return rows;
  return [...rows].sort((a, b) => {
    const [left, right] = [text(a), text(b)];
    if (left === '' || right === '') return Number(left === '') - Number(right === '');
    return descending ? collator.compare(right, left) : collator.compare(left, right);
  });
}
