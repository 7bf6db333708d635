import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { acquireScript } from './lock-scripts.ts';

let directory: string;
beforeEach(() => {
  directory = path.join(mkdtempSync(path.join(tmpdir(), 'rackhelm-lock-')), 'lock');
});
afterEach(() => rmSync(path.dirname(directory), { recursive: true, force: true }));

function acquire(id: string): string {
  const args = [directory, id, `job of ${id}`, '{}', '120', ''];
  const { stdout } = spawnSync('sh', ['-s', ...args], { input: acquireScript, encoding: 'utf8' });
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
