import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copiesDirectory, listCopies } from './copies.ts';
import { recoverDatabase } from './index.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
let umask: number;
beforeEach(() => {
  umask = process.umask(0o022);
  data = temporaryData();
  chmodSync(data.directory, 0o755);
});
afterEach(() => {
  process.umask(umask);
  data.remove();
});

/** Name and rights of every file in the directory. */
function rights(directory: string): [string, string][] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => [name, (statSync(join(directory, name)).mode & 0o777).toString(8)]);
}

const live = [
  ['rackhelm.sqlite', '600'],
  ['rackhelm.sqlite-shm', '600'],
  ['rackhelm.sqlite-wal', '600'],
];

it('is what a database and its copies are, in a directory that all may read', () => {
  const db = data.open();
  db.change({ title: 'First', source: 'app' }, () => db.tables.places.insertSite('Home', null));
  expect(rights(data.directory)).toEqual(live);
  db.close();
  expect(rights(copiesDirectory(data.directory)).map(([, mode]) => mode)).toEqual(['600']);
});

it('is what a database becomes that all could read', () => {
  const { file } = data.open();
  for (const path of [file, `${file}-wal`, `${file}-shm`]) chmodSync(path, 0o644);
  data.open();
  expect(rights(data.directory)).toEqual(live);
});

it('is what a damaged database is kept as, and what takes its place', () => {
  const db = data.open();
  db.change({ title: 'First', source: 'app' }, () => db.tables.places.insertSite('Home', null));
  db.close();
  const copy = listCopies(data.directory)[0]?.file ?? '';
  for (const path of [db.file, copy]) chmodSync(path, 0o644);
  recoverDatabase(data.directory, copy);
  expect(rights(data.directory).map(([, mode]) => mode)).toEqual(['600', '600', '600']);
});
