import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createInventory } from '../inventory/index.ts';
import { takeCopy } from './copies.ts';
import { databaseFile } from './data-directory.ts';
import { exchangeDatabase, exchangeSteps } from './exchange.ts';
import { recoverDatabase } from './index.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

/**
 * Leaves a database of four devices as a killed program does: one device in the file, the others in
 * the log. Returns a copy from when there were three.
 */
function leaveUnclosed(): { copy: string; file: Buffer; log: Buffer } {
  const db = data.open();
  const { devices } = createInventory(db);
  const beside = new Sqlite(db.file);
  devices.create({ name: 'pi-0', kind: 'sbc' });
  beside.pragma('wal_checkpoint(TRUNCATE)');
  devices.create({ name: 'pi-1', kind: 'sbc' });
  devices.create({ name: 'pi-2', kind: 'sbc' });
  const copy = takeCopy(beside, data.directory, 'daily');
  devices.create({ name: 'pi-3', kind: 'sbc' });
  const [file, log] = [readFileSync(db.file), readFileSync(`${db.file}-wal`)];
  beside.close();
  db.close();
  writeFileSync(db.file, file);
  writeFileSync(`${db.file}-wal`, log);
  return { copy, file, log };
}

function countDevices(): number {
  const db = data.open();
  const { total } = createInventory(db).devices.list({});
  db.close();
  return total;
}

function crashAfter(step: (typeof exchangeSteps)[number], copy: string): void {
  const crash = new Error('crash');
  const exchange = () =>
    exchangeDatabase(data.directory, copy, (done) => {
      if (done === step) throw crash;
    });
  expect(exchange).toThrow(crash);
}

const leftovers = () => readdirSync(data.directory).filter((name) => name.includes('recovering'));
const kept = () => readdirSync(data.directory).filter((name) => name.includes('damaged'));

it('has not begun when a crash comes before the copy is whole', () => {
  const { copy, file } = leaveUnclosed();
  crashAfter('copied', copy);
  expect(leftovers()).toHaveLength(1);
  expect(readFileSync(databaseFile(data.directory)).equals(file)).toBe(true);
  expect(countDevices()).toBe(4);
  expect(leftovers()).toEqual([]);
  expect(kept()).toEqual([]);
});

it.each(exchangeSteps.filter((step) => step !== 'copied'))(
  'is finished by the next start after a crash at "%s", and nothing is thrown away',
  (step) => {
    const { copy, file, log } = leaveUnclosed();
    crashAfter(step, copy);
    expect(countDevices()).toBe(3);
    expect(leftovers()).toEqual([]);
    const [database = '', writeAhead = '', ...more] = kept().sort();
    expect(more).toEqual([]);
    expect(writeAhead).toBe(`${database}-wal`);
    expect(readFileSync(join(data.directory, database)).equals(file)).toBe(true);
    expect(readFileSync(join(data.directory, writeAhead)).equals(log)).toBe(true);
  },
);

it('is done once: what is written afterwards stays', () => {
  const { copy } = leaveUnclosed();
  recoverDatabase(data.directory, copy);
  const db = data.open();
  createInventory(db).devices.create({ name: 'pi-4', kind: 'sbc' });
  expect(countDevices()).toBe(4);
  expect(existsSync(`${db.file}-wal`)).toBe(true);
  expect(kept()).toHaveLength(2);
});

it('waits for another program that is at it', () => {
  const { copy } = leaveUnclosed();
  crashAfter('decided', copy);
  const other = new Sqlite(join(data.directory, 'recovery-lock.sqlite'));
  other.exec('BEGIN EXCLUSIVE');
  expect(() => data.open()).toThrow(expect.objectContaining({ code: 'DATA_IN_USE' }));
  expect(leftovers()).toHaveLength(1);
  other.close();
  expect(countDevices()).toBe(3);
}, 10_000);
