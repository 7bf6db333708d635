import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { until } from './wait.ts';

const script = path.join(import.meta.dirname, 'scripts', 'build-program.sh');
let directory = '';

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-build-test-'));
});

afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** A compiler that takes its time, notes that it ran, and may fail. */
function compiler(work: string): void {
  const file = path.join(directory, 'go');
  // Its arguments are build -trimpath -ldflags FLAGS -o FILE PACKAGE.
  writeFileSync(file, `#!/bin/sh\necho ran >>"${directory}/runs"\nprintf half >"$6"\n${work}\n`);
  chmodSync(file, 0o755);
}

const whole = 'sleep 0.2; printf "#!/bin/sh\\necho whole\\n" >"$6"; chmod 755 "$6"';
const target = () => path.join(directory, 'program');
const words = () => [path.join(directory, 'lock'), 'sh', script, target(), './package', '-s'];
const environment = () => ({ ...process.env, PATH: `${directory}:${process.env.PATH}` });

it('builds once when two build at the same time', async () => {
  compiler(whole);
  const builds = [1, 2].map(() => spawn('flock', words(), { env: environment() }));
  await Promise.all(builds.map((one) => once(one, 'exit')));
  expect(readFileSync(path.join(directory, 'runs'), 'utf8')).toBe('ran\n');
  expect(spawnSync(target(), { encoding: 'utf8' }).stdout).toBe('whole\n');
});

it('leaves nothing that looks built when it is killed, and builds it the next time', async () => {
  compiler('exec sleep 60');
  const killed = spawn('flock', words(), { env: environment(), detached: true });
  await until('it compiles', () => existsSync(`${target()}.new`));
  process.kill(-(killed.pid ?? 0), 'SIGKILL');
  await once(killed, 'exit');
  expect(existsSync(target())).toBe(false);
  compiler(whole);
  expect(spawnSync('flock', words(), { env: environment() }).status).toBe(0);
  expect(readdirSync(directory).filter((name) => name.startsWith('program'))).toEqual(['program']);
});

it('fails with what the compiler says and leaves the old program', () => {
  compiler('echo no such package >&2; exit 1');
  const { status, stderr } = spawnSync('flock', words(), { env: environment(), encoding: 'utf8' });
  expect(status).not.toBe(0);
  expect(stderr).toContain('no such package');
  expect(existsSync(target())).toBe(false);
});
