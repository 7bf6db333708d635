const bits = [
  [1, 'r', 0o400],
  [2, 'w', 0o200],
  [4, 'r', 0o040],
  [5, 'w', 0o020],
  [7, 'r', 0o004],
  [8, 'w', 0o002],
] as const;
/** Where x stands, the bit of its own, and the bit that shares its place. */
const shared = [
  [3, 0o100, 's', 0o4000],
  [6, 0o010, 's', 0o2000],
  [9, 0o001, 't', 0o1000],
] as const;

/** `-rw-r--r--` as `ls` writes it, as a number. Marks after it (ACL, SELinux) count for nothing. */
export function modeBits(text: string): number {
  let mode = 0;
  for (const [at, letter, bit] of bits) if (text[at] === letter) mode |= bit;
  for (const [at, own, letter, bit] of shared) {
    if (text[at] === 'x' || text[at] === letter) mode |= own;
    if (text[at]?.toLowerCase() === letter) mode |= bit;
  }
  return mode;
}

/** The same the other way, for a regular file. */
export function modeText(mode: number): string {
  const text = [...'----------'];
  for (const [at, letter, bit] of bits) if (mode & bit) text[at] = letter;
  for (const [at, own, letter, bit] of shared) {
    if (mode & bit) text[at] = mode & own ? letter : letter.toUpperCase();
    else if (mode & own) text[at] = 'x';
  }
  return text.join('');
}
