import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeScratch } from './scratch.ts';

it('does not install into node_modules that are those of another checkout', async () => {
  const scratch = makeScratch('linked');
  onTestFinished(() => rmSync(scratch, { recursive: true }));
  const other = path.join(scratch, 'other', 'node_modules');
  const checkout = path.join(scratch, 'checkout');
  mkdirSync(path.join(other, 'left-alone'), { recursive: true });
  mkdirSync(path.join(checkout, 'build'), { recursive: true });
  const setup = path.join(checkout, 'build', 'setup.mjs');
  copyFileSync(path.resolve('build/setup.mjs'), setup);
  const lock = { name: 'checkout', version: '1.0.0', lockfileVersion: 3, packages: { '': {} } };
  writeFileSync(path.join(checkout, 'package.json'), '{"name":"checkout","version":"1.0.0"}');
  writeFileSync(path.join(checkout, 'package-lock.json'), JSON.stringify(lock));
  symlinkSync(other, path.join(checkout, 'node_modules'));
  const { status, stderr } = spawnSync(process.execPath, [setup], { encoding: 'utf8' });
  expect(stderr).toContain('is a link');
  expect(status).toBe(1);
  expect(await readdir(other)).toEqual(['left-alone']);
});
