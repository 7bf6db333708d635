import {
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { writeFileWhole } from './file-output.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('takes the place of a link, not of what it leads to, for its owner alone', async () => {
  const [kept, link] = [path.join(folder, 'kept'), path.join(folder, 'link')];
  writeFileSync(kept, 'kept');
  symlinkSync(kept, link);
  await writeFileWhole(link, 'new');
  expect([readFileSync(kept, 'utf8'), readFileSync(link, 'utf8')]).toEqual(['kept', 'new']);
  expect(lstatSync(link).isFile()).toBe(true);
  if (process.platform !== 'win32') expect(lstatSync(link).mode & 0o777).toBe(0o600);
});

it.runIf(process.platform !== 'win32')(
  'never takes the place of a device or a socket',
  async () => {
    const socket = path.join(folder, 'socket');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    const link = path.join(folder, 'link');
    symlinkSync(socket, link);
    try {
      for (const file of [socket, link]) {
        await expect(writeFileWhole(file, 'new')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
      }
      expect(lstatSync(socket).isSocket()).toBe(true);
      expect(readdirSync(folder).sort()).toEqual(['link', 'socket']);
    } finally {
      server.close();
    }
  },
);
