import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createInventory } from '../../electron/host/inventory/index.ts';

const cli = path.resolve(import.meta.dirname, '../../electron/cli.ts');
const serve = path.resolve(import.meta.dirname, '../../electron/serve.ts');
let data: string;

beforeEach(() => {
  data = mkdtempSync(path.join(tmpdir(), 'rackhelm-cli-'));
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a command to its end; what it prints is read slowly, as a pager would. */
function run(entry: string, args: readonly string[], slowMs = 0): Promise<Ended> {
  const child = spawn(process.execPath, [entry, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += String(chunk);
  });
  child.stdout.on('data', (chunk) => {
    out += String(chunk);
    if (slowMs === 0) return;
    child.stdout.pause();
    setTimeout(() => child.stdout.resume(), slowMs);
  });
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}

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
    const { code, out } = await run(cli, ['devices', '--json', '--data', data], 20);
    expect(code).toBe(0);
    expect(out.length).toBeGreaterThan(200_000);
    expect(JSON.parse(out)).toHaveLength(400);
  });

  it('ends quietly when its reader leaves', async () => {
    fill(400);
    const child = spawn(process.execPath, [cli, 'devices', '--json', '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk) => {
      err += String(chunk);
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect({ code, err }).toEqual({ code: 0, err: '' });
  });

  it('cannot write to the terminal what a name hides', async () => {
    const database = openDatabase({ dataDirectory: data });
    createInventory(database).devices.create({ name: '\u001b[31mred', kind: 'other' });
    database.close();
    const { out } = await run(cli, ['devices', '--data', data]);
    expect(out).toContain('red');
    expect(out).not.toContain('\u001b');
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
    const { code, out, err } = await run(cli, args);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/\w+ \w+/);
    expect(err).not.toMatch(/\bat .*\.ts:\d+/);
  });

  it('takes --data before the command as well as after it', async () => {
    fill(1);
    for (const args of [
      ['--data', data, 'devices'],
      ['devices', '--data', data],
    ]) {
      expect((await run(cli, args)).out).toContain('node-0');
    }
  });

  it('says what it can do', async () => {
    const { code, out } = await run(cli, ['--help']);
    expect(code).toBe(0);
    for (const word of ['facts', 'add', 'devices', 'serve', 'Exit codes'])
      expect(out).toContain(word);
  });
});

describe('the browser shell', () => {
  it('prints exactly one line, refuses a second start, and ends cleanly', async () => {
    const first = spawn(process.execPath, [serve, '--no-open', '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    await new Promise<void>((resolve) => {
      first.stdout.on('data', (chunk) => {
        out += String(chunk);
        if (out.includes('\n')) resolve();
      });
    });
    const second = await run(serve, ['--no-open', '--data', data]);
    expect(second.code).toBe(1);
    expect(second.out).toBe('');
    expect(second.err).toMatch(/already runs/);
    first.kill('SIGINT');
    expect(await new Promise((resolve) => first.once('close', resolve))).toBe(0);
    expect(out).toMatch(/^Rackhelm is ready at http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}\n$/);
  });

  it('goes on where no browser can be opened', async () => {
    mkdirSync(path.join(data, 'open-rackhelm.html'));
    writeFileSync(path.join(data, 'open-rackhelm.html', 'in-the-way'), '');
    const child = spawn(process.execPath, [serve, '--data', data], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let err = '';
    await new Promise<void>((resolve) => {
      child.stderr.on('data', (chunk) => {
        err += String(chunk);
        if (err.includes('\n')) resolve();
      });
    });
    expect(err).toMatch(/open the address yourself/);
    expect(child.exitCode).toBeNull();
    child.kill('SIGTERM');
    expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  });
});
