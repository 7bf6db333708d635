import { create } from 'fontkit';

/** What a character is written as that no font of ours has. */
const missing = '?';

/** What can be written with a font; what cannot is taken apart, or replaced, and told. */
export function writable(bytes: Uint8Array): {
  readonly write: (text: string) => string;
  readonly notes: () => string[];
} {
  const font = create(Buffer.from(bytes));
  const has = (character: string) =>
    'hasGlyphForCodePoint' in font && font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
  const apart = new Set<string>();
  const lost = new Set<string>();
  const write = (character: string): string => {
    if (has(character)) return character;
    const parts = [...character.normalize('NFKD')].filter(has).join('');
    (parts === '' ? lost : apart).add(character);
    return parts === '' ? missing : parts;
  };
  return {
    write: (text) =>
      [...text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ')].map(write).join(''),
    notes: () => [
      ...(apart.size > 0 ? [`Written in a plainer form: ${listed(apart)}.`] : []),
      ...(lost.size > 0 ? [`Written as “${missing}”: ${listed(lost)}.`] : []),
    ],
  };
}

function listed(characters: ReadonlySet<string>): string {
  const shown = [...characters].slice(0, 20).join(' ');
  return characters.size > 20 ? `${shown} and ${characters.size - 20} more` : shown;
}
