import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acquireScript } from './lock-scripts.ts';

let directory: string;
beforeEach(() => {
  directory = path.join(mkdtempSync(path.join(tmpdir(), 'rackhelm-lock-')), 'lock');
});
afterEach(() => rmSync(path.dirname(directory), { recursive: true, force: true }));

function acquire(id: string, { patience = '10', env = process.env } = {}): string {
  const args = [directory, id, `job of ${id}`, '{}', '120', '', patience];
  const { stdout } = spawnSync('sh', ['-s', ...args], {
    input: acquireScript,
    encoding: 'utf8',
    env,
  });
  return stdout.split('\n')[0] ?? '';
}

it('is held by one, and another is told so', () => {
  expect(acquire('one')).toBe('held');
  expect(acquire('two')).toMatch(/^busy \d+ \d+ one$/);
});

it.each([
  ['empty', ''],
  ['its name alone', 'one\n'],
  ['cut in the middle of its name', 'on'],
  ['cut before its time', 'one\njob of one\n{}\n'],
])('is taken where a power cut left of its owner: %s', (_, left) => {
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, '1'), left);
  expect(acquire('two')).toBe('held');
  expect(readdirSync(directory).sort()).toEqual(['2', 'beat-two']);
});

it('is not made by a script that hung until nobody waits for it, and nothing of it stays', () => {
  const programs = path.join(path.dirname(directory), 'programs');
  mkdirSync(programs);
  const slow = '#!/bin/sh\nsleep 1.2\nexec /bin/mkdir "$@"\n';
  writeFileSync(path.join(programs, 'mkdir'), slow, { mode: 0o755 });
  const env = { ...process.env, PATH: `${programs}:${process.env.PATH}` };
  expect(acquire('late', { patience: '0', env })).toBe('failed It took too long.');
  expect(existsSync(directory)).toBe(false);
  expect(acquire('next')).toBe('held');
});
