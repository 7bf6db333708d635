/**
 * A cell that a spreadsheet would take for a formula gets an apostrophe before it, which spreadsheets
 * show as text; so does one that has such an apostrophe of its own, and reading takes one away again.
 */
const doubtful = /^'?[=+\-@\t\r\n＝＋－＠]|^''/;
const guarded = /^'(?=[=+\-@\t\r\n＝＋－＠'])/;

export function writeCell(text: string, delimiter = ','): string {
  const safe = doubtful.test(text) ? `'${text}` : text;
  const needsQuotes = /["\r\n]|^\s|\s$/.test(safe) || safe.includes(delimiter);
  return needsQuotes ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export const readCell = (text: string) => text.replace(guarded, '');
