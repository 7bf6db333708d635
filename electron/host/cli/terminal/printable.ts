/**
 * Control characters (line breaks and tabs aside), the marks that turn the direction of writing, and
 * what cannot be encoded. What a machine or a file tells must not move the cursor, change the title
 * or hide text.
 */
const unprintable = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\p{Cs}\u2028\u2029]/gu;

/** Text from elsewhere, made fit for a terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, '\ufffd');
}

/** JSON that says the same and that a terminal cannot be led astray by. */
export function escapeUnprintable(json: string): string {
  return json.replace(
    unprintable,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
