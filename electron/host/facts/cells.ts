/** `[N/A]`, `[Not Supported]`, `[Unknown Error]`, `ERR!`, `[GPU is lost]` … are no values. */
export function told(cell: string | undefined): string | null {
  const value = cell?.trim() ?? '';
  const isNothing = /^(|\[.*\]|N\/A|ERR!|Not Supported|Unknown( Error)?|null|-)$/i.test(value);
  return isNothing ? null : value;
}

/** A number, also where its unit stands behind it. */
export function numberOf(cell: string | number | undefined): number | null {
  const value = told(cell === undefined ? undefined : String(cell));
  const [, digits] = /^(-?\d{1,15}(?:\.\d{1,9})?) ?(?:[A-Za-z%/]{0,8})$/.exec(value ?? '') ?? [];
  return digits === undefined ? null : Number(digits);
}
