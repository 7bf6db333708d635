import { readdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copiesDirectory, isCopyDue, listCopies, takeCopy } from './copies.ts';
import { openSqlite } from './open.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

const day = 24 * 60 * 60 * 1000;

let data: TemporaryData;
let sqlite: ReturnType<typeof openSqlite>;
beforeEach(() => {
  data = temporaryData();
  sqlite = openSqlite(data.directory);
});
afterEach(() => {
  sqlite.close();
  data.remove();
});

/** Takes a copy as if the clock had been off by so much. */
function takeCopyAt(takenAt: number): void {
  const file = takeCopy(sqlite, data.directory, 'daily');
  renameSync(file, join(copiesDirectory(data.directory), `rackhelm-${takenAt}-daily.sqlite`));
}

describe('the daily copy', () => {
  it('is due a day after the last one', () => {
    const now = Date.now();
    expect(isCopyDue(data.directory, now)).toBe(true);
    takeCopyAt(now - day + 1);
    expect(isCopyDue(data.directory, now)).toBe(false);
    expect(isCopyDue(data.directory, now + 1)).toBe(true);
  });

  it('is due all the same when there are copies dated ahead', () => {
    const now = Date.now();
    takeCopyAt(now + 300 * day);
    expect(isCopyDue(data.directory, now)).toBe(true);
    takeCopyAt(now);
    expect(isCopyDue(data.directory, now)).toBe(false);
  });

  it('takes the place of one dated ahead, not of one of yesterday', () => {
    const now = Date.now();
    for (let index = 0; index < 9; index += 1) takeCopyAt(now + (300 + index) * day);
    takeCopyAt(now - day);
    const file = takeCopy(sqlite, data.directory, 'daily');
    const names = listCopies(data.directory).map((copy) => basename(copy.file));
    expect(names).toHaveLength(10);
    expect(names.slice(-2)).toEqual([basename(file), `rackhelm-${now - day}-daily.sqlite`]);
  });
});

it('removes unfinished copies of an hour ago, and no other files', () => {
  takeCopyAt(Date.now());
  const directory = copiesDirectory(data.directory);
  const anHourAgo = Date.now() / 1000 - 3601;
  const abandoned = 'rackhelm-1790000000000-daily.sqlite.partial';
  for (const name of [abandoned, `${abandoned}-journal`, 'mine.partial']) {
    writeFileSync(join(directory, name), 'x');
    utimesSync(join(directory, name), anHourAgo, anHourAgo);
  }
  const underWay = 'rackhelm-1790000000001-daily.sqlite.partial';
  writeFileSync(join(directory, underWay), 'x');
  takeCopy(sqlite, data.directory, 'daily');
  const others = readdirSync(directory).filter((name) => !name.endsWith('.sqlite'));
  expect(others.sort()).toEqual(['mine.partial', underWay]);
});
