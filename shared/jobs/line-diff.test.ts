import { expect, it } from 'vitest';
import { lineDiff, unifiedText } from './line-diff.ts';

const numbered = (count: number, word = 'line') =>
  Array.from({ length: count }, (_, n) => `${word} ${n + 1}\n`).join('');

it('shows what changed with three lines around it, one hunk for each place', () => {
  const before = numbered(30);
  const after = before.replace('line 5\n', 'line five\nand more\n').replace('line 25\n', '');
  const diff = lineDiff(before, after);
  expect(diff).toMatchObject({ added: 2, deleted: 2, whole: false });
  expect(diff.hunks.map(({ head }) => head)).toEqual(['@@ -2,7 +2,8 @@', '@@ -22,7 +23,6 @@']);
  expect(diff.hunks[0]?.lines.slice(2, 6)).toEqual([
    { kind: 'same', text: 'line 4', before: 4, after: 4 },
    { kind: 'deleted', text: 'line 5', before: 5, after: null },
    { kind: 'added', text: 'line five', before: null, after: 5 },
    { kind: 'added', text: 'and more', before: null, after: 6 },
  ]);
  expect(unifiedText(diff)).toContain(
    '@@ -2,7 +2,8 @@\n line 2\n line 3\n line 4\n-line 5\n+line five',
  );
});

it('takes a file that is not there for one without lines', () => {
  expect(lineDiff(null, 'a\nb\n')).toMatchObject({ added: 2, deleted: 0 });
  expect(lineDiff('a\nb\n', null)).toMatchObject({ added: 0, deleted: 2 });
  expect(lineDiff(null, null).hunks).toEqual([]);
});

it('tells a last line without an end from one with', () => {
  const diff = lineDiff('a\nb', 'a\nb\n');
  expect(diff.noEnd).toEqual({ before: true, after: false });
  expect(diff.hunks).toHaveLength(1);
});

it('gives up on what two large files share rather than look for it for long', () => {
  const diff = lineDiff(numbered(4_000, 'old'), numbered(3_000, 'new'));
  expect(diff).toMatchObject({ whole: true, added: 3_000, deleted: 4_000 });
});
