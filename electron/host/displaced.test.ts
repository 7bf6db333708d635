import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openDatabase } from './db/index.ts';
import { HostState } from './host-state.ts';
import { findInstallation } from './installation.ts';
import { createInventory } from './inventory/index.ts';

const installation = findInstallation(import.meta.dirname);
let parent: string;
let folder: string;
let file: string;
let state: HostState;

const start = () =>
  new HostState({ ...installation, dataDirectory: folder, shell: 'browser', report: () => {} });
const add = (name: string) => state.ready().inventory.devices.create({ name, kind: 'sbc' });
const names = (host: HostState = state) =>
  host
    .ready()
    .inventory.devices.list({})
    .rows.map(({ name }) => name);
/** What the next start finds, after this one was ended as the system would. */
const afterRestart = async () => {
  await state.close();
  state = start();
  return names();
};
const look = () => vi.advanceTimersByTimeAsync(5_000);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] });
  parent = mkdtempSync(path.join(tmpdir(), 'rackhelm-place-'));
  folder = path.join(parent, 'data');
  file = path.join(folder, 'rackhelm.sqlite');
  state = start();
  add('pi-1');
});
afterEach(async () => {
  vi.useRealTimers();
  await state.close();
  rmSync(parent, { recursive: true, force: true });
});

/** Each leaves nothing of the file that is open in its place. */
const waysToLoseIt: readonly [string, () => void][] = [
  ['deleted', () => rmSync(file)],
  ['moved', () => renameSync(file, path.join(parent, 'elsewhere.sqlite'))],
  [
    'lost with its log',
    () => {
      for (const end of ['', '-wal', '-shm']) rmSync(file + end);
    },
  ],
  ['lost with its directory', () => rmSync(folder, { recursive: true })],
  ['moved with its directory', () => renameSync(folder, path.join(parent, 'data-old'))],
  ['lost its log only', () => rmSync(`${file}-wal`)],
  [
    'made a link to nowhere',
    () => {
      renameSync(file, path.join(parent, 'x'));
      rmSync(file, { force: true });
    },
  ],
];

describe.each(waysToLoseIt)('a database that is %s while the app runs', (_, lose) => {
  it('takes no change that it could not keep, and says so', () => {
    lose();
    expect(() => add('pi-2')).toThrow(expect.objectContaining({ code: 'DATA_MOVED' }));
    expect(names()).toEqual(['pi-1']);
  });

  it('is noticed without a change, and put back whole', async () => {
    lose();
    await look();
    expect(state.info().database).toBe('displaced');
    state.putBack();
    expect(state.info().database).toBe('ready');
    add('pi-2');
    expect(await afterRestart()).toEqual(['pi-1', 'pi-2']);
  });

  it('is not lost when the app ends before anybody decided', async () => {
    lose();
    await look();
    expect(await afterRestart()).toEqual(['pi-1']);
  });
});

/** The devices in a database, without Rackhelm. */
function namesIn(database: string): unknown[] {
  const sqlite = new DatabaseSync(database, { readOnly: true });
  try {
    return sqlite
      .prepare('SELECT name FROM device')
      .all()
      .map(({ name }) => name);
  } finally {
    sqlite.close();
  }
}

/** Another inventory, as a backup holds it. */
function otherInventory(name: string): string {
  const directory = path.join(parent, 'other');
  const database = openDatabase({ dataDirectory: directory });
  createInventory(database).devices.create({ name, kind: 'nas' });
  database.close();
  return database.file;
}

