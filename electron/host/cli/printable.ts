/**
 * Control characters (line breaks and tabs aside) and the marks that turn the direction of writing.
 * What a machine or a file tells must not move the cursor, change the title or hide text.
 */
const unprintable = /(?![\n\t])[\p{Cc}\p{Bidi_Control}]/gu;

/** Text from elsewhere, made fit for a terminal. */
export function printable(text: string): string {
  return text.replace(unprintable, '\ufffd');
}
