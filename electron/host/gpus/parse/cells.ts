import { numberOf } from '../../facts/index.ts';

export { numberOf, told } from '../../facts/index.ts';

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
