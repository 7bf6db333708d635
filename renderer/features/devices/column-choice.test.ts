import { expect, it } from 'vitest';
import { firstColumns, keepColumns, readColumns } from './column-choice.ts';

function memory(): Storage {
  const values = new Map<string, string>();
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => void values.set(key, value),
    removeItem: (key: string) => void values.delete(key),
  } as unknown as Storage; // the three members that are used
}

it('keeps the columns that were chosen, and none that there are no more', () => {
  const storage = memory();
  expect(readColumns(storage)).toEqual(firstColumns);
  keepColumns(storage, ['os', 'agreement', 'kind']);
  expect(readColumns(storage)).toEqual(['os', 'kind']);
});

it('may be none but the name', () => {
  const storage = memory();
  keepColumns(storage, []);
  expect(readColumns(storage)).toEqual([]);
});

it('follows a later version again once the first columns are chosen back', () => {
  const storage = memory();
  keepColumns(storage, ['os']);
  keepColumns(storage, [...firstColumns].reverse());
  expect(storage.getItem('rackhelm-device-columns')).toBeNull();
});

it('has its first columns where something else was kept', () => {
  const storage = memory();
  storage.setItem('rackhelm-device-columns', '{"a":1');
  expect(readColumns(storage)).toEqual(firstColumns);
});
