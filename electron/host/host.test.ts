import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './db/index.ts';
import { startHost } from './host.ts';
import { HostState } from './host-state.ts';
import { findInstallation } from './installation.ts';
import { createInventory } from './inventory/index.ts';

const installation = findInstallation(import.meta.dirname);
let folder: string;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-host-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const options = () => ({ ...installation, dataDirectory: folder, shell: 'browser' as const });

describe('startHost', () => {
  it('refuses a data directory that another app has open, until that one ends', async () => {
    const first = await startHost(options());
    await expect(startHost(options())).rejects.toMatchObject({ code: 'DATA_IN_USE' });
    await first.close();
    const second = await startHost(options());
    await second.close();
  });

  it('frees the data directory when it cannot start', async () => {
    const file = path.join(folder, 'rackhelm.sqlite');
    writeFileSync(
      file,
      'this is no database, and it is longer than a header of one hundred bytes. '.repeat(9),
    );
    await expect(startHost(options())).rejects.toMatchObject({ code: 'DATA_NOT_A_DATABASE' });
    rmSync(file);
    await (await startHost(options())).close();
  });

  it('writes the log of a fault where only its owner can read it', async () => {
    const host = await startHost(options());
    host.report(new Error('a fault that nobody caught'));
    await host.close();
    const log = path.join(folder, 'logs', 'rackhelm.log');
    expect(readFileSync(log, 'utf8')).toContain('a fault that nobody caught');
  });

  it('writes no log while nothing goes wrong', async () => {
    await (await startHost(options())).close();
    expect(existsSync(path.join(folder, 'logs'))).toBe(false);
  });
});

/** A database with a device in it, closed, and then damaged in its middle. */
function damagedDatabase(): string {
  const database = openDatabase({ dataDirectory: folder });
  const inventory = createInventory(database);
  for (let i = 0; i < 200; i += 1) inventory.devices.create({ name: `pi-${i}`, kind: 'sbc' });
  database.close();
  const copies = path.join(folder, 'copies');
  expect(readdirSync(copies).length).toBeGreaterThan(0);
  const file = path.join(folder, 'rackhelm.sqlite');
  const bytes = readFileSync(file);
  bytes.fill(0xa5, 4096 * 3, Math.min(bytes.length, 4096 * 60));
  writeFileSync(file, bytes);
  return file;
}

describe('a damaged database', () => {
  it('lets the host start, tells what is wrong, and works again with a copy', async () => {
    const file = damagedDatabase();
    const damaged = readFileSync(file);
    const state = new HostState({ ...options(), report: () => {} });
    expect(state.info().database).toBe('damaged');
    expect(() => state.ready()).toThrow(expect.objectContaining({ code: 'DATA_DAMAGED' }));
    const damage = state.damage();
    expect(damage?.problem).toMatch(/\w/);
    const newest = damage?.copies[0];
    if (newest === undefined) throw new Error('No copy was offered.');

    const { keptAs } = state.recover(newest.file);
    expect(readFileSync(keptAs).equals(damaged)).toBe(true);
    expect(state.info().database).toBe('ready');
    expect(state.damage()).toBeNull();
    state.ready().inventory.devices.create({ name: 'after', kind: 'other' });
    await state.close();
  });

  it('is replaced by nothing but one of its copies', async () => {
    const file = damagedDatabase();
    const damaged = readFileSync(file);
    const state = new HostState({ ...options(), report: () => {} });
    for (const wrong of ['/etc/passwd', '../../etc/passwd', '', file]) {
      expect(() => state.recover(wrong)).toThrow(
        expect.objectContaining({ name: 'RackhelmError' }),
      );
    }
    expect(readFileSync(file).equals(damaged)).toBe(true);
    await state.close();
  });
});
