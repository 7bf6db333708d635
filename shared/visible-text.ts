/** What a terminal or a window would obey or hide instead of showing it: escapes, direction marks. */
const hidden = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u200b\u2028\u2029\u2060\ufeff]/gu;

/** The same text with what cannot be seen written out, `<U+001B>`: for files and commands to review. */
export function visibleText(text: string): string {
  return text.replace(
    hidden,
    (character) =>
      `<U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}>`,
  );
}

export function hidesSomething(text: string): boolean {
  return text.search(hidden) !== -1;
}

/** On one line, for titles and comments, in which a line break would begin something else. */
export function oneLine(text: string): string {
  return visibleText(text.replace(/[\n\t]+/g, ' ')).trim();
}
