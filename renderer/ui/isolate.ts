/** Invisible marks that turn or force the direction of the text after them. */
const directionMarks = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** Letters of scripts that run from right to left. */
const rightToLeft =
  /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;

const firstStrongIsolate = '\u2068';
const popIsolate = '\u2069';

/**
 * A name as it may stand within a sentence: whatever it is made of, the words around it keep their
 * order. For texts that are one string, such as an accessible name, a notice or a title; in JSX a
 * `<bdi>` does the same. An ordinary name comes back as it is.
 */
export function isolated(name: string): string {
  const plain = name.replace(directionMarks, '');
  return rightToLeft.test(plain) ? `${firstStrongIsolate}${plain}${popIsolate}` : plain;
}

/** Several names, each on its own: `pi-1, pi-2`. */
export function isolatedList(names: readonly string[]): string {
  return names.map(isolated).join(', ');
}
