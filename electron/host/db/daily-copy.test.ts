import { closeSync, openSync, readdirSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkCopy, copiesDirectory, listCopies, takeCopy } from './copies.ts';
import { databaseFile } from './data-directory.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] });
});
afterEach(() => {
  vi.useRealTimers();
  data.remove();
});

async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 10_000 && !condition(); turn += 1) await setImmediate();
  expect(condition()).toBe(true);
}

/** Overwrites a page of a table in the file, as a failing disk would, beside what runs. */
function damageTable(file: string, table: string): void {
  const beside = new Sqlite(file);
  beside.pragma('wal_checkpoint(TRUNCATE)');
  const page = beside
    .prepare<[string], number>(
      "SELECT max(pageno) FROM dbstat WHERE name = ? AND pagetype = 'leaf'",
    )
    .pluck()
    .get(table);
  const pageSize = Number(beside.pragma('page_size', { simple: true }));
  beside.close();
  const descriptor = openSync(file, 'r+');
  writeSync(descriptor, Buffer.alloc(pageSize, 0xa5), 0, pageSize, ((page ?? 1) - 1) * pageSize);
  closeSync(descriptor);
}

/** As many as are kept, all due for a new one. */
function fillCopies(): void {
  const sqlite = new Sqlite(databaseFile(data.directory));
  for (let index = 2; index < 12; index += 1) {
    const file = takeCopy(sqlite, data.directory, 'daily');
    const takenAt = Date.now() - index * 24 * 60 * 60_000;
    renameSync(file, join(copiesDirectory(data.directory), `rackhelm-${takenAt}-daily.sqlite`));
  }
  sqlite.close();
}

/** More than one slice of pages. */
function openFilled(options: Parameters<TemporaryData['open']>[0] = {}) {
  const db = data.open(options);
  db.change({ title: 'Fill', source: 'app' }, () => {
    for (let index = 0; index < 3000; index += 1) {
      const comment = 'x'.repeat(1000);
      db.tables.services.insert({ name: `s-${index}`, kind: 'x', url: null, comment });
    }
  });
  return db;
}

it('is taken in slices while the app runs, a minute after it opened', async () => {
  const db = openFilled();
  expect(listCopies(data.directory)).toEqual([]);
  vi.advanceTimersByTime(60_000);
  await until(() => listCopies(data.directory).length === 1);
  expect(checkCopy(listCopies(data.directory)[0]?.file ?? '')).toEqual({ devices: 0 });
  // Looking at it left nothing beside it.
  expect(readdirSync(copiesDirectory(data.directory))).toHaveLength(1);
  db.close();
  expect(listCopies(data.directory)).toHaveLength(1);
});

it('waits until something was entered', async () => {
  data.open().close();
  expect(listCopies(data.directory)).toEqual([]);
  const db = data.open();
  vi.advanceTimersByTime(60_000);
  for (let turn = 0; turn < 200; turn += 1) await setImmediate();
  db.change({ title: 'First', source: 'app' }, () => db.tables.places.insertSite('Home', null));
  expect(listCopies(data.directory)).toEqual([]);
  vi.advanceTimersByTime(60 * 60_000);
  await until(() => listCopies(data.directory).length === 1);
  db.close();
});

it('that is half done when the app closes leaves one whole copy and nothing else', async () => {
  const db = openFilled();
  vi.advanceTimersByTime(60_000);
  db.close();
  await until(() => readdirSync(copiesDirectory(data.directory)).length === 1);
  const [copy] = listCopies(data.directory);
  expect(checkCopy(copy?.file ?? '')).toEqual({ devices: 0 });
});

it('is tried again an hour after it could not even begin', async () => {
  const problems: unknown[] = [];
  const db = openFilled({ onProblem: (error) => problems.push(error) });
  renameSync(db.file, `${db.file}.away`);
  vi.advanceTimersByTime(60_000);
  await until(() => problems.length === 1);
  renameSync(`${db.file}.away`, db.file);
  vi.advanceTimersByTime(60 * 60_000);
  await until(() => listCopies(data.directory).length === 1);
  db.close();
  expect(problems).toHaveLength(1);
});

it.each(['service', 'change'])(
  'of a database whose table %s is damaged is not kept and pushes out no other',
  async (table) => {
    const problems: unknown[] = [];
    const db = openFilled({ onProblem: (error) => problems.push(error) });
    fillCopies();
    damageTable(db.file, table);
    const before = readdirSync(copiesDirectory(data.directory));
    expect(before).toHaveLength(10);
    vi.advanceTimersByTime(60_000);
    await until(() => problems.length === 1);
    expect(problems).toEqual([expect.objectContaining({ code: 'DATA_DAMAGED' })]);
    expect(readdirSync(copiesDirectory(data.directory))).toEqual(before);
  },
);

it.each(['service', 'change'])(
  'taken at the end, too, is not kept when table %s is damaged',
  (table) => {
    const { file } = openFilled();
    fillCopies();
    damageTable(file, table);
    const before = readdirSync(copiesDirectory(data.directory));
    const sqlite = new Sqlite(file);
    expect(() => takeCopy(sqlite, data.directory, 'daily')).toThrow('malformed');
    sqlite.close();
    expect(readdirSync(copiesDirectory(data.directory))).toEqual(before);
  },
);
