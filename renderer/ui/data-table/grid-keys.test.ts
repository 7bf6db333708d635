import { describe, expect, it } from 'vitest';
import { gridCommand } from './grid-keys.ts';
import { sortRows } from './sort-rows.ts';

const press = (key: string, held = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  ...held,
});
const at = (active: number | null, count = 100) => ({ active, count, pageSize: 20 });

describe('keys in a table', () => {
  it('starts at the first row', () => {
    expect(gridCommand(press('ArrowDown'), at(null))).toEqual({
      kind: 'move',
      to: 0,
      extend: false,
    });
  });

  it('stops at both ends', () => {
    expect(gridCommand(press('ArrowUp'), at(0))).toMatchObject({ to: 0 });
    expect(gridCommand(press('PageDown'), at(95))).toMatchObject({ to: 99 });
    expect(gridCommand(press('End'), at(3))).toMatchObject({ to: 99 });
  });

  it('extends the selection with Shift', () => {
    expect(gridCommand(press('ArrowDown', { shiftKey: true }), at(4))).toEqual({
      kind: 'move',
      to: 5,
      extend: true,
    });
  });

  it('selects all with Control, and leaves other such keys to the window', () => {
    expect(gridCommand(press('a', { ctrlKey: true }), at(4))).toEqual({ kind: 'select-all' });
    expect(gridCommand(press('z', { ctrlKey: true }), at(4))).toBeNull();
  });

  it('leaves keys alone that mean nothing here, and every key in an empty table', () => {
    expect(gridCommand(press('n'), at(4))).toBeNull();
    expect(gridCommand(press('Enter'), at(null))).toBeNull();
    expect(gridCommand(press('ArrowDown'), at(null, 0))).toBeNull();
  });
});

describe('sorting rows', () => {
  const text = (row: string) => row;

  it('counts the numbers in names', () => {
    expect(sortRows(['n-10', 'n-2', 'n-1'], text, false)).toEqual(['n-1', 'n-2', 'n-10']);
  });

  it('puts empty ones last both ways', () => {
    expect(sortRows(['', 'b', 'a'], text, false)).toEqual(['a', 'b', '']);
    expect(sortRows(['', 'b', 'a'], text, true)).toEqual(['b', 'a', '']);
  });
});
