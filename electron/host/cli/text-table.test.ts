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
