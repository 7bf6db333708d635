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

/** Whole bytes out of `scale` bytes each; null where that cannot be. */
export function bytesOf(cell: string | number | undefined, scale: number): number | null {
  const bytes = Math.round((numberOf(cell) ?? Number.NaN) * scale);
  return Number.isSafeInteger(bytes) && bytes >= 0 ? bytes : null;
}

export const mebibyte = 1024 * 1024;

/** Between 0 and 100; what a tool tells beyond is no share. */
export function percentOf(cell: string | number | undefined): number | null {
  const value = numberOf(cell);
  return value !== null && value >= 0 && value <= 100 ? value : null;
}

/** 0: it does not tell. */
export function countOf(cell: string | undefined): number | null {
  const value = numberOf(cell);
  return value !== null && value > 0 ? value : null;
}
