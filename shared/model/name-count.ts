/** The number that a name counts with, and what stands around it. */
interface Counted {
  readonly before: string;
  /** With its leading zeros. */
  readonly digits: string;
  /** A domain or a closing bracket. */
  readonly after: string;
}

/** `pi-1`, `eth0.20`, `copy (2)` and `pi-1.lan` count with their last number before the domain. */
function countedParts(name: string): Counted | undefined {
  const found = /^(.*?)(\d+)(\)?|\.[a-z][a-z0-9.-]*)$/is.exec(name);
  if (found === null) return undefined;
  const [, before = '', digits = '', after = ''] = found;
  return { before, digits, after };
}

/**
 * The names that follow one, counted on: `pi-1` → `pi-2`, `node09` → `node10`, `nas` → `nas-2`,
 * `Living room` → `Living room 2`. Those that `isTaken` says are taken are passed over, and none comes
 * twice. `isTaken` decides whether case matters, and has to say no in the end.
 */
export function nextNames(
  name: string,
  count: number,
  isTaken: (name: string) => boolean,
): string[] {
  const counted = countedParts(name) ?? {
    before: `${name}${/\s/.test(name) ? ' ' : '-'}`,
    digits: '1',
    after: '',
  };
  const names: string[] = [];
  // A serial number as a name has more digits than a number holds.
  for (let value = BigInt(counted.digits) + 1n; names.length < count; value += 1n) {
    const next = `${counted.before}${String(value).padStart(counted.digits.length, '0')}${counted.after}`;
    if (!isTaken(next)) names.push(next);
  }
  return names;
}

/** The first of those names. */
export function nextName(name: string, isTaken: (name: string) => boolean): string {
  return nextNames(name, 1, isTaken)[0] ?? name;
}
