import { readdirSync, renameSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { checkCopy, copiesDirectory, listCopies } from './copies.ts';
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

/** More than one slice of pages. */
function openFilled() {
  const db = data.open();
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
  db.close();
  expect(listCopies(data.directory)).toHaveLength(1);
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
  const db = data.open({ onProblem: (error) => problems.push(error) });
  renameSync(db.file, `${db.file}.away`);
  vi.advanceTimersByTime(60_000);
  await until(() => problems.length === 1);
  renameSync(`${db.file}.away`, db.file);
  vi.advanceTimersByTime(60 * 60_000);
  await until(() => listCopies(data.directory).length === 1);
  db.close();
  expect(problems).toHaveLength(1);
});
