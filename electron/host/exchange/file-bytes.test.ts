import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOrdinaryFile } from './file-bytes.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'rackhelm-file-bytes-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const read = (file: string) => readOrdinaryFile(file, 100);

it('reads an ordinary file', async () => {
  const file = path.join(folder, 'answers.yaml');
  writeFileSync(file, 'machines: []\n');
  expect(String(await read(file))).toBe('machines: []\n');
});

it.runIf(process.platform !== 'win32')('waits for no pipe and reads no device', async () => {
  const pipe = path.join(folder, 'pipe');
  execFileSync('mkfifo', [pipe]);
  for (const file of [pipe, '/dev/zero', '/dev/null']) {
    await expect(read(file)).rejects.toMatchObject({
      code: 'FILE_INVALID',
      message: `${file} is no ordinary file.`,
    });
  }
});

it('refuses what is too large before it reads any of it, and a directory', async () => {
  const file = path.join(folder, 'huge');
  writeFileSync(file, '');
  truncateSync(file, 2 ** 40);
  await expect(read(file)).rejects.toMatchObject({ code: 'FILE_INVALID' });
  await expect(read(folder)).rejects.toMatchObject({ code: 'FILE_INVALID' });
});
