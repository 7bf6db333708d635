import { spawnSync } from 'node:child_process';
import { existsSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { prepareDirectory } from './data-directory.ts';
import { type TemporaryData, temporaryData } from './temporary-data.ts';

let data: TemporaryData;
beforeEach(() => {
  data = temporaryData();
});
afterEach(() => data.remove());

it('is made with its missing parents, for its owner only', () => {
  const parent = join(data.directory, 'a');
  prepareDirectory(join(parent, 'b'));
  for (const made of [parent, join(parent, 'b')]) expect(statSync(made).mode & 0o777).toBe(0o700);
});

it('is refused where it is a link to nowhere', () => {
  const link = join(data.directory, 'link');
  symlinkSync(join(data.directory, 'nowhere'), link);
  expect(() => prepareDirectory(link)).toThrow(expect.objectContaining({ code: 'INVALID_INPUT' }));
});

// In a process of its own: when it hangs, it hangs in one synchronous call.
it.runIf(existsSync('/proc/self'))('is refused at once below /proc', () => {
  const script = `
    const { prepareDirectory } = await import(process.argv[1]);
    try { prepareDirectory('/proc/rackhelm/data'); } catch (error) { process.stdout.write(error.code); }`;
  const module = new URL('./data-directory.ts', import.meta.url).href;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script, module], {
    encoding: 'utf8',
    timeout: 4_000,
  });
  expect(child.stdout).toBe('DATA_READ_ONLY');
});
