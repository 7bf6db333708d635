import { expect, it } from 'vitest';
import { type ColumnsOffered, keepColumns, readColumns } from './column-choice.ts';

const first = ['status', 'tags'];
const offered: ColumnsOffered = {
  storageKey: 'rackhelm-device-columns',
  known: ['status', 'tags', 'os', 'kind'],
  first,
};

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
  expect(readColumns(storage, offered)).toEqual(first);
  keepColumns(storage, offered, ['os', 'agreement', 'kind']);
  expect(readColumns(storage, offered)).toEqual(['os', 'kind']);
});

it('may be none but the name', () => {
  const storage = memory();
  keepColumns(storage, offered, []);
  expect(readColumns(storage, offered)).toEqual([]);
});

it('follows a later version again once the first columns are chosen back', () => {
  const storage = memory();
  keepColumns(storage, offered, ['os']);
  keepColumns(storage, offered, [...first].reverse());
  expect(storage.getItem('rackhelm-device-columns')).toBeNull();
});

it('has its first columns where something else was kept', () => {
  const storage = memory();
  storage.setItem('rackhelm-device-columns', '{"a":1');
  expect(readColumns(storage, offered)).toEqual(first);
});
