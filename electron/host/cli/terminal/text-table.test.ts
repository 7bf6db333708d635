import { expect, it } from 'vitest';
import { formatTable } from './text-table.ts';

it('pads columns to their widest cell and leaves no space at line ends', () => {
  expect(
    formatTable([
      ['NAME', 'KIND'],
      ['pi-1', 'sbc'],
      ['a-long-name', ''],
    ]),
  ).toBe('NAME         KIND\npi-1         sbc\na-long-name\n');
});

it('counts what a terminal draws over two columns, or over none', () => {
  expect(
    formatTable([
      ['机架-1', 'x'],
      ['cafe\u0301', 'x'],
      ['plain', 'x'],
    ]),
  ).toBe('机架-1  x\ncafe\u0301    x\nplain   x\n');
});
