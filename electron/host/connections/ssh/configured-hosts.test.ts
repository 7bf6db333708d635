import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { listConfiguredHosts } from './configured-hosts.ts';

let home: string;

beforeEach(() => {
  home = mkdtempSync(path.join(tmpdir(), 'rackhelm-hosts-'));
});
afterEach(() => rmSync(home, { recursive: true }));

function write(name: string, text: string): string {
  const file = path.join(home, name);
  writeFileSync(file, text);
  return file;
}

it('lists the machines of a file and of those it includes, once and in order', async () => {
  const more = write('more', 'Host nas\n  HostName 10.0.20.5\nHost pi-1\n');
  const file = write('config', `Host pi-1 pi-2\n  User ada\nInclude ${more}\nHost gpu\n`);
  expect(await listConfiguredHosts(file, home)).toEqual(['pi-1', 'pi-2', 'nas', 'gpu']);
});

it('takes patterns for what they are', async () => {
  const file = write('config', 'Host *\n  User ada\nHost pi-? !pi-9 web*\nHost real\n');
  expect(await listConfiguredHosts(file, home)).toEqual(['real']);
});

it('says which file cannot be read', async () => {
  const file = path.join(home, 'nowhere');
  await expect(listConfiguredHosts(file, home)).rejects.toMatchObject({
    code: 'SSH_CONFIG_INVALID',
    message: expect.stringContaining(file),
  });
});
