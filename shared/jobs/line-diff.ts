import { structuredPatch } from 'diff';

export interface DiffLine {
  readonly kind: 'same' | 'added' | 'deleted';
  readonly text: string;
  /** From 1; null on the side where the line is not. */
  readonly before: number | null;
  readonly after: number | null;
}

export interface Hunk {
  /** `@@ -1,3 +1,4 @@`. */
  readonly head: string;
  readonly lines: readonly DiffLine[];
}

export interface LineDiff {
  readonly hunks: readonly Hunk[];
  readonly added: number;
  readonly deleted: number;
  /** So different that nobody looked for what they share. */
  readonly whole: boolean;
  /** Which of them lacks a line break at its end. */
  readonly noEnd: { readonly before: boolean; readonly after: boolean };
}

const context = 3;
/** Lines that differ beyond which two texts are shown as one for the other: keeps it within 30 ms. */
const mostEdits = 500;

const noFile = '';
const lacksEnd = (text: string) => text !== '' && !text.endsWith('\n');

/** How one text becomes another, line by line, unified. Null: there is no such file. */
export function lineDiff(before: string | null, after: string | null): LineDiff {
  const [from, to] = [before ?? noFile, after ?? noFile];
  const patch = structuredPatch('', '', from, to, '', '', { context, maxEditLength: mostEdits });
  const hunks = patch === undefined ? [replaced(from, to)] : patch.hunks.map(asHunk);
  const count = (kind: DiffLine['kind']) =>
    hunks.reduce((sum, { lines }) => sum + lines.filter((line) => line.kind === kind).length, 0);
  return {
    hunks,
    added: count('added'),
    deleted: count('deleted'),
    whole: patch === undefined,
    noEnd: { before: lacksEnd(from), after: lacksEnd(to) },
  };
}

type Patched = NonNullable<ReturnType<typeof structuredPatch>>['hunks'][number];

const kinds: Readonly<Record<string, DiffLine['kind']>> = {
  '+': 'added',
  '-': 'deleted',
  ' ': 'same',
};

function asHunk({ oldStart, oldLines, newStart, newLines, lines }: Patched): Hunk {
  let [old, fresh] = [oldStart, newStart];
  return {
    head: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    lines: lines.flatMap((line) => {
      const kind = kinds[line[0] ?? ''];
      // `\ No newline at end of file`, which `noEnd` says.
      if (kind === undefined) return [];
      const text = line.slice(1);
      const before = kind === 'added' ? null : old++;
      const after = kind === 'deleted' ? null : fresh++;
      return [{ kind, text, before, after }];
    }),
  };
}

function linesOf(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

function replaced(from: string, to: string): Hunk {
  const [old, fresh] = [linesOf(from), linesOf(to)];
  return {
    head: `@@ -1,${old.length} +1,${fresh.length} @@`,
    lines: [
      ...old.map((text, at): DiffLine => ({ kind: 'deleted', text, before: at + 1, after: null })),
      ...fresh.map((text, at): DiffLine => ({ kind: 'added', text, before: null, after: at + 1 })),
    ],
  };
}

const signs: Readonly<Record<DiffLine['kind'], string>> = { same: ' ', added: '+', deleted: '-' };

/** As text, `+` and `-` before the lines. */
export function unifiedText({ hunks }: LineDiff): string {
  return hunks
    .flatMap(({ head, lines }) => [head, ...lines.map(({ kind, text }) => signs[kind] + text)])
    .join('\n');
}
