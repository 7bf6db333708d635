/** The ids from one on, in the order of the list; fewer where it ends before. */
export function following(
  rows: readonly { readonly id: string }[],
  from: string | null,
  count: number,
): string[] {
  const start = rows.findIndex(({ id }) => id === from);
  return start === -1 ? [] : rows.slice(start, start + count).map(({ id }) => id);
}

/** The one that comes after those; null at the end of the list. */
export function nextAfter(
  rows: readonly { readonly id: string }[],
  from: string | null,
  count: number,
): string | null {
  const start = rows.findIndex(({ id }) => id === from);
  return start === -1 ? null : (rows[start + count]?.id ?? null);
}
