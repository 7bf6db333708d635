import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockDataDirectory, openDatabase } from '../../electron/host/db/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { makeScratch } from './scratch.ts';
import { describeWith } from './sshd/index.ts';

const child = new URL('./data-child.ts', import.meta.url).pathname;

let directory: string;
let children: ChildProcess[];

beforeEach(() => {
  directory = makeScratch('data');
  children = [];
});
afterEach(async () => {
  for (const running of children) {
    if (running.exitCode === null && running.signalCode === null) {
      running.kill('SIGKILL');
      await once(running, 'exit');
    }
  }
  rmSync(directory, { recursive: true, force: true });
});

/** Starts the other process; `lines` gives what it tells, one JSON value a line. */
function start(command: readonly string[]) {
  const [program = '', ...args] = command;
  const running = spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(running);
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]();
  return {
    running,
    async next(): Promise<unknown> {
      const { value, done } = await lines.next();
      if (done) throw new Error(`The other process ended with ${running.exitCode}`);
      return JSON.parse(value);
    },
  };
}

const startTask = (task: string, argument = '') =>
  start([process.execPath, child, task, directory, argument]);

async function kill(running: ChildProcess): Promise<void> {
  running.kill('SIGKILL');
  await once(running, 'exit');
}

describe('a process that is killed', () => {
  it('in the middle of a change set loses nothing and leaves nothing half', async () => {
    const { running, next } = startTask('half');
    expect(await next()).toBe('in the middle');
    await kill(running);
    const db = openDatabase({ dataDirectory: directory });
    const inventory = createInventory(db);
    expect(inventory.services()).toEqual([]);
    expect(inventory.devices.list({}).rows.map(({ name }) => name)).toEqual(['whole']);
    expect(db.history.list({ before: null, limit: 10 })).toHaveLength(1);
    expect(db.history.undo().title).toBe('Undid: Added whole');
    db.close();
  });

  it('at any moment keeps every change set that it reported, and only whole ones', async () => {
    for (let round = 0; round < 4; round += 1) {
      const { running, next } = startTask('busy', `kill-${round}`);
      await next();
      let told = 1;
      const reading = (async () => {
        for (;;) told = Number(await next()) + 1;
      })().catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, 50 + round * 37));
      await kill(running);
      await reading;
      const db = openDatabase({ dataDirectory: directory });
      const services = createInventory(db)
        .services()
        .filter(({ name }) => name.startsWith(`kill-${round}-`));
      db.close();
      expect(services.length % 20).toBe(0);
      expect(services.length).toBeGreaterThanOrEqual(told * 20);
    }
    const sqlite = new Sqlite(join(directory, 'rackhelm.sqlite'));
    expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(sqlite.prepare('SELECT * FROM current_change_set').all()).toEqual([]);
    sqlite.close();
  });

  it('frees its lock', async () => {
    const { running, next } = startTask('lock');
    expect(await next()).toBe('locked');
    expect(() => lockDataDirectory(directory)).toThrow(
      expect.objectContaining({ code: 'DATA_IN_USE' }),
    );
    await kill(running);
    lockDataDirectory(directory).release();
  });
});

describe('two processes at once', () => {
  it('write one after the other, none is refused and history stays in order', async () => {
    const both = [startTask('hundred', 'a'), startTask('hundred', 'b')];
    expect(await Promise.all(both.map(({ next }) => next()))).toEqual([[], []]);
    const db = openDatabase({ dataDirectory: directory });
    const inventory = createInventory(db);
    expect(inventory.summary().devices).toBe(200);
    for (let step = 0; step < 200; step += 1) db.history.undo();
    expect(inventory.summary().empty).toBe(true);
    db.close();
  });

  it('hear of each other within two seconds', async () => {
    const db = openDatabase({ dataDirectory: directory });
    const inventory = createInventory(db);
    const told = new Promise<number>((resolve) => {
      db.subscribe(() => resolve(Date.now()));
    });
    const { next } = startTask('hundred', 'c');
    await next();
    const finished = Date.now();
    expect((await told) - finished).toBeLessThan(2000);
    expect(inventory.summary().devices).toBe(100);
    db.close();
  });
});

describeWith(['mounts'], 'the disk', () => {
  /** In a mount namespace of its own, so that nothing of it is seen or left outside. */
  const onSmallDisk = (task: string) =>
    start([
      'unshare',
      '--mount',
      'sh',
      '-c',
      'mount -t tmpfs -o size=8m tmpfs "$1" && exec "$2" "$3" "$4" "$1"',
      'sh',
      directory,
      process.execPath,
      child,
      task,
    ]);

  it('that fills up refuses the change, loses nothing, and all goes on once there is space', async () => {
    const answer = await onSmallDisk('disk-full').next();
    expect(answer).toMatchObject({ code: 'DATA_DISK_FULL', afterwards: 'none' });
    const { written, readable, reopened, undo } = answer as Record<string, number | string>; // as data-child.ts tells it
    expect(readable).toBe(written);
    expect(['none', 'DATA_DISK_FULL']).toContain(undo);
    expect(reopened).toBe(Number(written) + (undo === 'none' ? 0 : 1));
  });

  it('that is full already says so when opening, and loses nothing', async () => {
    expect(await onSmallDisk('open-on-full-disk').next()).toEqual({
      opened: 'DATA_DISK_FULL',
      fresh: 'DATA_DISK_FULL',
      reopened: 1,
    });
  });

  it('that is mounted read-only says so, also for a directory to be made below', async () => {
    expect(await onSmallDisk('read-only').next()).toEqual({
      opened: 'DATA_READ_ONLY',
      locked: 'DATA_READ_ONLY',
      below: 'DATA_READ_ONLY',
    });
  });
});
