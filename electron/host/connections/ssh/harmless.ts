/** What a terminal or a window would take for more than text: escapes, controls, direction marks. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: escapes are what is looked for.
const escapes = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-_])/g;
const marks = /(?![\n\t])[\p{Cc}\p{Bidi_Control}\u200b\u2060\ufeff]/gu;

/** What a machine said, made fit to be shown and kept: line ends and tabs stay. Of any length. */
export function harmless(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(escapes, '').replace(marks, '');
}
