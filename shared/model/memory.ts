/**
 * Memory as people write it and as machines tell it. Chips are made in powers of two, so that `8 GB`
 * on a box means 8 GiB; the decimal unit is for disks.
 */

const gib = 1024 ** 3;
const letters = 'kmgtp';

/**
 * Reads what a person types of memory, in bytes: `16`, `8 GB`, `8GiB`, `512 MB`, `1,5 T`, `16,384 MB`.
 * A bare number counts GiB. Null when it is no size.
 */
export function parseMemory(text: string): number | null {
  const match =
    /^\s*(\d[\d.,]*)\s*(?:([kmgtp])?(?:i?b|i)?|(?:([kmgtp])i|([kmgtp])[a-z]{3})bytes?)\s*$/i.exec(
      text,
    );
  if (match === null) return null;
  const [, amount = '', ...units] = match;
  const letter = units.find((unit) => unit !== undefined)?.toLowerCase();
  const bare = /\d\s*$/.test(text);
  const number = parseAmount(amount);
  if (number === null) return null;
  const power = letter === undefined ? (bare ? 3 : 0) : letters.indexOf(letter) + 1;
  return Math.round(number * 1024 ** power);
}

/** `1,5` is one and a half, `16,384` is sixteen thousand. */
function parseAmount(text: string): number | null {
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)) return Number(text.replaceAll(',', ''));
  const number = Number(text.replace(',', '.'));
  return Number.isFinite(number) ? number : null;
}

/**
 * Whether a declared amount and what a kernel calls its total may be the same chips. The kernel, the
 * firmware and the graphics of the processor (up to 2 GiB, a quarter of small ones) take their part
 * first, so that the total is less than what is fitted; 8 and 4 GiB, or 16 and 12, stay different.
 * Both in bytes.
 */
export function agreesOnMemory(declared: number, observed: number): boolean {
  if (fits(declared, observed)) return true;
  // Written as `8 GB` when that still meant 8,000,000,000.
  const decimal = declared / 1e9;
  return Number.isInteger(decimal * 2) && fits(decimal * gib, observed);
}

function fits(fitted: number, observed: number): boolean {
  // What another version of the kernel counts otherwise.
  if (observed > fitted * 1.02) return false;
  const kernels = fitted * 0.05 + 64 * 1024 ** 2;
  const firmwares = isMadeSo(fitted) ? Math.min(fitted / 4, 2 * gib) : 0;
  return observed >= fitted - kernels - firmwares;
}

/** A power of two or one and a half of it: what modules add up to, unlike a machine's own total. */
function isMadeSo(bytes: number): boolean {
  const mantissa = bytes / 2 ** Math.floor(Math.log2(bytes));
  return mantissa === 1 || mantissa === 1.5;
}
