import { printable } from './printable.ts';

/** Columns padded to their widest cell, two spaces apart; one line a row. */
export function formatTable(cells: readonly (readonly string[])[]): string {
  const rows = cells.map((row) => row.map(printable));
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, columnsOf(cell));
    });
  }
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - columnsOf(cell)))
      .join('  ')
      .trimEnd(),
  );
  return lines.map((line) => `${line}\n`).join('');
}

// Characters that a terminal draws over two columns (East Asian Width W and F, pictures), and those
// that it draws over the one before.
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/gu;
const attached = /[\p{Mn}\p{Me}\p{Cf}]/gu;

function columnsOf(text: string): number {
  const characters = [...text.replace(attached, '')].length;
  return characters + (text.match(wide)?.length ?? 0);
}
