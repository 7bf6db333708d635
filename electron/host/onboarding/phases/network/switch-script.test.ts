import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  cleanScript,
  prepareScript,
  startScript,
  switchDirectory,
  switchScript,
  trialScript,
} from './switch-script.ts';

let root: string;
let path: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'rackhelm-switch-'));
  path = join(root, 'interfaces');
  mkdirSync(join(root, 'network'));
  const script = switchScript({ path, seconds: 1, activation: { check: [], activate: ['true'] } });
  writeFileSync(join(root, 'network/switch'), here(script));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Of this folder alone: neither this computer's units nor its lines for cron. */
const here = (script: string) =>
  script
    .replaceAll(switchDirectory, join(root, 'network'))
    .replaceAll(/\/(run|etc)\/systemd\/system|\/etc\/cron\.d/g, join(root, 'none'));
const run = (script: string, ...args: string[]) =>
  spawnSync('sh', ['-c', here(script), 'sh', ...args], { encoding: 'utf8' });
/** Gives the script commands of the test's own. */
const shadow = (commands: string) => {
  const file = join(root, 'network/switch');
  writeFileSync(
    file,
    readFileSync(file, 'utf8').replace("trap '' HUP", `${commands}\ntrap '' HUP`),
  );
};
const goBack = () => spawnSync('sh', [join(root, 'network/switch'), 'back']);
const isPrepared = (text: string | null) => {
  const before = existsSync(path) ? readFileSync(path) : null;
  const sum = before === null ? '' : createHash('sha256').update(before).digest('hex');
  if (text !== null) writeFileSync(join(root, 'network/text'), text);
  expect(run(prepareScript, path, sum, '644').status).toBe(0);
};
const trial = () => run(trialScript).stdout.trim();

describe('the switch of a network configuration', () => {
  it('leaves the file as it is where nothing was prepared, and says that nothing was begun', () => {
    writeFileSync(path, 'old');
    expect(trial()).toBe('prepared');
    goBack();
    expect(readFileSync(path, 'utf8')).toBe('old');
  });

  it('goes back as often as it is told to', () => {
    writeFileSync(path, 'old');
    isPrepared('new');
    writeFileSync(path, 'new');
    for (let time = 0; time < 2; time += 1) {
      goBack();
      expect(readFileSync(path, 'utf8')).toBe('old');
    }
  });

  it('takes a file away that was not there before', () => {
    isPrepared('new');
    writeFileSync(path, 'new');
    goBack();
    expect(existsSync(path)).toBe(false);
    // What somebody writes after that is theirs.
    writeFileSync(path, 'mine');
    goBack();
    expect(readFileSync(path, 'utf8')).toBe('mine');
  });

  it('says how far it has come, up to having gone back by itself', async () => {
    writeFileSync(path, 'old');
    isPrepared(null);
    expect(trial()).toBe('prepared');
    run(startScript, 'run');
    expect(['running', 'broken']).toContain(trial());
    await expect.poll(() => existsSync(path), { timeout: 10_000 }).toBe(false);
    await expect.poll(trial, { timeout: 10_000 }).toBe('ended');
    expect(readFileSync(path, 'utf8')).toBe('old');
    run(cleanScript);
    expect(trial()).toBe('none');
  });

  it('fails at once where the new file cannot be put in place', async () => {
    writeFileSync(path, 'old');
    isPrepared('new');
    // What no cp copies.
    rmSync(join(root, 'network/new'));
    mkdirSync(join(root, 'network/new'));
    run(startScript, 'run');
    await expect.poll(trial, { timeout: 10_000 }).toBe('ended');
    expect(existsSync(join(root, 'network/failed'))).toBe(true);
    expect(existsSync(join(root, 'network/up'))).toBe(false);
  });

  it('goes back on a full disk too', () => {
    writeFileSync(path, 'old');
    isPrepared('new');
    writeFileSync(path, 'new');
    // What no copy has room on.
    shadow('cp() { return 1; }');
    goBack();
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(trial()).toBe('ended');
  });

  it('keeps the old file where it cannot be put back, and tries until it can', async () => {
    writeFileSync(path, 'old');
    isPrepared('new');
    writeFileSync(path, 'new');
    const room = join(root, 'room');
    shadow(
      `cp() { [ -e ${room} ] && command cp "$@"; }\nln() { return 1; }\nsleep() { command sleep 0.1; }`,
    );
    const going = spawn('sh', [join(root, 'network/switch'), 'back']);
    const log = join(root, 'network/log');
    await expect.poll(() => existsSync(log) && readFileSync(log, 'utf8')).toContain('tried again');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(readFileSync(join(root, 'network/old'), 'utf8')).toBe('old');
    writeFileSync(room, '');
    await once(going, 'close');
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(trial()).toBe('ended');
  });

  it('was broken off where it was started and does not run', () => {
    writeFileSync(path, 'old');
    isPrepared('new');
    writeFileSync(join(root, 'network/started'), '');
    expect(trial()).toBe('broken');
  });
});