describe('a database that is replaced by another one', () => {
  beforeEach(async () => {
    renameSync(otherInventory('from-backup'), file);
    await look();
  });

  it('takes no change into the one that nobody will open again', () => {
    expect(state.displacement()).toMatchObject({ what: 'replaced' });
    expect(() => add('pi-2')).toThrow(expect.objectContaining({ code: 'DATA_MOVED' }));
  });

  it('comes back, and the other one is kept under another name', async () => {
    const { keptAs } = state.putBack();
    expect(await afterRestart()).toEqual(['pi-1']);
    expect(namesIn(keptAs ?? '')).toEqual(['from-backup']);
  });

  it('gives way to the other one where the person wants that, and is kept as a copy', async () => {
    state.takeFound();
    expect(names()).toEqual(['from-backup']);
    add('pi-2');
    expect(await afterRestart()).toEqual(['from-backup', 'pi-2']);
    const copy = readdirSync(path.join(folder, 'copies')).find((name) => /displaced/.test(name));
    expect(namesIn(path.join(folder, 'copies', copy ?? ''))).toEqual(['pi-1']);
  });

  it('is kept as a copy when the app ends before anybody decided', async () => {
    expect(await afterRestart()).toEqual(['from-backup']);
    expect(readdirSync(path.join(folder, 'copies')).join()).toMatch(/displaced/);
  });
});

it('does not open what is no inventory, and still holds its own', async () => {
  rmSync(file);
  writeFileSync(file, 'A letter to my landlord. '.repeat(99));
  await look();
  expect(() => state.takeFound()).toThrow(expect.objectContaining({ code: 'DATA_DAMAGED' }));
  state.putBack();
  expect(names()).toEqual(['pi-1']);
});

it('is in order again when the file is moved back', async () => {
  const away = path.join(parent, 'away.sqlite');
  renameSync(file, away);
  await look();
  expect(state.info().database).toBe('displaced');
  renameSync(away, file);
  await look();
  expect(state.info().database).toBe('ready');
  add('pi-2');
  expect(await afterRestart()).toEqual(['pi-1', 'pi-2']);
});

it('notices a backup that was copied over the open file, and offers it unmixed', async () => {
  const backup = otherInventory('from-backup');
  await look();
  copyFileSync(backup, file);
  expect(() => add('pi-2')).toThrow(expect.objectContaining({ code: 'DATA_MOVED' }));
  await look();
  await look();
  expect(state.info().database).toBe('damaged');
  const [newest] = state.damage()?.copies ?? [];
  state.recover(newest?.file ?? '');
  expect(names()).toEqual(['from-backup']);
  expect(await afterRestart()).toEqual(['from-backup']);
});

it('takes its own checkpoints and those of other programs for no fault', async () => {
  const other = openDatabase({ dataDirectory: folder });
  const inventory = createInventory(other);
  for (let round = 0; round < 15; round += 1) {
    for (let i = 0; i < 10; i += 1) {
      add(`own-${round}-${i}`);
      inventory.devices.create({ name: `other-${round}-${i}`, kind: 'nas' });
    }
    await look();
    expect(state.info().database).toBe('ready');
  }
  other.close();
  await look();
  expect(state.info().database).toBe('ready');
  expect(statSync(file).size).toBeGreaterThan(50_000);
}, 60_000);

describe('damage that is met while the app runs', () => {
  it('ends all use of the file and offers the copies', async () => {
    for (let i = 0; i < 300; i += 1) add(`board-${i}`);
    await state.close();
    state = start();
    // In a process of its own: a second SQLite in this one would not see the locks of the first.
    const script = `new (require('node:sqlite').DatabaseSync)(process.argv[1])
      .exec('DROP TABLE change')`;
    execFileSync(process.execPath, ['-e', script, file], { stdio: 'ignore' });
    const error = caught(() => state.ready().history.list({ before: null, limit: 10 }));
    expect(state.noteFault(error ?? caught(() => add('pi-2')))).toMatchObject({
      code: 'DATA_DAMAGED',
    });
    expect(state.info().database).toBe('damaged');
    expect(state.damage()?.copies.length).toBeGreaterThan(0);
    expect(existsSync(file)).toBe(true);
  });
});

function caught(work: () => unknown): unknown {
  try {
    work();
    return undefined;
  } catch (error) {
    return error;
  }
}
