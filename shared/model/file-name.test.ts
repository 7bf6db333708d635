import { expect, it } from 'vitest';
import { freeFileName, safeFileName } from './file-name.ts';

it.each([
  ['photo.png', 'photo.png'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\ada\\rack plan.pdf', 'rack plan.pdf'],
  ['con.txt', '_con.txt'],
  ['LPT1', '_LPT1'],
  ['.bashrc', 'bashrc'],
  ['..', 'attachment'],
  ['a\u202egnp.exe', 'agnp.exe'],
  ['what?*<is>|this".txt', 'what___is__this_.txt'],
  ['ends with dots...', 'ends with dots'],
  ['tab\tand\0nul', 'tabandnul'],
  ['-rf', '_rf'],
  ['\u0645\u062e\u0637\u0637.png', '\u0645\u062e\u0637\u0637.png'],
])('makes a file name that every system takes of %j', (given, expected) => {
  expect(safeFileName(given)).toBe(expected);
});

it('keeps the ending of a long name', () => {
  const name = safeFileName(`${'x'.repeat(500)}.tar`);
  expect(name).toHaveLength(200);
  expect(name).toMatch(/x\.tar$/);
});

it('counts on where a name is taken', () => {
  const taken = new Set(['a.png', 'a (2).png']);
  expect(freeFileName('a.png', (name) => taken.has(name))).toBe('a (3).png');
  expect(freeFileName('b.png', (name) => taken.has(name))).toBe('b.png');
});
