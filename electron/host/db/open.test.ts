import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { GoodCopy } from '../../../shared/contract/system.ts';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { createInventory } from '../inventory/index.ts';
import { listCopies, takeCopy } from './copies.ts';
import { databaseFile } from './data-directory.ts';
import { lockDataDirectory, openDatabase, recoverDatabase } from './index.ts';
import { openSqlite } from './open.ts';
import { snapshot } from './snapshot.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

/** A database with devices, closed, and so with one daily copy. */
function withDevices(count: number): string {
  const db = data.open();
  const inventory = createInventory(db);
  for (let index = 0; index < count; index += 1) {
    inventory.devices.create({ name: `pi-${index}`, kind: 'sbc' });
  }
  db.close();
  return db.file;
}

/** Overwrites pages in the middle of the file, as a failing disk would. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096, Math.min(bytes.length, 4096 * 40));
  writeFileSync(file, bytes);
}

function failure(work: () => unknown): RackhelmError {
  try {
    work();
  } catch (error) {
    if (error instanceof RackhelmError) return error;
    throw error;
  }
  throw new Error('It did not fail');
}

describe('opening', () => {
  it('makes the directory, for its owner only, and starts empty', () => {
    const directory = join(data.directory, 'a', 'b');
    openDatabase({ dataDirectory: directory }).close();
    expect(existsSync(databaseFile(directory))).toBe(true);
  });

  it('says what is in the way', () => {
    const file = join(data.directory, 'file');
    writeFileSync(file, 'x');
    expect(failure(() => openDatabase({ dataDirectory: file })).code).toBe('INVALID_INPUT');
    expect(failure(() => openDatabase({ dataDirectory: join(file, 'x') })).code).toBe(
      'INVALID_INPUT',
    );
  });

  it.each([
    ['text', (file: string) => writeFileSync(file, 'This is a letter to my landlord.')],
    ['a directory', (file: string) => mkdirSync(file)],
    [
      'a database of another program',
      (file: string) => new Sqlite(file).exec('CREATE TABLE t (a)').close(),
    ],
  ])('refuses %s and leaves it alone', (_, make) => {
    const file = databaseFile(data.directory);
    make(file);
    const state = () => [
      ...readdirSync(data.directory),
      statSync(file).isFile() ? readFileSync(file, 'base64') : '',
    ];
    const before = state();
    expect(failure(() => data.open()).code).toBe('DATA_NOT_A_DATABASE');
    expect(state()).toEqual(before);
  });
});

describe('a database that we may not write to', () => {
  it('is refused, instead of opened until the first change', () => {
    const file = withDevices(1);
    chmodSync(file, 0o444);
    // As root, nothing is forbidden: a process of its own lets go of that once its code is loaded.
    const nobody = process.getuid?.() === 0 ? 65534 : undefined;
    if (nobody !== undefined) chownSync(data.directory, nobody, nobody);
    const script = `
      const { openDatabase } = await import(process.argv[1]);
      const [dataDirectory, nobody] = process.argv.slice(2);
      if (nobody) { process.setgid(Number(nobody)); process.setuid(Number(nobody)); }
      try {
        openDatabase({ dataDirectory });
        process.stdout.write('opened');
      } catch (error) {
        process.stdout.write(error.code + ': ' + error.message);
      }`;
    const child = spawnSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        script,
        new URL('./index.ts', import.meta.url).href,
        data.directory,
        String(nobody ?? ''),
      ],
      { encoding: 'utf8' },
    );
    expect(child).toMatchObject({
      stderr: '',
      stdout: `DATA_READ_ONLY: Rackhelm may not write to ${file}.`,
    });
  });
});

describe('closing', () => {
  it('tells of a failure to tidy up, and closes all the same', () => {
    const problems: unknown[] = [];
    const db = data.open({ onProblem: (error) => problems.push(error) });
    const full = new Error('database or disk is full');
    const { pragma } = Sqlite.prototype;
    const spy = vi.spyOn(Sqlite.prototype, 'pragma').mockImplementation(function (
      this: Sqlite.Database,
      ...args
    ) {
      if (args[0] === 'optimize') throw full;
      return pragma.apply(this, args);
    });
    try {
      db.close();
    } finally {
      spy.mockRestore();
    }
    expect(problems).toEqual([full]);
    expect(() => db.tables.services.list()).toThrow('not open');
  });
});

describe('a damaged database', () => {
  it('names the problem and the good copies, and is restored from one with nothing thrown away', () => {
    const file = withDevices(3);
    const before = snapshot(file);
    damage(file);
    const broken = readFileSync(file);
    const error = failure(() => data.open());
    expect(error.code).toBe('DATA_DAMAGED');
    expect(error.data).toMatchObject({ file, problem: expect.any(String) });
    const copies = error.data.copies as GoodCopy[];
    expect(copies).toEqual([
      expect.objectContaining({
        devices: 3,
        sizeBytes: expect.any(Number),
        takenAt: expect.any(Number),
      }),
    ]);
    const { keptAs } = recoverDatabase(data.directory, copies[0]?.file ?? '');
    expect(readFileSync(keptAs).equals(broken)).toBe(true);
    const db = data.open();
    expect(createInventory(db).devices.list({ search: 'pi-1' }).total).toBe(1);
    expect(db.history.undo().title).toBe('Undid: Added pi-2');
    db.history.redo();
    db.close();
    expect(snapshot(file)).toEqual(before);
  });

  it('offers no copy that is damaged itself', () => {
    const file = withDevices(2);
    const sqlite = openSqlite(data.directory);
    const second = takeCopy(sqlite, data.directory, 'daily');
    sqlite.close();
    damage(second);
    truncateSync(file, 8192);
    const error = failure(() => data.open());
    expect(error.code).toBe('DATA_DAMAGED');
    expect((error.data.copies as GoodCopy[]).map((copy) => copy.file)).not.toContain(second);
    expect(error.data.copies).toHaveLength(1);
    expect(failure(() => recoverDatabase(data.directory, second)).code).toBe('DATA_DAMAGED');
  });

  it('counts as one when its beginning is gone but copies are there', () => {
    const file = withDevices(1);
    for (const content of ['garbage', '']) {
      writeFileSync(file, content);
      expect(failure(() => data.open()).code).toBe('DATA_DAMAGED');
    }
  });

  it('keeps the write-ahead log away from the copy', () => {
    const file = withDevices(1);
    const [copy] = listCopies(data.directory);
    writeFileSync(`${file}-wal`, 'old log');
    const { keptAs } = recoverDatabase(data.directory, copy?.file ?? '');
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(readFileSync(`${keptAs}-wal`, 'utf8')).toBe('old log');
  });

  it('takes no file but a listed copy', () => {
    const file = withDevices(1);
    const [copy] = listCopies(data.directory);
    for (const path of [
      file,
      '/etc/passwd',
      `${data.directory}/copies/../rackhelm.sqlite`,
      copy?.file.replace('/copies/', '/copies/../copies/') ?? '',
    ]) {
      expect(failure(() => recoverDatabase(data.directory, path)).code).toBe('NOT_FOUND');
    }
  });
});

describe('automatic copies', () => {
  it('are taken once a day on closing', () => {
    withDevices(1);
    expect(listCopies(data.directory)).toHaveLength(1);
    data.open().close();
    expect(listCopies(data.directory)).toHaveLength(1);
  });

  it('are kept up to ten, the newest', () => {
    withDevices(1);
    const sqlite = openSqlite(data.directory);
    for (let index = 0; index < 12; index += 1) takeCopy(sqlite, data.directory, `daily-${index}`);
    sqlite.close();
    const copies = listCopies(data.directory);
    expect(copies).toHaveLength(10);
    expect(copies[0]?.file).toContain('daily-11');
  });

  it('that fail are told and do not keep the database from closing', () => {
    const problems: unknown[] = [];
    writeFileSync(join(data.directory, 'copies'), 'in the way');
    const db = openDatabase({
      dataDirectory: data.directory,
      onProblem: (error) => problems.push(error),
    });
    db.close();
    expect(problems).toHaveLength(1);
  });
});

describe('the lock of the data directory', () => {
  it('lets one app in at a time', () => {
    const lock = lockDataDirectory(data.directory);
    expect(failure(() => lockDataDirectory(data.directory)).code).toBe('DATA_IN_USE');
    lock.release();
    lockDataDirectory(data.directory).release();
  });
});
