import { expect, it } from 'vitest';
import { escapeUnprintable, printable } from './printable.ts';

it.each([
  ['a title change', '\u001b]0;OWNED\u0007', '\ufffd]0;OWNED\ufffd'],
  ['a cleared screen', '\u001b[2Jx', '\ufffd[2Jx'],
  ['an eight-bit escape', '\u009b31mred', '\ufffd31mred'],
  ['a carriage return that hides what stood before', 'evil\rgood', 'evil\ufffdgood'],
  ['reversed writing', 'a\u202eb', 'a\ufffdb'],
])('takes %s out', (_what, text, expected) => {
  expect(printable(text)).toBe(expected);
});

it('leaves text of any language alone', () => {
  const text = 'Küche, 机架, رف, 🖥️\tend\n';
  expect(printable(text)).toBe(text);
});

it('keeps what JSON says while it takes the terminal no further', () => {
  const value = { name: 'a\u009b31m\u202eb\u001b[2J\ud800' };
  const json = escapeUnprintable(JSON.stringify(value, null, 2));
  expect(printable(json)).toBe(json);
  expect(JSON.parse(json)).toEqual(value);
});
