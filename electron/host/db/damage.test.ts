import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { createInventory } from '../inventory/index.ts';
import { lockDataDirectory, openDatabase } from './index.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'opened';
  } catch (error) {
    return error instanceof RackhelmError ? error.code : `not ours: ${String(error)}`;
  }
}

/** A closed database with devices, and so with one daily copy. */
function seeded(data: TemporaryData): string {
  const db = data.open();
  const { devices } = createInventory(db);
  for (let index = 0; index < 20; index += 1) devices.create({ name: `pi-${index}`, kind: 'sbc' });
  db.close();
  return db.file;
}

describe('a file with a broken byte in its header', () => {
  let data: TemporaryData;
  let file: string;
  let whole: Buffer;
  beforeAll(() => {
    data = temporaryData();
    file = seeded(data);
    whole = readFileSync(file);
  });
  afterAll(() => data.remove());

  it.each(Array.from({ length: 100 }, (_, at) => at))('at %i is opened or called damaged', (at) => {
    for (const value of [0x00, 0x01, 0x03, 0x7f, 0xff]) {
      const bytes = Buffer.from(whole);
      bytes[at] = value;
      for (const end of ['-wal', '-shm']) rmSync(file + end, { force: true });
      writeFileSync(file, bytes);
      const code = codeOf(() => {
        const db = openDatabase({ dataDirectory: data.directory });
        const inventory = createInventory(db);
        inventory.devices.list({ search: 'pi' });
        inventory.devices.create({ name: `new-${at}-${value}`, kind: 'other' });
        db.close();
      });
      expect([`${at}=${value}`, code === 'opened' ? 'DATA_DAMAGED' : code]).toEqual([
        `${at}=${value}`,
        'DATA_DAMAGED',
      ]);
    }
  });
});

describe('with a fresh directory', () => {
  let data: TemporaryData;
  beforeEach(() => {
    data = temporaryData();
  });
  afterEach(() => data.remove());

  it.each([
    'migration',
    'change',
    'change_set',
    'setting',
    'search_index',
    'search_index_data',
    'search_document',
    'device_derived',
    'dirty_device',
    'host_key',
    'facts_document',
    'note',
  ])('calls a database damaged that lost its table %s, and offers its copies', (table) => {
    const sqlite = new Sqlite(seeded(data));
    sqlite.unsafeMode();
    sqlite.pragma('writable_schema = ON');
    sqlite.exec(`DELETE FROM sqlite_schema WHERE name = '${table}'`);
    sqlite.close();
    expect(codeOf(() => data.open())).toBe('DATA_DAMAGED');
  });

  it('calls an inventory damaged that is gone while its copies are there', () => {
    rmSync(seeded(data));
    expect(codeOf(() => data.open())).toBe('DATA_DAMAGED');
  });

  it('writes history again after its triggers were lost', () => {
    const file = seeded(data);
    const sqlite = new Sqlite(file);
    sqlite.exec('DROP TRIGGER history_device_update');
    sqlite.close();
    const db = data.open();
    const { devices } = createInventory(db);
    const id = devices.list({ limit: 1 }).rows[0]?.id ?? '';
    devices.update({ ids: [id], patch: { comment: 'seen' } });
    expect(db.history.list({ before: null, limit: 1 })[0]?.changeCount).toBe(1);
  });

  it('restricts copies to the owner that an older release or a backup left open', () => {
    seeded(data);
    const copies = join(data.directory, 'copies');
    chmodSync(copies, 0o755);
    writeFileSync(join(copies, 'rackhelm-1700000000000-daily.sqlite'), '', { mode: 0o644 });
    data.open();
    expect(statSync(copies).mode & 0o777).toBe(0o700);
    const copy = statSync(join(copies, 'rackhelm-1700000000000-daily.sqlite'));
    expect(copy.mode & 0o777).toBe(0o600);
  });

  it.each<[string, (directory: string) => string]>([
    ['a loop of links', (directory) => linked(join(directory, 'a'), join(directory, 'a'))],
    ['below a loop of links', (directory) => join(linked(join(directory, 'b'), 'b'), 'x')],
    ['a name that is too long', (directory) => join(directory, 'n'.repeat(300))],
    ['a path that is too long', (directory) => join(directory, 'n/'.repeat(3000))],
    ['a file', (directory) => written(join(directory, 'file'))],
    ['below a file', (directory) => join(written(join(directory, 'file')), 'x')],
    [
      'a link to a file',
      (directory) => linked(join(directory, 'l'), written(join(directory, 'f'))),
    ],
    ['a path with a zero byte', (directory) => join(directory, 'a\0b')],
    ['a device', () => '/dev/null'],
  ])('answers %s as its data directory with a sentence', (_, make) => {
    const directory = make(data.directory);
    for (const use of [
      () => lockDataDirectory(directory),
      () => openDatabase({ dataDirectory: directory }),
    ]) {
      expect(codeOf(use)).toBe('INVALID_INPUT');
    }
  });

  it.each<[string, (file: string) => void]>([
    ['a directory', (file) => mkdirSync(file)],
    ['a text', (file) => writeFileSync(file, 'locked by somebody else\n'.repeat(50))],
  ])('answers %s in the place of its lock with a sentence', (_, make) => {
    make(join(data.directory, 'lock.sqlite'));
    expect(codeOf(() => lockDataDirectory(data.directory))).toBe('INVALID_INPUT');
  });
});

function linked(path: string, target: string): string {
  symlinkSync(target, path);
  return path;
}

function written(path: string): string {
  writeFileSync(path, 'x');
  return path;
}
