/** Tags in one line, as a cell of a table or a person has them: `prod, "a, b"`. */
export const joinTags = (names: readonly string[]): string =>
  names
    .map((name) => (/[,;"]|^\s|\s$/.test(name) ? `"${name.replaceAll('"', '""')}"` : name))
    .join(', ');

const one = /\s*(?:"((?:[^"]|"")*)"\s*|([^,;]*))(?:[,;]|$)/y;

export function splitTags(text: string): string[] {
  const names: string[] = [];
  one.lastIndex = 0;
  while (one.lastIndex < text.length) {
    const found = one.exec(text);
    // A quotation mark in the middle of a name: it is one name as it stands.
    if (found === null) return [text.trim()];
    const name = found[1]?.replaceAll('""', '"') ?? found[2]?.trim() ?? '';
    if (name !== '') names.push(name);
  }
  return names;
}
