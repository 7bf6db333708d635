import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';
import { CommandLine } from './command-line.ts';

let line: CommandLine;
let data: string;

beforeEach(() => {
  line = new CommandLine();
  data = path.join(line.directory, 'data');
});
afterEach(() => line.close());

function fill(devices: number): void {
  const database = openDatabase({ dataDirectory: data });
  const inventory = createInventory(database);
  for (let i = 0; i < devices; i += 1) {
    inventory.devices.create({ name: `node-${i}`, kind: 'server', comment: 'x'.repeat(300) });
  }
  database.close();
}

describe('what a command prints', () => {
  it('reaches a slow reader of a pipe as a whole', async () => {
    fill(400);
    const { child, ended } = line.start('cli', 'devices', '--json', '--data', data);
    child.stdout.on('data', () => {
      child.stdout.pause();
      setTimeout(() => child.stdout.resume(), 20);
    });
    const { exitCode, stdout } = await ended;
    expect(exitCode).toBe(0);
    expect(stdout.length).toBeGreaterThan(200_000);
    expect(JSON.parse(stdout)).toHaveLength(400);
  });

  it('ends quietly when its reader leaves', async () => {
    fill(400);
    const { child, ended } = line.start('cli', 'devices', '--json', '--data', data);
    child.stdout.once('data', () => child.stdout.destroy());
    expect(await ended).toMatchObject({ exitCode: 0, stderr: '' });
  });

  it.runIf(existsSync('/dev/full'))('fails with a sentence where it cannot be written', () => {
    fill(1);
    const cli = path.resolve(import.meta.dirname, '../../electron/cli.ts');
    const { status, stderr } = spawnSync(process.execPath, [cli, 'devices', '--data', data], {
      stdio: ['ignore', openSync('/dev/full', 'w'), 'pipe'],
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'The output could not be written (ENOSPC).\n',
    });
  });

  it('says where there is no inventory, and makes none', async () => {
    const nowhere = path.join(line.directory, 'mistyped');
    const { exitCode, stdout, stderr } = await line.start('cli', 'devices', '--data', nowhere)
      .ended;
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toContain(`There is no inventory in ${nowhere}.`);
    expect(existsSync(nowhere)).toBe(false);
  });

  it('cannot write to the terminal what a value hides', async () => {
    const database = openDatabase({ dataDirectory: data });
    createInventory(database).devices.create({
      name: 'node',
      kind: 'other',
      model: '\u001b[31mred',
    });
    database.close();
    const { stdout } = await line.run('devices', '--data', data);
    expect(stdout).toContain('red');
    expect(stdout).not.toContain('\u001b');
  });
});

describe('what a command is told', () => {
  it.each([
    ['an empty data directory', ['devices', '--data', '']],
    ['an unknown option', ['devices', '--nope']],
    ['no machine', ['add']],
    ['one name for two machines', ['add', 'a', 'b', '--name', 'c']],
    ['an empty jump host', ['facts', 'localhost', '--jump', '']],
    ['a port that is none', ['facts', 'localhost', '--port', '70000']],
    ['facts of nothing', ['facts']],
  ])('%s is wrong usage: exit code 2 and a sentence', async (_what, args) => {
    const { exitCode, stdout, stderr } = await line.run(...args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/\w+ \w+/);
    expect(stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });

  it('takes --data before the command as well as after it', async () => {
    fill(1);
    for (const args of [
      ['--data', data, 'devices'],
      ['devices', '--data', data],
    ]) {
      expect((await line.run(...args)).stdout).toContain('node-0');
    }
  });

  it('says what it can do', async () => {
    const { exitCode, stdout } = await line.run('--help');
    expect(exitCode).toBe(0);
    for (const word of ['facts', 'add', 'devices', 'serve', 'Exit codes'])
      expect(stdout).toContain(word);
  });
});

describe('the browser shell', () => {
  it('prints exactly one line, refuses a second start, and ends cleanly', async () => {
    const serve = () => line.start('serve', '--no-open', '--data', data);
    const first = serve();
    await first.firstLine('stdout');
    expect(await serve().ended).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: expect.stringMatching(/already runs/),
    });
    first.child.kill('SIGINT');
    const { exitCode, stdout } = await first.ended;
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Rackhelm is ready at http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
  });

  it('goes on where no browser can be opened', async () => {
    mkdirSync(path.join(data, 'open-rackhelm.html'), { recursive: true });
    writeFileSync(path.join(data, 'open-rackhelm.html', 'in-the-way'), '');
    const { child, ended, firstLine } = line.start('serve', '--data', data);
    expect(await firstLine('stderr')).toMatch(/open the address yourself/);
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect((await ended).exitCode).toBe(0);
  });
});
